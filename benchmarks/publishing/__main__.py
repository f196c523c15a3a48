"""`python -m benchmarks.publishing`: 200 pieces to sites whose connections are cut."""

import argparse
import asyncio
import sys
import time
from pathlib import Path

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.publishing.fates import MOMENTS
from benchmarks.publishing.parts import a_database, some_parts
from benchmarks.publishing.proof import Outcome, published
from marketer_desktop.observability.logs import log

PIECES, CONTROLS = 200, 30


async def _proven(
    folder: Path, url: str, pieces: int, seed: int, *, is_control: bool = False
) -> list[Outcome]:
    """What came of them, on parts of their own."""
    async with some_parts(folder, url) as parts:
        return await published(parts, pieces, seed, is_control=is_control)


def table(outcomes: list[Outcome]) -> str:
    """A line for each kind of site."""
    lines = [
        f"| site | pieces | orders | requests | cut {' | cut '.join(MOMENTS.values())} | wrong |",
        f"|---|{'---:|' * (4 + len(MOMENTS))}",
    ]
    for each in outcomes:
        cuts = " | ".join(str(each.cuts[kind]) for kind in MOMENTS)
        lines.append(
            f"| {each.kind} | {each.pieces} | {each.orders} | {each.requests} | {cuts} "
            f"| {len(each.complaints)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print what was cut and what came of it; 1 if a piece is missing or there twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=PIECES)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    log.disabled = True  # failures are what this is about
    with a_database() as (folder, url):
        began = time.monotonic()
        ours = asyncio.run(_proven(folder / "ours", url, asked.pieces, asked.seed))
        took = time.monotonic() - began
        control = _proven(folder / "control", url, CONTROLS, asked.seed, is_control=True)
        careless = asyncio.run(control)
    sys.stdout.write(table(ours))
    for each in ours:
        for complaint in each.complaints:
            sys.stdout.write(f"{each.kind}: {complaint}\n")
        struck = ", ".join(f"{name} {times}" for name, times in sorted(each.struck.items()))
        sys.stdout.write(f"{each.kind}, cut: {struck}\n")
    caught = [each.kind for each in careless if each.complaints]
    sys.stdout.write(f"control without a look-up before creating fails at: {', '.join(caught)}\n")
    sys.stdout.write(f"{took:.0f} s\n")
    wrong = any(each.complaints for each in ours) or len(caught) < len(careless)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
