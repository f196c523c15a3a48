"""The bridge carries calls into the engine's thread, and events back into Qt's."""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
import qasync
from pydantic import BaseModel
from PySide6.QtWidgets import QApplication

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.call import Call, Emit, EngineHandle, ServiceError
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.watch_engine import WatchEngine
from marketer_desktop.system.attach import OwnerGone
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge


@pytest.fixture(autouse=True)
def collected() -> None:
    """What tests before have left must not be collected in the engine's thread."""
    gc.collect()


class Said(BaseModel):
    text: str


class Say(Call[Said]):
    text: str


class Handle:
    """An engine of a few words."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.emit: Emit | None = None
        self.watched = asyncio.Event()
        self.gone = asyncio.Event()
        self.cancelled = False
        self.threads: set[str] = set()

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.gone.set)

    async def call(self, call: Any, emit: Emit) -> Any:
        self.threads.add(threading.current_thread().name)
        if isinstance(call, WatchEngine):
            self.emit = emit
            self.watched.set()
            await self.gone.wait()
            raise OwnerGone("The app that did the work has ended.")
        if call.text == "fail":
            raise ServiceError("It failed.")
        if call.text == "too much":
            raise PlanExceeded("The plan has room for 3 projects.")
        if call.text == "wait":
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                self.cancelled = True
                raise
        emit({"half": call.text[:2]})
        return Said(text=call.text.upper())


class Engines:
    """Opens one handle after the other."""

    def __init__(self, *, broken: int = 0) -> None:
        self.opened: list[Handle] = []
        self.broken = broken

    @asynccontextmanager
    async def open(self, say: Callable[[str], None]) -> AsyncIterator[EngineHandle]:
        say("Starting the database")
        if self.broken:
            self.broken -= 1
            raise ServiceError("The port is in use.")
        self.opened.append(Handle())
        yield self.opened[-1]


def live(application: QApplication, main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop = qasync.QEventLoop(application)
    with loop:
        loop.run_until_complete(asyncio.wait_for(main(), 20))


async def happens(true: Callable[[], Any]) -> None:
    while not true():  # noqa: ASYNC110 - what is waited for comes from another thread
        await asyncio.sleep(0.01)


def test_calls_cross_over_and_events_come_back_in_the_qt_thread(qapp: QApplication) -> None:
    engines = Engines()

    async def main() -> None:
        bridge = EngineBridge(engines.open)
        heard: list[Any] = []
        threads: set[str] = set()

        def hear(event: dict[str, Any]) -> None:
            heard.append(event)
            threads.add(threading.current_thread().name)

        waiting = asyncio.ensure_future(bridge.call(Say(text="early"), hear))
        bridge.start()
        assert (await waiting).text == "EARLY"
        await happens(lambda: heard)
        assert heard == [{"half": "ea"}]
        assert threads == {"MainThread"}
        assert engines.opened[0].threads == {"engine"}
        with pytest.raises(ServiceError, match="It failed"):
            await bridge.call(Say(text="fail"))
        await bridge.stopped()
        bridge.join()
        with pytest.raises(ServiceError, match="stopped"):
            await bridge.call(Say(text="late"))

    live(qapp, main)


def test_a_limit_of_the_plan_is_told_to_the_window_as_well(qapp: QApplication) -> None:
    engines = Engines()
    told: list[str] = []

    async def main() -> None:
        bridge = EngineBridge(engines.open)
        bridge.limit_reached.connect(told.append)
        bridge.start()
        with pytest.raises(PlanExceeded):
            await bridge.call(Say(text="too much"))
        with pytest.raises(ServiceError, match="It failed"):
            await bridge.call(Say(text="fail"))
        await bridge.stopped()
        bridge.join()

    live(qapp, main)
    assert told == ["The plan has room for 3 projects."]


def test_cancelling_a_call_cancels_the_service(qapp: QApplication) -> None:
    engines = Engines()

    async def main() -> None:
        bridge = EngineBridge(engines.open)
        bridge.start()
        call = asyncio.ensure_future(bridge.call(Say(text="wait")))
        await happens(lambda: engines.opened and len(engines.opened[0].threads))
        await asyncio.sleep(0.1)
        call.cancel()
        await happens(lambda: engines.opened[0].cancelled)
        await bridge.stopped()
        bridge.join()

    live(qapp, main)


def test_run_events_come_in_batches_and_in_order(qapp: QApplication) -> None:
    engines = Engines()

    async def main() -> None:
        bridge = EngineBridge(engines.open)
        batches: list[list[RunEvent]] = []
        subjects: list[str] = []
        bridge.run_events.connect(batches.append)
        bridge.changed.connect(subjects.append)
        bridge.start()
        await happens(lambda: engines.opened and engines.opened[0].watched.is_set())
        emit = engines.opened[0].emit
        assert emit is not None
        for number in range(200):
            event = RunEvent(activity_id=number, kind="draft", step="writing", progress=50)
            emit({"what": "run", **event.model_dump(mode="json")})
        emit({"what": "change", "subject": "projects"})
        await happens(lambda: sum(map(len, batches)) == 200)
        assert [event.activity_id for batch in batches for event in batch] == list(range(200))
        assert len(batches) < 20
        assert subjects == ["projects"]
        await bridge.stopped()
        bridge.join()

    live(qapp, main)


def test_an_owner_that_ends_is_followed_by_an_engine_of_our_own(qapp: QApplication) -> None:
    engines = Engines()

    async def main() -> None:
        bridge = EngineBridge(engines.open)
        readies: list[bool] = []
        bridge.ready.connect(lambda: readies.append(True))
        bridge.start()
        await happens(lambda: engines.opened and engines.opened[0].watched.is_set())
        engines.opened[0].end()
        await happens(lambda: len(readies) == 2)
        assert (await bridge.call(Say(text="again"))).text == "AGAIN"
        assert len(engines.opened) == 2
        await bridge.stopped()
        bridge.join()

    live(qapp, main)


def test_a_failed_start_says_why_and_can_be_tried_again(qapp: QApplication) -> None:
    engines = Engines(broken=1)

    async def main() -> None:
        bridge = EngineBridge(engines.open)
        failures: list[tuple[str, str]] = []
        steps: list[str] = []
        bridge.failed.connect(lambda message, details: failures.append((message, details)))
        bridge.starting.connect(steps.append)
        bridge.start()
        with pytest.raises(ServiceError, match="port is in use"):
            await bridge.call(Say(text="hello"))
        assert failures[0][0] == "The port is in use."
        assert "Traceback" in failures[0][1]
        bridge.start()
        assert (await bridge.call(Say(text="hello"))).text == "HELLO"
        assert steps == ["Starting the database"] * 2
        await bridge.stopped()
        bridge.join()

    live(qapp, main)


def test_the_end_of_a_failed_engine_is_not_taken_for_that_of_the_next(qapp: QApplication) -> None:
    engines = Engines(broken=1)

    async def main() -> None:
        bridge = EngineBridge(engines.open)
        failures: list[str] = []

        def try_again(message: str, details: str) -> None:
            failures.append(message)
            bridge.start()

        bridge.failed.connect(try_again)
        bridge.start()
        await happens(lambda: failures)
        assert (await bridge.call(Say(text="hello"))).text == "HELLO"
        await bridge.stopped()
        assert not bridge.is_ready
        bridge.join()

    live(qapp, main)
