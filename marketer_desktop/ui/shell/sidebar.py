"""The bar at the left: the main pages, what runs, the model, the settings."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.ui.shell.drawer import Drawer
from marketer_desktop.ui.shell.model_line import ModelLine
from marketer_desktop.ui.shell.nav_item import NavItem
from marketer_desktop.ui.shell.run_card import RunCard

Mode = Literal["wide", "rail", "drawer"]
WIDE, RAIL, EDGE = 216, 56, 8
# Pages that are reached from an entry without being one.
BELONGS_TO = {
    "batch": "dashboard",
    "editor": "projects",
    "optimise": "dashboard",
    "progress": "projects",
    "project": "projects",
}


class Sidebar(QWidget):
    """In `drawer` mode it takes no room, and `open_drawer` shows it over the pages."""

    page_asked = Signal(str)
    run_asked = Signal(int)
    models_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = "wide"
        self._panel = QWidget()
        self._panel.setObjectName("sidebar")
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._drawer = Drawer(self)
        self._items = self._made_items()
        self._run = RunCard(self._panel)
        self._model = ModelLine(self._panel)
        self._arrange()
        self._connect()
        self.setAccessibleName(self.tr("Main navigation"))
        self._apply()

    @property
    def mode(self) -> Mode:
        """How the bar is shown."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show the bar wide, as a rail, or only when it is asked for."""
        if mode != self._mode:
            self._mode = mode
            self._apply()

    def open_drawer(self) -> None:
        """Show the bar over the pages; only in `drawer` mode."""
        if self._mode == "drawer":
            self._drawer.open(self.window(), self._panel)
            self._current_item().setFocus(Qt.FocusReason.OtherFocusReason)

    def set_current(self, page: str) -> None:
        """Mark the entry that `page` belongs to."""
        entry = BELONGS_TO.get(page, page)
        for item in self._items:
            item.setChecked(item.page == entry)

    def set_runs(self, runs: Sequence[LiveRun]) -> None:
        """Show what is under way."""
        self._run.set_runs(runs)

    def set_model(self, name: str, state: str) -> None:
        """Show the model that writes; `state` is `ready`, `busy` or `missing`."""
        self._model.set_model(name, state)

    def _made_items(self) -> list[NavItem]:
        entries = (
            ("dashboard", "layout-dashboard", self.tr("Dashboard"), "Ctrl+1"),
            ("projects", "folder", self.tr("Projects"), "Ctrl+2"),
            ("calendar", "calendar-days", self.tr("Calendar"), "Ctrl+3"),
            ("documents", "files", self.tr("Documents"), "Ctrl+4"),
            ("team", "users", self.tr("Team"), "Ctrl+5"),
            ("settings", "settings", self.tr("Settings"), "Ctrl+,"),
        )
        return [NavItem(*entry, self._panel) for entry in entries]

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self._panel)
        self._column.setContentsMargins(EDGE, 4, EDGE, 12)
        *pages, settings = self._items
        for item in pages:
            self._column.addWidget(item)
        self._column.addStretch(1)
        low = QVBoxLayout()
        low.setSpacing(0)
        for part in (self._run, self._model, settings):
            low.addWidget(part)
        self._column.addLayout(low)

    def _connect(self) -> None:
        for item in self._items:
            item.clicked.connect(self._asker(item.page))
            item.moved.connect(self._mover(item))
        self._run.run_asked.connect(self.run_asked)
        self._run.run_asked.connect(self._drawer.close_drawer)
        self._model.clicked.connect(self.models_asked)
        self._model.clicked.connect(self._drawer.close_drawer)

    def _asker(self, page: str) -> object:
        def ask() -> None:
            self._drawer.close_drawer()
            self.page_asked.emit(page)

        return ask

    def _mover(self, item: NavItem) -> object:
        def move(step: int) -> None:
            place = (self._items.index(item) + step) % len(self._items)
            self._items[place].setFocus(Qt.FocusReason.TabFocusReason)

        return move

    def _current_item(self) -> NavItem:
        return next((item for item in self._items if item.isChecked()), self._items[0])

    def _apply(self) -> None:
        self._drawer.close_drawer()
        is_rail = self._mode == "rail"
        for item in self._items:
            item.set_narrow(is_rail)
        self._run.set_narrow(is_rail)
        self._model.set_narrow(is_rail)
        self._column.setSpacing(4 if is_rail else 2)
        if self._mode == "drawer":
            self._panel.setParent(self._drawer)
        else:
            self._room.addWidget(self._panel)
            self._panel.show()
            self.setFixedWidth(RAIL if is_rail else WIDE)
        self.setVisible(self._mode != "drawer")
