"""What every page is given: the engine, a place for background work, and the way elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.bridge.tasks import Tasks


class Navigator(Protocol):
    """The way from a page to other places, and to what lies above all pages."""

    def to(self, page: str, **arguments: Any) -> None:
        """Show another page: `dashboard`, `projects`, `project` (`project_id`, `tab`),
        `calendar`, `documents`, `team`, `settings` (`section`), `activity` (`activity_id`;
        progress while it runs, else the editor), `optimise`, `batch` (`project_id`)."""

    def back(self) -> None:
        """Show the page before this one."""

    def new_activity(self, **prefill: Any) -> None:
        """Open the wizard; `type`, `project_id`, `campaign_id`, `topic`, `keywords` fill it."""

    def toast(
        self, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Say what was done, for five seconds, with a way to undo it."""

    def show_error(self, message: str, details: str = "") -> None:
        """Say what went wrong, with *Details* and *Copy*."""

    def window(self) -> QWidget:
        """The window that sheets and popovers belong to."""


@dataclass(frozen=True)
class PageContext:
    """Handed to each page's constructor."""

    engine: EngineBridge
    tasks: Tasks
    go: Navigator
