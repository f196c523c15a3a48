"""`make bench`: every figure of the engine beside its peer and its limit, as a table.

`python -m benchmarks.engine [PART …] [--json]`; the parts are runs (decoding, own work, memory),
search, extraction and start. The exit code is 1 where a limit is missed.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import benchmarks.content_environment  # noqa: F401 - before the libraries that read it
from benchmarks.engine import extraction, runs, starting, vectors
from benchmarks.engine.figures import Figure, table

Part = Callable[[], list[Figure]]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _runs(*chosen: Callable[[runs.Session], list[Figure]]) -> list[Figure]:
    session = asyncio.run(runs.session(_tell))
    return [figure for part in chosen for figure in part(session)]


def _search() -> list[Figure]:
    return vectors.measure(vectors.Scale(), vectors.BUILD, _tell)


def _extraction() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="mkt-extraction-") as folder:
        return extraction.measure(extraction.Scale(), Path(folder), _tell)


PARTS: dict[str, Part] = {
    "start": lambda: starting.measure(_tell),
    "runs": lambda: _runs(runs.decode, runs.overhead, runs.memory),
    "search": _search,
    "extraction": _extraction,
}


def main() -> None:
    """Measure what is asked for, or all of it, and print it."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    unknown = set(asked.parts) - PARTS.keys()
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    figures = [figure for part in asked.parts or PARTS for figure in PARTS[part]()]
    told = [{**asdict(figure), "met": figure.met} for figure in figures]
    print(json.dumps(told, ensure_ascii=False, indent=1) if asked.json else table(figures))
    missed = [figure.name for figure in figures if not figure.met]
    for name in missed:
        _tell(f"MISSED: {name}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
