"""Puts a real window into a state and takes its pictures, light and dark, in four sizes."""

import asyncio
import itertools
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from marketer_desktop.services.live_runs import ListRuns
from marketer_desktop.ui.theme.theme import current
from marketer_desktop.ui.widgets.sheet import Sheet

SIZES = ((1280, 800), (1920, 1080), (900, 800), (720, 800))
THEMES = ("light", "dark")
FRAME_SECONDS, SETTLE_SECONDS = 0.1, 0.3


class Photographer:
    """Puts the window into a state, then takes it in every theme and size."""

    def __init__(self, session: Any, folder: Path, wanted: set[str]) -> None:
        self.session, self._folder, self._wanted = session, folder, wanted
        self.context, self.window = session._context, session._window
        self.call = session._context.engine.call
        self._began = time.monotonic()
        self.activity_id = 0  # of the piece that `running` writes

    async def show(self, page: str, **arguments: Any) -> None:
        """Go to a page and wait until it has read what it shows."""
        with warnings.catch_warnings(action="ignore"):
            QApplication.setActiveWindow(self.window)  # nothing else does on a bare screen
        self.context.go.to(page, **arguments)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is being read and everything is painted."""
        await asyncio.sleep(SETTLE_SECONDS)
        await self.context.tasks.finish(3)
        await asyncio.sleep(FRAME_SECONDS)

    async def take(self, state: str, prepare: Callable[[], None] | None = None) -> None:
        """Save the pictures of what is shown now; `prepare` puts each size into the state."""
        if self._wanted and state not in self._wanted:
            return
        QCursor.setPos(*SIZES[1])  # the pointer marks nothing
        for theme, size in itertools.product(THEMES, SIZES):
            if current().mode != theme:
                current().set_mode(theme)
            self.window.resize(*size)
            if prepare is not None:
                prepare()
            await asyncio.sleep(FRAME_SECONDS)
            name = f"{state}-{theme}-{size[0]}x{size[1]}.png"
            self.window.grab().save(str(self._folder / name))
        current().set_mode("light")
        self.window.resize(*SIZES[0])
        await asyncio.sleep(FRAME_SECONDS)
        print(f"{time.monotonic() - self._began:5.0f} s  {state}", flush=True)  # noqa: T201

    async def take_sheet(self, state: str) -> None:
        """Save the pictures of the sheet that opens now, and close it."""
        await self.settle()
        await self.take(state)
        self.sheet().close_sheet()
        await self.settle()

    def sheet(self, kind: type[Any] = Sheet) -> Any:
        """The sheet that lies on top."""
        return [each for each in self.window.findChildren(kind) if each.isVisible()][-1]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Press a key in the window."""
        QTest.keyClick(self.window, key, modifiers)

    async def written(self, activity_id: int, percent: int = 101) -> None:
        """Wait until a run has ended, or has come so far."""
        while True:
            runs = (await self.call(ListRuns())).runs
            left = [run for run in runs if run.status in ("waiting", "generating")]
            if not any(r.activity_id == activity_id and r.progress < percent for r in left):
                return
            await asyncio.sleep(0.3)
