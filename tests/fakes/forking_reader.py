"""Reads many documents as the parser child does, forked so that the libraries load only once.

`python -m tests.fakes.forking_reader` takes paths on standard input, separated by zero bytes, and
prints for each one line: the reply as JSON, or `null` and the code of a child that died.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from marketer_desktop.knowledge import parser_child
from marketer_desktop.knowledge.loaders import html, markdown, pdf, text, word  # noqa: F401
from marketer_desktop.system.limits import close_the_doors, take_on

ROOT = Path(__file__).parents[2]


def read_forked(paths: Sequence[Path]) -> list[dict[str, object]]:
    """The replies of parsers under their limits, for each path."""
    reader = subprocess.run(
        [sys.executable, "-m", "tests.fakes.forking_reader"],
        input=b"\0".join(os.fsencode(path) for path in paths),
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
    )
    return [json.loads(line) for line in reader.stdout.decode().splitlines()]


def main() -> None:
    parser_child.load_encodings()
    for path in sys.stdin.buffer.read().split(b"\0"):
        reply, code = _read(Path(os.fsdecode(path)))
        sys.stdout.write((reply or json.dumps({"died": code})) + "\n")
        sys.stdout.flush()


def _read(path: Path) -> tuple[str, int]:
    """The reply of a forked child, and how it ended."""
    from_child, to_parent = os.pipe()
    child = os.fork()
    if not child:
        os.close(from_child)
        # A dying parser says why on its standard error, which is nobody's here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        _reply(path, to_parent)
    os.close(to_parent)
    with os.fdopen(from_child, "rb") as pipe:
        reply = pipe.read().decode()
    return reply, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _reply(path: Path, to_parent: int) -> None:
    try:
        take_on(parser_child.LIMITS)
        reply = parser_child.read(path, close_the_doors).model_dump_json()
        with os.fdopen(to_parent, "w", encoding="utf-8") as pipe:
            pipe.write(reply)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
