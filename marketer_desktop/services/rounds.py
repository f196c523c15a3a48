"""Goes its rounds in the background of an engine, one after another, until it is stopped."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from marketer_desktop.observability.logs import log

Doing = Callable[[], Awaitable[object]]


class Rounds:
    """A round, a wait, the next round. One that fails ends nothing: the next may do.

    `trouble` is what the log says then, once as long as it is of the same kind.
    """

    def __init__(self, trouble: str, go: Doing, wait: Doing) -> None:
        self._trouble, self._go, self._wait = trouble, go, wait
        self._task: asyncio.Task[None] | None = None

    def start(self, pause: float = 0.0) -> None:
        """Begin, after so many seconds."""
        self._task = asyncio.create_task(self._run(pause), name=self._trouble)

    async def stop(self) -> None:
        """Stop at once, in the middle of a round, too."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self, pause: float) -> None:
        await asyncio.sleep(pause)
        told = ""
        while True:
            try:
                await self._go()
                told = ""
            except Exception as problem:  # such as a database that is being restarted
                if type(problem).__name__ != told:
                    log.warning("%s: %s", self._trouble, problem)
                told = type(problem).__name__
            await self._wait()
