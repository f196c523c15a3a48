"""Has a parser ready for the next document: its start takes longer than most documents."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from marketer_desktop.knowledge.parser_child import READY, named
from marketer_desktop.system.forked import ForkedProcess

Parser: TypeAlias = "subprocess.Popen[bytes] | ForkedProcess"
Start = Callable[[list[str]], Parser]


class ReadyParser:
    """At most one parser that has loaded its libraries and waits, while documents are announced."""

    def __init__(self, start: Start, cores: int = 1) -> None:
        """Two of the `cores` read a long document together, where other documents leave them."""
        self._start, self._cores = start, cores
        self._lock = threading.Lock()
        self._taken: list[Parser] = []
        self._waiting: Parser | None = None
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
        """A parser for the document at `path`; where others are announced, the next starts too.

        Blocks. Raises OSError if none can be had.
        """
        with self._lock:
            waiting, self._waiting = self._waiting, None
            self._to_come = max(0, self._to_come - 1)
            self._taken = [each for each in self._taken if each.stdin and not each.stdin.closed]
            if waiting is not None and waiting.poll() is not None:
                end(waiting)
                waiting = None
            parser = waiting or self._start([])
            self._taken.append(parser)
            _tell(parser, named(path, helped=2 * len(self._taken) <= self._cores))
            if self._to_come:
                with suppress(OSError):  # the next document asks again
                    self._waiting = self._start([READY])
        return parser

    def _batch_over(self) -> None:
        with self._lock:
            self._batches -= 1
            if self._batches:
                return
            left, self._waiting, self._to_come = self._waiting, None, 0
        if left is not None:
            end(left)


def _tell(process: Parser, line: bytes) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it has died; its exit code says why
        process.stdin.write(line)
        process.stdin.flush()


def end(process: Parser) -> None:
    """End a parser, whatever it does."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(BrokenPipeError):  # of a name that it did not live to read
                pipe.close()
