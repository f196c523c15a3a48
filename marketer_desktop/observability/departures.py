"""What leaves this machine, noted where it leaves: how much and where to, never what it says."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from marketer_desktop.domain.departures import Departure


@dataclass(frozen=True)
class Noted:
    """A kind of departure; `destination` is a host, `what` is in plain words."""

    kind: Departure
    destination: str
    what: str
    account_id: int | None = None


class DepartureNotes:
    """Holds what was noted until it is taken; the same, one after the other, is one entry.

    For the event loop's thread: nobody waits for anything here.
    """

    def __init__(self) -> None:
        self._times: Counter[Noted] = Counter()
        self._bytes: Counter[Noted] = Counter()
        self._some = asyncio.Event()

    def note(self, noted: Noted, size: int = 0) -> None:
        """This has left, or may have: its connection was there. `size` is in bytes."""
        self.put_back([(noted, 1, size)])

    async def some(self) -> None:
        """Return when there is something to take."""
        await self._some.wait()

    def put_back(self, taken: Iterable[tuple[Noted, int, int]]) -> None:
        """Hold what was taken for another time."""
        for noted, times, size in taken:
            self._times[noted] += times
            self._bytes[noted] += size
            self._some.set()

    def take(self) -> list[tuple[Noted, int, int]]:
        """What was noted since the last time: each with its times and bytes."""
        taken = [(each, times, self._bytes[each]) for each, times in self._times.items()]
        self._times.clear()
        self._bytes.clear()
        self._some.clear()
        return taken
