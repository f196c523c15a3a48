"""Background work of the window: coroutines in the Qt thread that never fail in silence."""

import asyncio
import traceback
from collections.abc import Callable, Coroutine
from typing import Any

from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import plain_message
from marketer_desktop.services.refusals import PlanExceeded

OnError = Callable[[str, str], None]


class Tasks:
    """Runs coroutines by name; the same name does not run twice at once.

    `on_error(message, details)` hears of every error that the caller does not take itself, but for
    limits of the plan: the window says those by itself.
    """

    def __init__(self, on_error: OnError) -> None:
        self._on_error = on_error
        self._running: dict[str, asyncio.Task[None]] = {}
        self._is_closed = False

    def start(
        self, name: str, work: Coroutine[Any, Any, None], on_error: OnError | None = None
    ) -> bool:
        """Start `work`; False, and nothing happens, while `name` still runs or after `close`."""
        if self.is_running(name) or self._is_closed:
            work.close()
            return False
        task = asyncio.ensure_future(self._guarded(work, on_error))
        self._running[name] = task
        task.add_done_callback(lambda done: self._end(name, done, work))
        return True

    def is_running(self, name: str) -> bool:
        """Whether `name` is under way."""
        task = self._running.get(name)
        return task is not None and not task.done()  # it may have ended a moment ago

    def cancel(self, name: str) -> None:
        """Cancel `name` if it runs."""
        task = self._running.get(name)
        if task is not None:
            task.cancel()

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, at most `seconds`."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)

    async def close(self) -> None:
        """Cancel everything, wait for it, and start nothing more."""
        self._is_closed = True
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, name: str, task: "asyncio.Task[None]", work: Coroutine[Any, Any, None]) -> None:
        if self._running.get(name) is task:
            del self._running[name]
        work.close()  # one that was cancelled before its first step is still open

    async def _guarded(self, work: Coroutine[Any, Any, None], on_error: OnError | None) -> None:
        try:
            await work
        except Exception as error:
            log.warning("a task of the window failed", exc_info=error)
            if on_error is not None or not isinstance(error, PlanExceeded):
                tell = on_error or self._on_error
                tell(plain_message(error), traceback.format_exc())
