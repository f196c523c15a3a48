"""The life of the window: the engine starts, the session begins, everything ends in order."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.bridge.engine_thread import OpenEngine
from marketer_desktop.ui.shell.starting_view import StartingView
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore

if TYPE_CHECKING:
    from marketer_desktop.ui.app.session import Session


class Desktop(QObject):
    """Owns the engine's bridge and the session; `on_closed` is called last."""

    loaded = Signal()  # the libraries of engine and pages are there

    def __init__(
        self,
        window: MainWindow,
        store: WindowStore,
        starting: StartingView,
        open_engine: OpenEngine,
        on_closed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._window, self._store = window, store
        self._on_closed = on_closed
        self._starting = starting
        self._starting.retry_asked.connect(self.start)
        self._engine = EngineBridge(open_engine, self)
        self._engine.starting.connect(self._starting.set_step)
        self._engine.ready.connect(self._on_ready)
        self._engine.failed.connect(self._on_failed)
        self._session: Session | None = None
        self._ending: asyncio.Task[None] | None = None
        window.close_asked.connect(self._on_close_asked)

    def start(self) -> None:
        """Start the engine, for the first time or again after a failure."""
        self._starting.show_progress()
        self._engine.start()

    def end_now(self) -> None:
        """End without a question; runs under way go on at the next start."""
        self._end_once(self._leave())

    def _on_ready(self) -> None:
        if self._session is None:
            # Imported here: the engine's thread has loaded by now what the pages build on.
            from marketer_desktop.ui.app.session import Session  # noqa: PLC0415

            self._session = Session(self._window, self._store, self._engine, self._end_asked)
            self.loaded.emit()
        self._session.begin()

    def _on_failed(self, message: str, details: str) -> None:
        self._starting.show_failure(message, details)
        self._window.show_view(self._starting)
        self._window.bring_up()

    def _on_close_asked(self) -> None:
        if self._session is None:
            self._end_asked()
        else:
            self._session.on_close_asked()

    def _end_asked(self) -> None:
        self._end_once(self._end())

    def _end_once(self, ending: Coroutine[Any, Any, None]) -> None:
        if self._ending is None:
            self._ending = asyncio.ensure_future(ending)
        else:
            ending.close()

    async def _leave(self) -> None:
        if self._session is not None and self._engine.is_ready:
            await self._session.leave_runs()
        await self._end()

    async def _end(self) -> None:
        """Last saves, then the engine, then the window."""
        if self._session is not None:
            await self._session.close()
        self._starting.show_ending()
        self._window.show_view(self._starting)
        await self._engine.stopped()
        self._engine.join()
        self._window.close_for_good()
        self._on_closed()
