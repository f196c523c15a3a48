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

        It starts once the reply is there, see `replied`, where this document takes all cores.
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
            helped = 2 * len(self._taken) <= self._cores
            _tell(parser, named(path, helped=helped))
            if not helped:
                self._prepare()
        return parser

    def replied(self, parser: Parser) -> None:
        """End a parser that is done, and start one for the next document if need be. Blocks."""
        with self._lock:
            self._prepare()
        end(parser)

    def _prepare(self) -> None:
        if self._to_come and self._waiting is None:
            with suppress(OSError):  # the next document asks again
                self._waiting = self._start([READY])

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


def let_go(process: Parser) -> None:
    """Let a parser end; its cores are free for the next document."""
    if process.stdin:
        with suppress(BrokenPipeError):  # of a name that it did not live to read
            process.stdin.close()


def end(process: Parser) -> None:
    """End a parser, whatever it does."""
    process.kill()
    process.wait()
    let_go(process)
    if process.stdout:
        process.stdout.close()
