"""Sends texts when their time comes, as long as its engine lives: also what came due before."""

import asyncio
from datetime import UTC, datetime

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.rounds import Rounds
from marketer_desktop.services.send_publication import send_publication

# Waits count no time in which the computer sleeps: the clock is asked again this often.
LONGEST_WAIT, SHORTEST_WAIT = 30.0, 1.0


class PublicationRounds:
    """Of many processes on one database each looks; a publication is sent by one of them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._next: datetime | None = None
        self._rounds = Rounds("nothing is published", self.send_due, self._wait)

    async def start(self) -> None:
        """Begin, in the background."""
        self._rounds.start()

    async def stop(self) -> None:
        """Stop at once: what is being sent is looked up, and sent on, at the next start."""
        await self._rounds.stop()

    async def send_due(self) -> None:
        """Send all whose time has come, and note when the next one's does."""
        self._next = datetime.now(UTC)  # a round that fails is soon gone again
        async with self._parts.database.unit_of_work() as work:
            due = await work.publications.due(datetime.now(UTC))
        await asyncio.gather(*(send_publication(self._parts, each, _nobody) for each in due))
        async with self._parts.database.unit_of_work() as work:
            self._next = await work.publications.next_due()

    async def _wait(self) -> None:
        due = self._next
        wanted = LONGEST_WAIT if due is None else (due - datetime.now(UTC)).total_seconds()
        await self._parts.publisher.wait(max(SHORTEST_WAIT, min(wanted, LONGEST_WAIT)))


def _nobody(step: int, of: int) -> None:
    """Nobody looks on."""
