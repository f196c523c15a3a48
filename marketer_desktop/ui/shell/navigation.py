"""Which page is shown: pages are made on their first visit, and there is a way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

MakePage = Callable[[], QWidget]
MOST_REMEMBERED = 50


@dataclass(frozen=True)
class Visit:
    """One place that was shown."""

    page: str
    arguments: dict[str, Any] = field(default_factory=dict)


class PageStack(QStackedWidget):
    """Shows one page at a time; tells each when it is shown and when it is left."""

    shown_page = Signal(str)

    def __init__(self, pages: Mapping[str, MakePage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers = pages
        self._made: dict[str, QWidget] = {}
        self._visits: list[Visit] = []

    @property
    def current_page(self) -> str:
        """The name of the page that is shown; empty before the first."""
        return self._visits[-1].page if self._visits else ""

    def go(self, page: str, arguments: dict[str, Any]) -> None:
        """Show `page`; the one before can be gone back to."""
        visit = Visit(page, arguments)
        if not self._visits or self._visits[-1] != visit:
            self._leave()
            self._visits = [*self._visits, visit][-MOST_REMEMBERED:]
        self._show(visit)

    def back(self) -> bool:
        """Show the page before; False if there is none."""
        if len(self._visits) < 2:
            return False
        self._leave()
        self._visits.pop()
        self._show(self._visits[-1])
        return True

    def leave_all(self) -> None:
        """Let the current page finish what it does when it is left."""
        self._leave()

    def made(self) -> list[QWidget]:
        """The pages that have been visited."""
        return list(self._made.values())

    def _show(self, visit: Visit) -> None:
        widget = self._made.get(visit.page)
        if widget is None:
            widget = self._makers[visit.page]()
            self._made[visit.page] = widget
            self.addWidget(widget)
        self.setCurrentWidget(widget)
        widget.shown(**visit.arguments)  # type: ignore[attr-defined]
        self.shown_page.emit(visit.page)

    def _leave(self) -> None:
        if self._visits:
            self._made[self._visits[-1].page].left()  # type: ignore[attr-defined]
