"""`python -m benchmarks.sync_faults`: 2,000 seeds of three desktops and a server under faults."""

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from benchmarks.sync_faults.faults import FAULTS
from benchmarks.sync_faults.seeds import Task, simulated
from benchmarks.sync_faults.simulation import HAPPENINGS, Verdict

SEEDS, CONTROLS = 2000, 20
AT_ONCE = 50  # seeds that have a PostgreSQL together


def _say(told: str) -> None:
    sys.stderr.write(f"{told}\n")


def all_of(tasks: Sequence[Task]) -> Iterator[Verdict]:
    """As they come from the processors of this machine."""
    lots = [tasks[first : first + AT_ONCE] for first in range(0, len(tasks), AT_ONCE)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=spawn) as pool:
        for done in as_completed([pool.submit(simulated, lot) for lot in lots]):
            yield from done.result()


def watched(tasks: Sequence[Task]) -> Iterator[Verdict]:
    """The same, with what is wrong and how long it takes still."""
    began = time.monotonic()
    for number, verdict in enumerate(all_of(tasks), 1):
        if not verdict.naive:
            for each in verdict.complaints:
                again = f"replay it by --seed {verdict.seed}"
                sys.stderr.write(f"\nseed {verdict.seed} ({again}): {each}\n")
        left = (time.monotonic() - began) / number * (len(tasks) - number)
        sys.stderr.write(f"\r{number} of {len(tasks)}, {left:.0f} s left ")
        sys.stderr.flush()
        yield verdict


def table(verdicts: list[Verdict]) -> tuple[str, bool]:
    """What struck how often and what came of it, and whether that is as it has to be."""
    ours = [each for each in verdicts if not each.naive]
    control = [each for each in verdicts if each.naive]
    struck = sum((each.struck for each in ours), Counter[str]())
    never = [name for name in (*FAULTS, *HAPPENINGS) if not struck[name]]
    bad = sorted(each.seed for each in ours if each.complaints)
    found = [each for each in control if each.complaints]
    lines = ["| fault | times |", "|---|---:|"]
    lines += [f"| {name} | {times} |" for name, times in sorted(struck.items())]
    lines += [
        "",
        f"{len(ours)} seeds, {sum(each.rounds for each in ours)} rounds, "
        f"{sum(each.written for each in ours)} changes, {len(struck)} kinds of faults, "
        f"{sum(struck.values())} faults",
        f"with complaints: {bad or 'none'}",
        f"never struck: {', '.join(never) or 'none'}",
        f"control without an outbox: {len(found)} of {len(control)} seeds lose or double something",
    ]
    return "\n".join(lines) + "\n", not bad and not never and bool(found)


def main() -> int:
    """Print what struck and what came of it; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, default=None, help="replay this one, and tell of it")
    asked = parser.parse_args()
    if asked.seed is not None:
        return 1 if _replayed(asked.seed) else 0
    tasks = [Task(seed) for seed in range(asked.first, asked.first + asked.seeds)]
    controls = [Task(seed, naive=True) for seed in range(CONTROLS)]
    told, is_right = table(list(watched([*tasks, *controls])))
    sys.stdout.write(told)
    return 0 if is_right else 1


def _replayed(seed: int) -> list[str]:
    (verdict,) = simulated([Task(seed)], _say)
    for each in verdict.complaints:
        _say(each)
    return verdict.complaints


if __name__ == "__main__":
    raise SystemExit(main())
