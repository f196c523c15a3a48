"""The places at a model's server: so many calls at once, shared out fairly between the runs."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Places:
    """At most `count` calls at once. A free place goes to the run that has had the fewest turns.

    Of runs with equally many, the one that was served longest ago comes first: so runs that began
    together end together, one that asks for much does not hold up those that ask for little, and
    nobody waits for ever. A run that comes later counts from where the others are. Who is lent a
    place is served when no run waits for one.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._guests: list[Guest] = []  # those with calls that wait, served longest ago first
        self._turns = 0  # that the run which was served last had had

    def guest(self, *, lent: bool = False) -> "Guest":
        """The share of one run, or of somebody else who is lent what no run needs."""
        return Guest(self, self._turns, lent)

    def take(self, guest: "Guest", turn: "asyncio.Future[None]") -> None:
        """Give a place to this call, now or when its turn comes."""
        if not guest.waiting:
            self._guests.append(guest)
        guest.waiting.append(turn)
        self._hand_out()

    def give_back(self, guest: "Guest") -> None:
        """One of the guest's places is free again."""
        guest.served -= 1
        self._free += 1
        self._hand_out()

    def forget(self, guest: "Guest", turn: "asyncio.Future[None]") -> None:
        """A call has given up waiting."""
        guest.waiting.remove(turn)
        if not guest.waiting:
            self._guests.remove(guest)

    def _hand_out(self) -> None:
        while self._free and self._guests:
            guest = min(self._guests, key=lambda each: (each.lent, each.turns))
            self._guests.remove(guest)
            turn = guest.waiting.popleft()
            if not turn.cancelled():
                turn.set_result(None)
                self._turns = self._turns if guest.lent else guest.turns
                guest.turns += 1
                guest.served += 1
                self._free -= 1
            if guest.waiting:
                self._guests.append(guest)


class Guest:
    """One run's share of the places; `lent` is who comes after all runs."""

    def __init__(self, places: Places, turns: int, lent: bool) -> None:
        self._places = places
        self.turns, self.lent = turns, lent
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.served = 0

    @property
    def kept_waiting(self) -> bool:
        """Whether this run can do nothing because others have all the places."""
        return bool(self.waiting) and not self.served

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place; wait for one if none is free."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._places.take(self, turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # its turn came together with the cancellation
                self._places.give_back(self)
            elif turn in self.waiting:
                self._places.forget(self, turn)
            raise
        try:
            yield
        finally:
            self._places.give_back(self)
