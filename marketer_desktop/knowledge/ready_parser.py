"""Has a parser ready for the next document: its start takes longer than most documents."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Protocol, TypeAlias

from marketer_desktop.knowledge.parser_child import READY, named
from marketer_desktop.system.forked import ForkedProcess, Forker

Start = Callable[[list[str]], "subprocess.Popen[bytes]"]
Parser: TypeAlias = "subprocess.Popen[bytes] | ForkedProcess"


class Parsers(Protocol):
    """Where a parser for each document comes from."""

    def announced(self, count: int) -> AbstractContextManager[None]:
        """So many documents come next."""

    def take(self, path: Path) -> Parser:
        """A parser that reads the document at `path`. Blocks. Raises OSError if there is none."""


class ForkedParsers:
    """Parsers forked from one that has everything loaded, for which Linux takes milliseconds."""

    def __init__(self, forker: Forker) -> None:
        self._forker = forker

    def announced(self, count: int) -> AbstractContextManager[None]:
        """Nothing is to be done in advance."""
        return nullcontext()

    def take(self, path: Path) -> Parser:
        """A parser for the document at `path`."""
        return self._forker.fork(named(path))


class ReadyParser:
    """At most one parser that has loaded its libraries and waits, while documents are announced.

    Windows knows no fork, and what macOS has loaded does not bear one.
    """

    def __init__(self, start: Start) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._waiting: subprocess.Popen[bytes] | None = None
        self._to_come = self._batches = 0

    @contextmanager
    def announced(self, count: int) -> Iterator[None]:
        """So many documents come next; none waits for the start of its parser but the first."""
        with self._lock:
            self._to_come += count
            self._batches += 1
        try:
            yield
        finally:
            self._batch_over()

    def take(self, path: Path) -> Parser:
        """A parser for the document at `path`; where others are announced, the next starts too."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
            self._to_come = max(0, self._to_come - 1)
            if self._to_come:
                self._waiting = self._start([READY])
        if waiting is not None and waiting.poll() is not None:
            end(waiting)
            waiting = None
        return _told(waiting or self._start([]), path)

    def _batch_over(self) -> None:
        with self._lock:
            self._batches -= 1
            if self._batches:
                return
            left, self._waiting, self._to_come = self._waiting, None, 0
        if left is not None:
            end(left)


def _told(process: "subprocess.Popen[bytes]", path: Path) -> Parser:
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it has died; its exit code says why
        process.stdin.write(named(path))
        process.stdin.flush()
    return process


def end(process: Parser) -> None:
    """End a parser, whatever it does."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(BrokenPipeError):  # of a name that it did not live to read
                pipe.close()
