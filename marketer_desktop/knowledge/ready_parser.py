"""Has a parser ready for the next document of many: its start takes longer than most documents."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from marketer_desktop.knowledge.parser_child import READY

Start = Callable[[list[str]], "subprocess.Popen[bytes]"]


class ReadyParser:
    """At most one parser that has loaded its libraries and waits, while documents are announced."""

    def __init__(self) -> None:
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

    def take(self, start: Start) -> "subprocess.Popen[bytes]":
        """A parser for one document; where others are announced, `start` makes the next one."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
            self._to_come = max(0, self._to_come - 1)
            if self._to_come:
                self._waiting = start([READY])
        if waiting is not None and waiting.poll() is None:
            return waiting
        if waiting is not None:
            end(waiting)
        return start([])

    def _batch_over(self) -> None:
        with self._lock:
            self._batches -= 1
            if self._batches:
                return
            left, self._waiting, self._to_come = self._waiting, None, 0
        if left is not None:
            end(left)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a parser, whatever it does."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
