"""`make bench-server`: figures of the API beside their peers and limits, as a table.

`python -m benchmarks.server [PART …]`; without a part, all of them. The exit code is 1 where a
limit is missed.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import partial

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.engine.figures import Figure, table
from benchmarks.server import agents, execute, projects, reconnects, streaming, uploading
from benchmarks.server.place import Place, Tell, place

PARTS: dict[str, Callable[[Place, Tell], Awaitable[list[Figure]]]] = {
    "projects": projects.measure,
    "execute": execute.measure,
    "stream": streaming.measure,
    "reconnects": reconnects.measure,
    "upload": uploading.measure,
    "agents": partial(agents.measure, count=2_000),
    "more-agents": partial(agents.measure, count=10_000),
}


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


async def _measured(parts: list[str]) -> list[Figure]:
    figures = []
    for part in parts:
        async with place() as served:  # its own servers: what one part leaves weighs on no other
            figures += await PARTS[part](served, _tell)
    return figures


def main() -> int:
    """Measure what is asked for, or all of it, and print it."""
    parser = argparse.ArgumentParser(prog="bench-server", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked = parser.parse_args().parts or list(PARTS)
    if unknown := set(asked) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    figures = asyncio.run(_measured(asked))
    print(table(figures))
    missed = [figure.name for figure in figures if not figure.met]
    for name in missed:
        _tell(f"MISSED: {name}")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
