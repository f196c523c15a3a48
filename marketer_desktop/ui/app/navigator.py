"""The way from any page to any other, and to what lies above them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.activities import ShowActivity
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.app.problem_sheet import ProblemSheet
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.bridge.tasks import Tasks
from marketer_desktop.ui.shell.navigation import PageStack
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.widgets.toast import ToastHost

UNDER_WAY = frozenset({"generating", OUTLINE_REVIEW, "interrupted"})


class WindowNavigator:
    """What pages are given as `go`; `connect` completes it once pages and wizard are there."""

    def __init__(self, window: MainWindow, engine: EngineBridge, tasks: Tasks) -> None:
        self._window, self._engine, self._tasks = window, engine, tasks
        self._toasts = ToastHost(window)
        self._pages: PageStack | None = None
        self._open_wizard: Callable[..., None] | None = None

    def connect(self, pages: PageStack, open_wizard: Callable[..., None]) -> None:
        """Name the places to go to."""
        self._pages, self._open_wizard = pages, open_wizard

    def to(self, page: str, **arguments: Any) -> None:
        """Show a page; an activity is shown as it stands: its progress, or its text."""
        if page == "activity":
            self._tasks.start("open activity", self._show_activity(**arguments))
        elif self._pages is not None:
            self._pages.go(page, arguments)

    def back(self) -> None:
        """Show the page before; the dashboard, if there was none."""
        if self._pages is not None and not self._pages.back():
            self._pages.go("dashboard", {})

    def new_activity(self, **prefill: Any) -> None:
        """Open the wizard."""
        if self._open_wizard is not None:
            self._open_wizard(**prefill)

    def toast(
        self, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Say what was done."""
        self._toasts.show_toast(text, action, on_action)

    def show_error(self, message: str, details: str = "") -> None:
        """Say what went wrong: in short at the bottom, in full in a sheet."""
        if not details:
            self._toasts.show_toast(message)
            return
        label = QCoreApplication.translate("WindowNavigator", "Details")
        self._toasts.show_toast(
            message, label, lambda: ProblemSheet(self._window, message, details).open_sheet()
        )

    def window(self) -> QWidget:
        """What sheets lie on."""
        return self._window

    async def _show_activity(self, activity_id: int) -> None:
        told = await self._engine.call(ShowActivity(activity_id=activity_id))
        has_text = told.path is not None or told.word_count > 0  # imported, or of another desktop
        written = has_text and told.status not in UNDER_WAY
        page = "editor" if written or told.status == "draft" else "progress"
        self.to(page, activity_id=activity_id)
