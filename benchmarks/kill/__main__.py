"""`python -m benchmarks.kill`: 200 kills and 40 stops of the database, spread over a run's life."""

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.kill import environment  # noqa: F401 - before the libraries are loaded
from benchmarks.kill.errands import ERRANDS
from benchmarks.kill.lane import Draw, Lane, Outcome
from benchmarks.kill.places import Strike
from benchmarks.kill.plan import Blows, eligible, family, turns
from marketer_desktop.workflow.graph import STEP_OF_NODE

KILLS, STOPS, LANES = 200, 40, 2
SHARES = {  # of the blows, by errand
    "blog post with sources": 0.32,
    "e-mail": 0.22,
    "outline approved": 0.2,
    "cancelled": 0.16,
    "written again": 0.1,
}
STRUCK_AGAIN = 0.3  # of the runs that were struck are struck once more
FAMILIES = {"node", "checkpoint", "commit", "statement", "stream", "job", "files"}
CONTROL_BLOWS = 3
EDGES = [f"node: {node}, {when}" for node in STEP_OF_NODE for when in ("before", "after")]


@dataclass(frozen=True)
class Task:
    """What each lane is to do: so many kills and stops, drawn by `seed`."""

    lanes: int
    kills: int
    stops: int
    seed: int
    vectors: Path


@dataclass
class Tally:
    """What was dealt, and what became of it."""

    struck: Counter[tuple[str, str]] = field(default_factory=Counter)  # victim, family
    bad: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    known: set[str] = field(default_factory=set)  # every place that an undisturbed run came by
    runs: int = 0
    missed: int = 0
    repeated: int = 0
    complaints: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one run."""
        self.runs += 1
        self.missed += len(outcome.missed)
        self.repeated += outcome.repeated
        for strike in outcome.strikes:
            key = (strike.victim, family(strike.place))
            self.struck[key] += 1
            self.bad[key] += bool(outcome.complaints)
            self.places[strike.victim].add(f"{outcome.errand}: {strike.place}")
        dealt = "; ".join(f"{s.victim} at {s.place} #{s.hit}" for s in outcome.strikes)
        for each in outcome.complaints:
            self.complaints.append(f"{outcome.errand} [{dealt}]: {each}")

    def dealt(self, victim: str) -> int:
        """How many blows one kind of victim has had."""
        return sum(n for (who, _), n in self.struck.items() if who == victim)


def lane(number: int, task: Task, tally: Tally) -> None:
    """Deal this lane's blows."""
    lot = random.Random(task.seed + number)
    with Lane(task.vectors) as here:
        hits = here.undisturbed(ERRANDS)
        if number == 0:  # again: what differs by itself could not be compared
            hits = here.undisturbed(ERRANDS)
        tally.known |= {f"{name}: {p}" for name in ERRANDS for p in eligible(name, hits[name])}
        blows = {
            name: Blows(eligible(name, hits[name]), (number, task.lanes), lot) for name in ERRANDS
        }
        for victim, wanted in (("database", task.stops), ("engine", task.kills)):
            _deal(here, blows, victim, wanted, lot, tally, number)


def _deal(
    here: Lane,
    blows: dict[str, Blows],
    victim: str,
    wanted: int,
    lot: random.Random,
    tally: Tally,
    number: int,
) -> None:
    dealt = 0
    order = turns({name: max(1, round(wanted * share)) for name, share in SHARES.items()})
    while dealt < wanted:
        errand = next(order)

        def draw(again: bool, errand: str = errand) -> Strike | None:
            if again and (victim == "database" or lot.random() > STRUCK_AGAIN):
                return None
            return blows[errand].next(victim, early=again)

        outcome = here.errand(errand, draw)
        dealt += len(outcome.strikes)
        tally.add(outcome)
        here_and_there = ", ".join(f"{s.place} #{s.hit}" for s in outcome.strikes)
        _say(f"{number}: {victim} {dealt}/{wanted}, {errand}: {here_and_there}", outcome.complaints)


