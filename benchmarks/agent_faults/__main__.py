"""`python -m benchmarks.agent_faults`: 200 cut connections with eight requests in flight.

Server and desktop are processes of their own, with the real application and the real agent; what
breaks is the way between them, eight ways, at seeded random moments. Then agents with a flaw
go the same way: the proof has to see through each of them.
"""

import argparse
import asyncio
import random
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from benchmarks.agent_faults.desktop_side import FLAWS
from benchmarks.agent_faults.proof import AT_ONCE, GROWTH, Outcome, Proof, Script, to_stderr
from benchmarks.agent_faults.sides import far
from benchmarks.agent_faults.way import FaultyWay
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.migration import upgrade
from tests.fakes.ollama_server import OllamaServer

TOKEN_SECONDS = 0.1  # an answer takes longer than a run waits before it asks again
CONTROL_CUTS = 60  # for a flaw; as many as a hoard takes to be seen
MIB = 2**20


def main() -> None:
    """Exit with 1 if anything does not hold, or a flaw is not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--flaw", choices=FLAWS, help="only an agent with this flaw, or none")
    asked = parser.parse_args()
    missed = 0
    for flaw in FLAWS if asked.flaw is None else (asked.flaw,):
        to_stderr(f"an agent that {flaw}" if flaw else "the agent")
        cuts = CONTROL_CUTS if flaw and asked.flaw is None else asked.cuts
        outcome = proved(cuts, asked.seed, flaw)
        print(told(outcome, flaw), flush=True)
        missed += bool(outcome.complaints) != bool(flaw)
    sys.exit(1 if missed else 0)


def proved(cuts: int, seed: int, flaw: str = "") -> Outcome:
    """On a PostgreSQL and an Ollama of its own."""
    with TemporaryDirectory(prefix="mkt-agent-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        postgres = EmbeddedPostgres(folder / "postgres", folder / "run")
        url, script = postgres.start(), Script()
        try:
            upgrade(url)
            with OllamaServer(script.answer, token_seconds=TOKEN_SECONDS) as ollama:
                try:
                    return asyncio.run(_prove(url, folder, ollama, cuts, seed, flaw))
                finally:
                    script.give_up()
        finally:
            postgres.stop()


async def _prove(
    url: str, folder: Path, ollama: OllamaServer, cuts: int, seed: int, flaw: str
) -> Outcome:
    chance = random.Random(seed)
    async with far("server", url, str(folder / "server")) as server:
        place = await server.call("place")
        port = urlsplit(place["url"]).port or 0
        async with FaultyWay(port, chance) as way:
            words = (way.address, place["key"], ollama.address, str(folder), flaw)
            async with far("desktop", *words) as desktop:
                proof = Proof(
                    way,
                    server,
                    desktop,
                    lambda: ollama.finished,
                    chance,
                    Outcome(seed),
                    tell=to_stderr,
                )
                return await proof.run(cuts)


def told(outcome: Outcome, flaw: str) -> str:
    """The outcome as a table."""
    rows = [
        ("agent", f"one that {flaw}: has to be seen through" if flaw else "the real one"),
        ("seed", str(outcome.seed)),
        ("cuts", ", ".join(f"{n} {how}" for how, n in sorted(outcome.cuts.items()))),
        ("connections", str(outcome.connections)),
        ("in flight at a cut", _spread(outcome.in_flight)),
        ("asked", str(outcome.asked)),
        ("answered once, word for word", str(outcome.answered)),
        ("failed with a code", ", ".join(f"{n} {c}" for c, n in outcome.failed.items()) or "0"),
        *((f"memory, {side}", _memory(outcome, side)) for side in outcome.memory),
        ("complaints", "; ".join(outcome.complaints) or "none"),
    ]
    return "\n".join(["| what | seen |", "|---|---|", *(f"| {k} | {v} |" for k, v in rows), ""])


def _spread(seen: list[int]) -> str:
    return f"median {statistics.median(seen):.0f}, least {min(seen)}, of {AT_ONCE}" if seen else "–"


def _memory(outcome: Outcome, side: str) -> str:
    seen = outcome.memory[side]
    first, last = seen[: len(seen) // 2], seen[len(seen) // 2 :]
    halves = f"{statistics.median(first) / MIB:.1f} MiB, then {statistics.median(last) / MIB:.1f}"
    return f"{halves}: × {outcome.growth(side):.3f} (≤ {GROWTH:g})"


if __name__ == "__main__":
    main()
