"""One of the fuzzing processes at a time, kind after kind, started again when an input ends it."""

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# Bytes. Nearly all that a parser can get wrong fits into little, which is read in a millisecond;
# what only goes wrong with much, as time that grows with the square, gets turns of its own.
SHORT, LONG = 4_000, 60_000


class Turn(NamedTuple):
    """A kind of document, the longest input, and what share of its lane's time it gets."""

    kind: str
    longest: int
    share: int


LANES = (
    (
        *(Turn("pdf", 4 * SHORT, 9), Turn("docx", 4 * SHORT, 6)),
        *(Turn("pdf", LONG, 3), Turn("docx", LONG, 2)),
    ),
    (
        *(Turn("html", SHORT, 6), Turn("md", SHORT, 6), Turn("txt", SHORT, 3)),
        *(Turn("html", LONG, 2), Turn("md", LONG, 2), Turn("txt", LONG, 1)),
    ),
)
GRACE = 0.5  # of the time: what is found near the end is still read
# An input that has ended its process; a slow one does not.
KEPT = re.compile(r"Test unit written to \S*/(crash|oom|timeout|leak)-")
STATUS = re.compile(r"#(\d+)\s.*cov: (\d+) ft: (\d+) corp: (\d+)")


class Lane:
    """Kinds that take turns in one process; `seconds` for all of them together."""

    def __init__(self, turns: Sequence[Turn], folder: Path, seconds: float, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._started = time.monotonic()
        self._seconds = seconds
        share = seconds / sum(turn.share for turn in turns)
        self._left = {turn: share * turn.share for turn in turns}
        self._figures: dict[str, dict[str, int]] = {}
        self.failures: list[str] = []  # of the fuzzer, not of what it fuzzes
        self._process: subprocess.Popen[bytes] | None = None
        self._turn, self._since = turns[0], 0.0

    def goes_on(self) -> bool:
        """Start what is to be started; False when the time of all turns is over."""
        if self._process is not None and self._process.poll() is None:
            return True
        if self._process is not None:
            self._count(self._process.returncode)
            self._process = None
        waiting = [turn for turn, seconds in self._left.items() if seconds > 1]
        if waiting:
            self._start(waiting[0])
        return bool(waiting)

    def overdue(self) -> bool:
        """Whether also the time is over that is given to read what was found."""
        return time.monotonic() - self._started > self._seconds * (1 + GRACE)

    def stop(self) -> None:
        """End the process, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def figures(self) -> dict[str, dict[str, int]]:
        """For each kind: inputs tried, places of code reached, inputs kept, deaths."""
        return self._figures

    def _start(self, turn: Turn) -> None:
        kind = turn.kind
        found, corpus = self._folder / "found" / kind, self._folder / "corpus" / kind
        for folder in (found, corpus):
            folder.mkdir(parents=True, exist_ok=True)
        command = [
            *(sys.executable, "-m", "benchmarks.fuzz.worker", kind, str(found)),
            *(str(corpus), str(self._folder / "seeds" / kind)),
            f"-max_total_time={self._left[turn]:.0f}",
            *(f"-artifact_prefix={found}/", f"-max_len={turn.longest}", f"-seed={self._seed + 1}"),
            *("-timeout=60", "-report_slow_units=10", "-rss_limit_mb=1500"),
        ]
        self._turn, self._since = turn, time.monotonic()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    @property
    def _log(self) -> Path:
        return self._folder / f"{self._turn.kind}.log"

    def _count(self, code: int) -> None:
        # A round that dies at once must not be started for ever.
        self._left[self._turn] -= max(10.0, time.monotonic() - self._since)
        told, kind = self._log.read_text("utf-8", "replace"), self._turn.kind
        if code != 0 and not KEPT.search(told):
            last = told.strip().rpartition("\n")[2]
            self.failures.append(f"the fuzzer of {kind} failed: {last}")
        found = STATUS.findall(told)
        tried, reached, _, kept = map(int, found[-1]) if found else (0, 0, 0, 0)
        before = self._figures.get(kind, {"executions": 0, "deaths": 0})
        self._figures[kind] = {
            "executions": before["executions"] + tried,
            "places_reached": reached,
            "inputs_kept": kept,
            "deaths": before["deaths"] + (code != 0),
        }
