"""Looks after the runs of a server: those of dead processes go on, and its own worker lives."""

import asyncio

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.recover_runs import take_over
from marketer_desktop.services.rounds import Rounds

LOOK_SECONDS = 2.0


class RunKeeper:
    """Lives as long as its engine; of all processes on a database one looks at a time."""

    def __init__(self, parts: Parts, pause: float = LOOK_SECONDS) -> None:
        self._parts = parts
        self._rounds = Rounds("runs are not looked after", self._look, lambda: asyncio.sleep(pause))

    async def start(self) -> None:
        """Begin to look, in the background."""
        self._rounds.start()

    async def stop(self) -> None:
        """Look no longer."""
        await self._rounds.stop()

    async def _look(self) -> None:
        queue = self._parts.queue
        if queue.has_broken_down:  # it had lost its database
            await queue.pause()
            queue.go_on()
        await take_over(self._parts)
