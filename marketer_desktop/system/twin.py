"""Work in many pieces from both its ends, by this process and a twin that is forked from it."""

import json
import math
import os
import signal
import socket
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Any, NoReturn, Protocol, TypeVar

from marketer_desktop.system.limits import Limits, lend_time, take_on

LONGEST = 1024 * 1024  # bytes of a result; where the system sends fewer at once, its limit counts

CPUCLOCK_SCHED = 2  # of <linux/posix-timers.h>

T = TypeVar("T")


class Pieces(Protocol):
    """A way to do each of `count` pieces of work: yields its number and its result."""

    def __call__(
        self, count: int, work: Callable[[int], T], restored: Callable[[Any], T]
    ) -> Generator[tuple[int, T], None, None]:
        """In any order; `restored` makes a result again of what JSON has left of it."""


def one_by_one(
    count: int, work: Callable[[int], T], restored: Callable[[Any], T]
) -> Generator[tuple[int, T], None, None]:
    """In this process, in their order."""
    for number in range(count):
        yield number, work(number)


class Twin:
    """A process that does the last pieces first, until those of this one reach its own.

    It has its own limits, and the time that it takes counts as this process's. What it does not
    deliver, whatever becomes of it, is done here: so it never decides how the work ends.
    """

    def __init__(self, limits: Limits, begin: Callable[[], None]) -> None:
        """`begin` is called in the twin. From here on nothing has to be opened."""
        self._limits, self._begin = limits, begin
        self._process: int | None = None
        self._lent = 0
        self._here, self._there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def pieces(
        self, count: int, work: Callable[[int], T], restored: Callable[[Any], T]
    ) -> Generator[tuple[int, T], None, None]:
        """Each piece of the work, see `Pieces`. Once only."""
        self._lent = self._limits.cpu
        lend_time(self._lent)
        process = self._process = os.fork()
        if not process:
            self._be(count, work)
        self._there.close()
        come = count  # from here on all have come
        try:
            for number in range(count):
                yield number, work(number)
                for other, result in self._delivered():
                    come = other
                    if other > number:
                        yield other, restored(result)
                if come <= number + 1:
                    return
        finally:
            os.kill(process, signal.SIGKILL)
            self._take_back()
            self._here.close()

    def close(self) -> None:
        """Wait until it has ended, which takes longer than to end it: best done late."""
        if self._process:
            os.waitpid(self._process, 0)
            self._process = None

    def _delivered(self) -> Iterator[tuple[int, Any]]:
        with suppress(BlockingIOError):
            while message := self._here.recv(LONGEST, socket.MSG_DONTWAIT):
                yield tuple(json.loads(message))
            self._take_back()

    def _take_back(self) -> None:
        """The time that was lent to the twin, which has done what it can, and not used by it."""
        if self._process and self._lent:
            used = time.clock_gettime(_clock_of(self._process))
            lend_time(math.ceil(used) - self._lent)
            self._lent = 0

    def _be(self, count: int, work: Callable[[int], T]) -> NoReturn:
        """Send what comes of each piece, the last first, and end, also where something fails."""
        try:
            self._here.close()
            take_on(self._limits)
            self._begin()
            for number in reversed(range(count)):
                message = json.dumps((number, work(number))).encode()
                if len(message) > LONGEST:
                    break
                self._there.sendall(message)
        finally:
            os._exit(0)


def _clock_of(process: int) -> int:
    """Of the CPU time that it has taken, as clock_getcpuclockid(3) names it."""
    return ~process << 3 | CPUCLOCK_SCHED
