"""The only place where an event of the engine becomes a Qt signal."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import Call, EngineHandle, ServiceError
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.watch_engine import WatchEngine
from marketer_desktop.system.attach.wire import AttachError
from marketer_desktop.ui.bridge.engine_thread import EngineThread, OpenEngine

Result = TypeVar("Result", bound=BaseModel)
OnEvent = Callable[[dict[str, Any]], None]
BATCH_MS = 100  # what comes in between is delivered together: a stream must not flood Qt


class EngineBridge(QObject):
    """Lives in the Qt thread; signals arrive there, and `call` is awaited there."""

    starting = Signal(str)  # what the engine is doing
    ready = Signal()
    failed = Signal(str, str)  # a sentence for a person, details
    run_events = Signal(list)  # [RunEvent, …] in order, of all runs
    changed = Signal(str)  # the subject of a `Change`
    limit_reached = Signal(str)  # what the plan has no room for, whoever asked for it

    _woken = Signal()

    def __init__(self, open_engine: OpenEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], None]] = deque()
        self._open_engine = open_engine
        self._thread: EngineThread | None = None
        self._handle: EngineHandle | None = None
        self._failure: str | None = None
        self._settled = asyncio.Event()
        self._ended = asyncio.Event()
        self._batch: list[RunEvent] = []
        self._timer = QTimer(self, interval=BATCH_MS, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._woken.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Start the engine in a thread, also again after a failure; `ready` or `failed` follows."""
        self.join()
        self._drain()  # what the engine before has said must not be heard of this one
        self._settled.clear()
        self._ended.clear()
        self._thread = EngineThread(self._open_engine, self)
        self._thread.start()

    async def stopped(self) -> None:
        """Ask the engine to stop, and wait until it has."""
        if self._thread is not None:
            self._thread.ask_to_stop()
            await self._ended.wait()

    def join(self) -> None:
        """Wait for the engine's thread, which has ended or is about to."""
        if self._thread is not None:
            self._thread.join()

    @property
    def is_ready(self) -> bool:
        """Whether calls are carried out at once."""
        return self._handle is not None

    async def call(self, call: Call[Result], on_event: OnEvent | None = None) -> Result:
        """Carry out `call`; `on_event` hears what the service emits, in the Qt thread.

        Waits for an engine that is still starting. Raises `ServiceError` and its like.
        Cancelling the awaiting task cancels the service.
        """
        await self._settled.wait()
        if self._handle is None or self._thread is None:
            raise ServiceError(self._failure or "The engine has stopped.")

        def emit(event: dict[str, Any]) -> None:
            if on_event is not None:
                self._post(lambda: on_event(event))

        try:
            return await asyncio.wrap_future(self._thread.submit(self._handle.call(call, emit)))
        except PlanExceeded as full:
            self.limit_reached.emit(str(full))
            raise

    # The listener's part: called in the engine's thread.

    def on_progress(self, text: str) -> None:
        """Pass on what the engine is doing."""
        self._post(lambda: self.starting.emit(text))

    async def live(self, handle: EngineHandle) -> None:
        """Let the waiting calls through, and watch the engine as long as it lives."""
        self._post(lambda: self._settle(handle))
        try:
            await handle.call(WatchEngine(), self._on_watched)
        except (ServiceError, AttachError):
            log.info("the owner of the data folder has ended")
        finally:
            self._post(self._unsettle)

    def on_failure(self, message: str, details: str) -> None:
        """Pass on why there is no engine."""
        self._post(lambda: self._fail(message, details))

    def on_end(self) -> None:
        """Nothing can be called any more."""
        self._post(self._end)

    def _on_watched(self, event: dict[str, Any]) -> None:
        what = event.pop("what")
        if what == "run":
            told = RunEvent.model_validate(event)
            self._post(lambda: self._batched(told))
        elif what == "change":
            self._post(lambda: self.changed.emit(event["subject"]))

    def _post(self, work: Callable[[], None]) -> None:
        """Have `work` done in the Qt thread, in order."""
        self._waiting.append(work)
        self._woken.emit()

    # In the Qt thread.

    @Slot()
    def _drain(self) -> None:
        while self._waiting:
            self._waiting.popleft()()

    def _settle(self, handle: EngineHandle) -> None:
        self._handle, self._failure = handle, None
        self._settled.set()
        self.ready.emit()

    def _unsettle(self) -> None:
        self._handle = None
        self._settled.clear()

    def _fail(self, message: str, details: str) -> None:
        self._handle, self._failure = None, message
        self._settled.set()
        self.failed.emit(message, details)

    def _end(self) -> None:
        self._handle = None
        self._settled.set()  # those who wait learn that nothing comes
        self._ended.set()

    def _batched(self, event: RunEvent) -> None:
        self._batch.append(event)
        if not self._timer.isActive():
            self._timer.start()

    def _deliver(self) -> None:
        batch, self._batch = self._batch, []
        self.run_events.emit(batch)
