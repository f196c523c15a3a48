"""The scorer's oracle as a process of its own: found, installed once, asked.

It is GPL-3.0 and never shipped; only what it answers is looked at.
"""

import json
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent / "oracle"
PLACE = HERE.parents[1] / "build" / "oracle"
FILES = ("package.json", "package-lock.json", "score.mjs")


class NoOracle(Exception):
    """The oracle is not to be had; the message says why."""


def installed() -> Path:
    """The script to run, with the pinned packages beside it."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise NoOracle("Node.js with npm is missing: the scorer cannot be compared with anything.")
    changed = any(not _same(name) for name in FILES)
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(HERE / name, PLACE / name)
    if changed or not (PLACE / "node_modules" / "yoastseo").is_dir():
        words = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(words, cwd=PLACE, capture_output=True, text=True)
        if done.returncode:
            raise NoOracle(f"npm could not install the oracle:\n{done.stderr[-2000:]}")
    return PLACE / "score.mjs"


def _same(name: str) -> bool:
    there = PLACE / name
    return there.is_file() and there.read_bytes() == (HERE / name).read_bytes()


def answers(papers: list[dict], *, explain: bool = False) -> list[dict]:
    """What the oracle says of each paper, in their order."""
    words = ["node", str(installed()), *(["--explain"] if explain else [])]
    given = "".join(json.dumps(paper) + "\n" for paper in papers)
    done = subprocess.run(words, input=given, capture_output=True, text=True)
    if done.returncode:
        raise NoOracle(f"The oracle failed:\n{done.stderr[-2000:]}")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    if [one["id"] for one in said] != [paper["id"] for paper in papers]:
        raise NoOracle("The oracle did not answer for every paper.")
    return said
