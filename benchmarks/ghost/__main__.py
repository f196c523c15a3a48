"""`python -m benchmarks.ghost`: Ghost's own client finds our stand-in to be a Ghost."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.ghost.expected import EXPECTED
from benchmarks.wordpress.questions import PICTURE
from tests.fakes.ghost_server import GhostServer

HERE = Path(__file__).resolve().parent
PLACE = HERE.parents[1] / "build" / "ghost_client"
FILES = ("package.json", "package-lock.json", "ask.mjs")


class NoClient(Exception):
    """The client is not to be had; the message says why."""


def installed() -> Path:
    """The script to run, with the pinned client beside it."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise NoClient("Node.js with npm is missing: Ghost's own client runs in it.")
    changed = any(not _same(name) for name in FILES)
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(HERE / name, PLACE / name)
    if changed or not (PLACE / "node_modules" / "@tryghost").is_dir():
        words = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(words, cwd=PLACE, capture_output=True, text=True)
        if done.returncode:
            raise NoClient(f"npm could not install Ghost's client:\n{done.stderr[-2000:]}")
    return PLACE / "ask.mjs"


def _same(name: str) -> bool:
    there = PLACE / name
    return there.is_file() and there.read_bytes() == (HERE / name).read_bytes()


def asked() -> dict[str, Any]:
    """What came of each step."""
    script = installed()
    with GhostServer() as server, tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "cup.png"
        picture.write_bytes(PICTURE)
        words = ["node", str(script), server.address, server.key, str(picture)]
        done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise NoClient(f"Ghost's client failed:\n{done.stderr[-2000:]}")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {each["name"]: each.get("came", each.get("refused")) for each in told}


def main() -> int:
    """Print what the client was answered; 1 if that is not what Ghost answers."""
    try:
        came = asked()
    except NoClient as error:
        sys.stderr.write(f"NOT ASKED: {error}\n")
        return 1
    wrong = 0
    for name, expected in EXPECTED.items():
        is_right = came.get(name) == expected
        wrong += not is_right
        sys.stdout.write(f"{'ok ' if is_right else 'NOT'} {name}\n")
        if not is_right:
            sys.stdout.write(f"    expected {expected}\n    came     {came.get(name)}\n")
    sys.stdout.write(f"{len(EXPECTED)} steps, {wrong} of them otherwise than Ghost\n")
    return 1 if wrong or set(came) != set(EXPECTED) else 0


if __name__ == "__main__":
    raise SystemExit(main())
