"""Looks after the runs of a server: those of dead processes go on, and its own worker lives."""

import asyncio
import contextlib

from marketer_desktop.observability.logs import log
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.recover_runs import take_over

LOOK_SECONDS = 2.0


class RunKeeper:
    """Lives as long as its engine; of all processes on a database one looks at a time."""

    def __init__(self, parts: Parts, pause: float = LOOK_SECONDS) -> None:
        self._parts, self._pause = parts, pause
        self._task: asyncio.Task[None] | None = None
        self._told = ""

    async def start(self) -> None:
        """Begin to look, in the background."""
        self._task = asyncio.create_task(self._keep(), name="run keeper")

    async def stop(self) -> None:
        """Look no longer."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _keep(self) -> None:
        while True:
            try:
                await self._look()
                self._told = ""
            except Exception as error:  # such as a database that is away: look again
                if type(error).__name__ != self._told:
                    log.warning("runs are not looked after: %s", error)
                self._told = type(error).__name__
            await asyncio.sleep(self._pause)

    async def _look(self) -> None:
        queue = self._parts.queue
        if queue.has_broken_down:  # it had lost its database
            await queue.pause()
            queue.go_on()
        await take_over(self._parts)
