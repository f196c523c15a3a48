"""`python -m benchmarks.sync_faults`: 2,000 seeds of three desktops and a server under faults."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.sync_faults.faults import FAULTS
from benchmarks.sync_faults.simulation import HAPPENINGS, Simulation, Verdict
from benchmarks.sync_faults.world import World, postgres, world_of
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.observability.logs import log
from tests.factories.engines import running_parts
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.quick_disk import quick_disk

SEEDS, CONTROLS = 2000, 20


@asynccontextmanager
async def worlds(folder: Path, url: str, template: str) -> AsyncIterator[World]:
    """One, on parts that write nothing."""
    model, embeddings = ScriptedChatModel(about="tea"), MiniLmEmbeddings()
    async with (
        running_parts(url, folder / "data", model, embeddings) as parts,
        world_of(url, template, parts) as world,
    ):
        yield world
    embeddings.close()


async def simulated(folder: Path, url: str, template: str, seeds: range) -> list[Verdict]:
    """All seeds, then as many controls as are wanted of them."""
    verdicts: list[Verdict] = []
    began = time.monotonic()
    async with worlds(folder, url, template) as world:
        for seed in seeds:
            tell = _say if len(seeds) == 1 else _nothing
            verdicts.append(await Simulation(world, seed, tell).run())
            _report(verdicts[-1])
            left = (time.monotonic() - began) / len(verdicts) * (len(seeds) - len(verdicts))
            sys.stderr.write(f"\r{len(verdicts)} of {len(seeds)} seeds, {left:.0f} s left ")
            sys.stderr.flush()
        for seed in range(CONTROLS if len(seeds) > 1 else 0):
            verdicts.append(await Simulation(world, seed, naive=True).run())
    return verdicts


def _report(verdict: Verdict) -> None:
    for each in verdict.complaints:
        sys.stderr.write(f"\nseed {verdict.seed} (replay it by --seed {verdict.seed}): {each}\n")


def _say(told: str) -> None:
    sys.stderr.write(f"{told}\n")


def _nothing(told: str) -> None:
    """Of many seeds, only the end is told."""


def table(verdicts: list[Verdict]) -> tuple[str, bool]:
    """What struck how often and what came of it, and whether that is as it has to be."""
    ours = [each for each in verdicts if not each.naive]
    control = [each for each in verdicts if each.naive]
    struck = sum((each.struck for each in ours), Counter[str]())
    never = [name for name in (*FAULTS, *HAPPENINGS) if not struck[name]]
    bad = [each.seed for each in ours if each.complaints]
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
    first, number = (asked.first, asked.seeds) if asked.seed is None else (asked.seed, 1)
    log.disabled = True  # failures are what this is about
    with tempfile.TemporaryDirectory(dir=quick_disk()) as place:
        folder = Path(place)
        folder.chmod(0o711)
        with postgres(folder / "pg") as (url, template), keyring_in_use(MemoryKeyring()):
            seeds = range(first, first + number)
            verdicts = asyncio.run(simulated(folder, url, template, seeds))
    if asked.seed is not None:
        return 1 if verdicts[0].complaints else 0
    told, is_right = table(verdicts)
    sys.stdout.write(told)
    return 0 if is_right else 1


if __name__ == "__main__":
    raise SystemExit(main())
