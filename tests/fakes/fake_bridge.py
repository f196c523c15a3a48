"""An engine and a window that pages can be tested with: canned answers, noted ways."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.call import Call, ServiceError
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.bridge.tasks import Tasks

Answer = Any  # a result, an exception to raise, or a function of the call that gives one


class FakeBridge(QObject):
    """Answers calls by their type, and has the signals of the real bridge."""

    starting = Signal(str)
    ready = Signal()
    failed = Signal(str, str)
    ended = Signal()
    run_events = Signal(list)
    changed = Signal(str)
    limit_reached = Signal(str)
    is_ready = True

    def __init__(self, answers: Mapping[type[Call[Any]], Answer]) -> None:
        super().__init__()
        self.answers: dict[type[Call[Any]], Answer] = dict(answers)
        self.calls: list[Call[Any]] = []
        self.emits: dict[type[Call[Any]], list[dict[str, Any]]] = {}
        self.held = asyncio.Event()
        self.held.set()

    async def call(self, call: Call[Any], on_event: Callable[[Any], None] | None = None) -> Any:
        """The canned answer; waits while `held` is cleared, as a slow engine would."""
        self.calls.append(call)
        for event in self.emits.get(type(call), []):
            assert on_event is not None
            on_event(event)
        await self.held.wait()
        answer = self.answers.get(type(call), ServiceError(f"No answer to {call!r}"))
        if callable(answer) and not isinstance(answer, BaseException):
            answer = answer(call)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def of(self, kind: type[Call[Any]]) -> list[Any]:
        """The calls of a kind, in order."""
        return [call for call in self.calls if type(call) is kind]


class FakeNavigator:
    """Notes where pages lead, and what they say."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.wizards: list[dict[str, Any]] = []
        self.toasts: list[tuple[str, str, Callable[[], None] | None]] = []
        self.errors: list[tuple[str, str]] = []

    def to(self, page: str, **arguments: Any) -> None:
        self.went.append((page, arguments))

    def back(self) -> None:
        self.went.append(("back", {}))

    def new_activity(self, **prefill: Any) -> None:
        self.wizards.append(prefill)

    def toast(
        self, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        self.toasts.append((text, action, on_action))

    def show_error(self, message: str, details: str = "") -> None:
        self.errors.append((message, details))

    def window(self) -> QWidget:
        return self._window


class FakeWindow:
    """A window with the context that its pages are given."""

    def __init__(self, answers: Mapping[type[Call[Any]], Answer], window: QWidget) -> None:
        self.window = window
        self.engine = FakeBridge(answers)
        self.go = FakeNavigator(window)
        self.tasks = Tasks(self.go.show_error)
        self.context = PageContext(cast(EngineBridge, self.engine), self.tasks, self.go)

    async def settle(self) -> None:
        """Let tasks and Qt do what is due now."""
        for _ in range(8):
            await asyncio.sleep(0)
            QCoreApplication.processEvents()
