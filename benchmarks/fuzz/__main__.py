"""Fuzzes the loaders: `python -m benchmarks.fuzz [--minutes 20]`; needs Linux.

Two processes mutate documents of all five types, guided by the coverage of the loaders and their
libraries. Whatever reaches new code, needs much time or memory, or ends its process, is read by
the real parser meanwhile. Ends with 1 where that crashes, hangs, breaks a promise, or grows, and
where the fuzzer itself fails.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fuzz.judge import Judge
from benchmarks.fuzz.lane import LANES, Lane
from benchmarks.fuzz.seeds import write_seeds

POLL = 0.5


def main() -> int:
    """Fuzz, judge, and print what came of it."""
    arguments = _arguments()
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="marketer-fuzz-"))
    write_seeds(folder / "seeds")
    judge = Judge()
    lanes = [Lane(turns, folder, 60 * arguments.minutes, n) for n, turns in enumerate(LANES)]
    try:
        _judge_what_comes(judge, folder, lanes)
    finally:
        for lane in lanes:
            lane.stop()
    findings = [*judge.verdict(), *(failure for lane in lanes for failure in lane.failures)]
    _print(judge, lanes, findings)
    return 1 if findings else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--keep", type=Path, help="a new folder for what is found")
    return parser.parse_args()


def _judge_what_comes(judge: Judge, folder: Path, lanes: list[Lane]) -> None:
    seen: set[Path] = set()
    while True:
        running = [lane.goes_on() for lane in lanes]
        fresh = _fresh(folder, seen)
        if not fresh and not any(running):
            return
        for path in fresh[:2]:
            seen.add(path)
            outcome = _judged(judge, path, folder / "read" / path.parent.name)
            if outcome not in {"text", "sentence", "replaced"}:
                print(f"{path.parent.name}/{path.name}: {outcome}", file=sys.stderr, flush=True)
        if not any(running) and lanes[0].overdue():
            print(f"{len(fresh)} files were left unread", file=sys.stderr)
            return
        time.sleep(0 if fresh else POLL)


def _judged(judge: Judge, path: Path, folder: Path) -> str:
    """What becomes of a file, which its fuzzer may replace by a shorter one meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        (folder / path.name).hardlink_to(path)
    except FileNotFoundError:
        return "replaced"
    return judge.judge(folder / path.name)


def _fresh(folder: Path, seen: set[Path]) -> list[Path]:
    """What is new: first what looked wrong, then the newest that reached new code."""
    wrong = [path for path in sorted((folder / "found").glob("*/*")) if "input." not in path.name]
    reached = sorted((folder / "corpus").glob("*/*"), key=_age)
    return [path for path in (*wrong, *reached) if path not in seen]


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except FileNotFoundError:  # replaced by a shorter one
        return 0.0


def _print(judge: Judge, lanes: list[Lane], findings: list[str]) -> None:
    kinds = {kind: figures for lane in lanes for kind, figures in lane.figures().items()}
    print(
        json.dumps(
            {
                "fuzzed": kinds,
                "executions": sum(each["executions"] for each in kinds.values()),
                "read_by_the_real_parser": judge.outcomes.total(),
                "of_many_pages": judge.long,
                "outcomes": dict(judge.outcomes),
                "slowest_seconds": round(judge.slowest, 1),
                "parent_growth_mb": round(judge.growth() / 1024**2, 1),
                "findings": findings,
            },
            indent=2,
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
