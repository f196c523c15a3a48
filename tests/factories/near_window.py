"""A window whose pages work on the real services, in the same loop."""

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.parts import Parts
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from tests.fakes.fake_bridge import FakeWindow
from tests.fakes.near_bridge import NearBridge
from tests.patience import becomes_true


class NearWindow:
    """Make pages with `context`, and close it before the services end."""

    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.frame.resize(1280, 800)
        self.frame.show()
        self.fake = FakeWindow({}, self.frame)
        self.bridge = NearBridge(parts)
        engine = cast(EngineBridge, self.bridge)
        self.context = PageContext(engine, self.fake.tasks, self.fake.go)

    def add(self, page: QWidget) -> None:
        """Show a page in the window."""
        page.setParent(self.frame)
        page.resize(self.frame.size())
        page.show()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what the services bring about."""

        async def settled() -> bool:
            await self.fake.settle()
            return holds()

        await becomes_true(settled)

    async def close(self) -> None:
        """Wait for what is being read: a query that is cut off is a warning in the log."""
        await self.bridge.close()
        await self.until(lambda: not self.fake.tasks._running)
        await self.fake.tasks.close()
