"""What the real parser makes of a file: it must end in time, in a text or a sentence, alone."""

import asyncio
import os
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.fuzz.promises import broken_promise
from benchmarks.fuzz.with_memory import only_wants_memory
from marketer_desktop.knowledge import parse
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.pdf import MANY_PAGES
from marketer_desktop.knowledge.parser_child import FORKER, ParserReply

LONGEST = 100.0  # seconds: the parser's 90 and what starting and ending it takes
WARM_UP = 40  # files after which the parent has all that it ever loads
GROWTH = 20 * 1024**2
CRASHED, TIMED_OUT, TOO_LARGE = "reader crash", "took too long", "too much memory"


@dataclass
class Judge:
    """Counts what became of files, and keeps what must not happen."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    slowest: float = 0.0
    long: int = 0  # read by two processes, where there are the cores
    _memory: list[int] = field(default_factory=list)

    def judge(self, path: Path) -> str:
        """Read `path` with the real parser; returns what became of it."""
        started = time.monotonic()
        outcome = self._outcome(path)
        taken = time.monotonic() - started
        self.slowest = max(self.slowest, taken)
        self.outcomes[outcome] += 1
        self._memory.append(psutil.Process().memory_info().rss)
        if taken > LONGEST:
            self.findings.append(f"{path.name}: took {taken:.0f} s")
        if parsers():
            self.findings.append(f"{path.name}: its parser lives on")
        return outcome

    def growth(self) -> int:
        """Bytes by which this process has grown since it was warm."""
        return self._memory[-1] - self._memory[WARM_UP] if len(self._memory) > WARM_UP else 0

    def verdict(self) -> list[str]:
        """All that must not happen and did."""
        grown = self.growth()
        leak = [f"the parent has grown by {grown // 1024**2} MB"] if grown > GROWTH else []
        return [*self.findings, *leak]

    def _outcome(self, path: Path) -> str:
        try:
            document = asyncio.run(parse.parse_document(path))
            reply, outcome = ParserReply(document=document), "text"
            self.long += len(document.pages) >= MANY_PAGES
        except DocumentError as sentence:
            reply, outcome = ParserReply(error=str(sentence)), "sentence"
            for kind in (CRASHED, TIMED_OUT, TOO_LARGE):
                outcome = kind if kind in str(sentence) else outcome
            if outcome == CRASHED and only_wants_memory(path):
                outcome = TOO_LARGE
        except Exception as escaped:
            self.findings.append(f"{path.name}: {escaped!r} instead of a sentence")
            return "escaped"
        if broken := broken_promise(reply):
            self.findings.append(f"{path.name}: {broken}")
        if outcome in {CRASHED, TIMED_OUT}:
            self.findings.append(f"{path.name}: {outcome}")
        return outcome


def parsers() -> list[psutil.Process]:
    """The parsers of this process that are left; the one that forks them may wait for more."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            command = child.cmdline()  # nothing of one that has ended
            if "parser" in command and (FORKER not in command or child.ppid() != os.getpid()):
                found.append(child)
    return found