def _single(strike: Strike) -> Draw:
    return lambda again: None if again else strike


def spared(tally: Tally) -> dict[str, str]:
    """Before and after which nodes no engine has died yet; with an errand that comes by there."""
    told = [each.partition(": ") for each in sorted(tally.known, reverse=True)]
    errands = {place: errand for errand, _, place in told}
    struck = {each.partition(": ")[2] for each in tally.places["engine"]}
    return {edge: errands.get(edge, ERRANDS[0]) for edge in EDGES if edge not in struck}


def finish(task: Task, tally: Tally) -> None:
    """Deal the blows at the edges of nodes that the lots have left out."""
    left = spared(tally)
    with Lane(task.vectors) as here:
        here.undisturbed([errand for errand in ERRANDS if errand in left.values()])
        for place, errand in left.items():
            outcome = here.errand(errand, _single(Strike(place, 1)))
            tally.add(outcome)
            _say(f"left out: {errand}: {place}", outcome.complaints)


def control(task: Task) -> Tally:
    """The same with the ledger switched off: it has to be found out."""
    tally = Tally()
    with Lane(task.vectors, with_ledger=False) as here:
        hits = here.undisturbed(["blog post with sources"])["blog post with sources"]
        late = Strike("node: editing, after", 1)  # when the model has been asked for the most
        assert late.place in hits
        for _ in range(CONTROL_BLOWS):
            tally.add(here.errand("blog post with sources", _single(late)))
    return tally


def _say(line: str, complaints: Sequence[str] = ()) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", *complaints, sep="\n  ", file=sys.stderr)


def table(tally: Tally) -> str:
    """Blows by kind of place."""
    lines = ["| place | engine killed | database stopped | runs that were not as they should be |"]
    lines.append("|---|--:|--:|--:|")
    for kind in sorted({kind for _, kind in tally.struck}):
        cells = [tally.struck["engine", kind], tally.struck["database", kind]]
        bad = tally.bad["engine", kind] + tally.bad["database", kind]
        lines.append(f"| {kind} | {cells[0]} | {cells[1]} | {bad} |")
    return "\n".join(lines)


def main() -> None:
    """Run the proof; exit 1 if anything does not hold, or if the control holds."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=KILLS)
    words.add_argument("--stops", type=int, default=STOPS)
    words.add_argument("--lanes", type=int, default=LANES)
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = words.parse_args()
    began, tally = time.monotonic(), Tally()
    kills, stops = (-(-count // given.lanes) for count in (given.kills, given.stops))
    with TemporaryDirectory() as folder, ThreadPoolExecutor(given.lanes) as pool:
        task = Task(given.lanes, kills, stops, given.seed, Path(folder) / "vectors.sqlite")
        waiting = [pool.submit(lane, number, task, tally) for number in range(given.lanes)]
        for future in waiting:
            future.result()
        if spared(tally):
            finish(task, tally)
        off = control(task)
    _report(tally, off, given.seed, time.monotonic() - began)
    unknown = FAMILIES - {family(place.partition(": ")[2]) for place in tally.known}
    if unknown:
        print(f"No run came by these kinds of places, which their names have left: {unknown}")
    left = spared(tally)
    if left:
        print(f"No engine has died at these edges of nodes: {', '.join(left)}")
    caught = any("was made" in each for each in off.complaints)
    if tally.complaints or unknown or left or not caught:
        sys.exit(1)


def _report(tally: Tally, off: Tally, seed: int, seconds: float) -> None:
    print(table(tally))
    print("\n".join(tally.complaints))
    figures = {
        "kills": tally.dealt("engine"),
        "stops": tally.dealt("database"),
        "runs": tally.runs,
        "places": len(tally.known),
        "places struck": len(tally.places["engine"] | tally.places["database"]),
        "places missed": tally.missed,
        "calls made again, in flight at a blow": tally.repeated,
        "complaints": len(tally.complaints),
        "control without ledger: calls made again": off.repeated,
        "control without ledger: complaints": len(off.complaints),
        "seed": seed,
        "seconds": round(seconds),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
