"""Starts the embedded database again when it dies under the engine, and lets the runs go on."""

import asyncio
from collections.abc import Awaitable, Callable

from marketer_desktop.observability.logs import log
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system.watchdog import Watchdog

LOOK_SECONDS = 1.0


class DatabaseKeeper:
    """Looks after the server that the engine has started; `on_return` follows each restart."""

    def __init__(
        self,
        postgres: EmbeddedPostgres,
        watchdog: Watchdog,
        on_return: Callable[[], Awaitable[object]],
    ) -> None:
        self._postgres, self._watchdog, self._on_return = postgres, watchdog, on_return
        self._pid: int | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Have the watchdog know the server, and begin to look."""
        await self._watch()
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Look no longer; the server runs on."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._forget()

    async def _keep(self) -> None:
        returned, told = False, ""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                state = await asyncio.to_thread(self._postgres.state)
                if not state.running:
                    await self._bring_back()
                    returned = True
                if returned:
                    await self._on_return()
                    returned = False
                told = ""
            except Exception as error:  # the server may die again at any moment: look again
                if type(error).__name__ != told:  # a full disk stays full for a while
                    log.exception("the database does not come back")
                told = type(error).__name__

    async def _bring_back(self) -> None:
        log.warning("the database had ended and is started again")
        await self._forget()
        await asyncio.to_thread(self._postgres.start)
        await self._watch()

    async def _watch(self) -> None:
        self._pid = self._postgres.state().pid
        if self._pid is not None:
            await asyncio.to_thread(self._watchdog.watch, self._pid, "SIGINT", "SIGQUIT")

    async def _forget(self) -> None:
        if self._pid is not None:
            await asyncio.to_thread(self._watchdog.forget, self._pid)
            self._pid = None
