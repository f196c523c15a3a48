"""The thread that talks to the engine, with an event loop of its own."""

import asyncio
import threading
import traceback
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from marketer_desktop.services.call import EngineHandle, Say, plain_message

Result = TypeVar("Result")
OpenEngine = Callable[[Say], AbstractAsyncContextManager[EngineHandle]]


class Listener(Protocol):
    """Hears of the engine's life, in the engine's thread."""

    def on_progress(self, text: str) -> None:
        """What the engine is doing while it starts or stops."""

    async def live(self, handle: EngineHandle) -> None:
        """The engine takes calls; returns when it does so no longer."""

    def on_failure(self, message: str, details: str) -> None:
        """The engine did not start: a sentence for a person, and the traceback."""

    def on_end(self) -> None:
        """The engine has stopped; nothing more will come."""


class EngineThread:
    """Starts the engine, keeps it until it is told to stop, and carries coroutines over."""

    def __init__(self, open_engine: OpenEngine, listener: Listener) -> None:
        self._open_engine, self._listener = open_engine, listener
        self._loop = asyncio.SelectorEventLoop()  # psycopg's asynchronous mode needs this one
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="engine")

    def start(self) -> None:
        """Return at once; the listener hears the rest."""
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, Result]) -> "Future[Result]":
        """Run a coroutine in the engine's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def ask_to_stop(self) -> None:
        """Return at once; `on_end` says when it is done."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._live())
        self._listener.on_end()

    async def _live(self) -> None:
        """One engine after the other: the owner that this window is attached to may end."""
        try:
            while not self._stop.is_set():
                async with self._open_engine(self._listener.on_progress) as handle:
                    await self._until_stopped(self._listener.live(handle))
        except Exception as error:  # the window lives on, and says what happened
            self._listener.on_failure(plain_message(error), traceback.format_exc())

    async def _until_stopped(self, life: Coroutine[Any, Any, None]) -> None:
        living = asyncio.ensure_future(life)
        stopped = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({living, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for task in (living, stopped):
            task.cancel()
        await asyncio.gather(living, stopped, return_exceptions=True)
