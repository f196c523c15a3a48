"""The page of what goes on: tiles, recent activities, this month's usage, projects."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.overview import ShowOverview
from marketer_desktop.ui.bridge.activity_actions import ActivityActions
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.dashboard.presenter import DashboardPresenter
from marketer_desktop.ui.pages.dashboard.projects_card import ProjectsCard
from marketer_desktop.ui.pages.dashboard.quick_tiles import QuickTiles
from marketer_desktop.ui.pages.dashboard.recent_card import RecentCard
from marketer_desktop.ui.pages.dashboard.usage_card import UsageCard
from marketer_desktop.ui.widgets.activity_words import ActivityWords
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.page import CARD_GAP, Page

SUBJECTS = frozenset({"activities", "documents", "organizations", "projects"})
USAGE_WIDTH = 340
TASK = "dashboard"


class DashboardPage(Page):
    """Reads the overview when it is shown and when something changed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Dashboard"))
        self._context, self._presenter = context, DashboardPresenter()
        self._actions = ActivityActions(context, self)
        self._words = ActivityWords(self)
        self._again = False
        self.tiles = QuickTiles()
        self.recent = RecentCard()
        self.usage = UsageCard(self.tr("Usage this month"))
        self.projects = ProjectsCard(self.tr("Projects overview"), self.tr("New project"))
        self._error: ErrorView | None = None
        self._body = self._lay_out()
        self._connect()
        self._arrange(self.width_class())

    def shown(self, **arguments: Any) -> None:
        """Read again: time has passed."""
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A tall page has room for more rows."""
        super().resizeEvent(event)
        if self._presenter.state == "filled":
            self._show_rows()

    def _lay_out(self) -> QWidget:
        new = Button(self.tr("New activity"), variant="primary", icon="plus")
        new.clicked.connect(lambda: self._context.go.new_activity())
        self.batch = Button(self.tr("Batch"), icon="table")
        self.batch.setToolTip(self.tr("Write many pieces from a CSV"))
        self.batch.clicked.connect(lambda: self._context.go.to("batch"))
        self.head.addWidget(self.batch)
        self.set_primary(new)
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(CARD_GAP)
        self.content.addWidget(body)
        self.content.addStretch(1)
        return body

    def _connect(self) -> None:
        go, engine = self._context.go, self._context.engine
        self.tiles.type_chosen.connect(lambda kind: go.new_activity(type=kind))
        self.tiles.optimise_chosen.connect(lambda: go.to("optimise"))
        self.recent.begin.connect(lambda: go.new_activity())
        self.recent.expand.connect(self._on_expand)
        self.recent.list.activated_row.connect(self._actions.open)
        self.recent.list.menu_asked.connect(self._on_menu)
        self.projects.table.activated_row.connect(lambda key: go.to("project", project_id=key))
        assert self.projects.action is not None
        self.projects.action.clicked.connect(lambda: go.to("projects", new=True))
        self.width_class_changed.connect(self._arrange)
        engine.changed.connect(self._on_changed)
        engine.run_events.connect(self._on_run_events)

    def _arrange(self, width_class: str) -> None:
        """Two columns where it is wide, one where it is not."""
        is_wide = width_class == "wide"
        self.projects.set_narrow(width_class == "narrow")
        grid = self._grid
        grid.addWidget(self.tiles, 0, 0, 1, 2)
        grid.addWidget(self.recent, 1, 0, 1, 1 if is_wide else 2)
        grid.addWidget(self.usage, 1 if is_wide else 2, 1 if is_wide else 0, 1, 1 if is_wide else 2)
        grid.addWidget(self.projects, 2 if is_wide else 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.usage.setFixedWidth(USAGE_WIDTH) if is_wide else self.usage.setMaximumWidth(16777215)

    def _read(self) -> None:
        self._again = not self._context.tasks.start(TASK, self._load(), self._on_error)

    async def _load(self) -> None:
        """Read; what changes meanwhile is read right after."""
        while True:
            self._again = False
            call = ShowOverview(recent=self._presenter.asked)
            self._presenter.take(await self._context.engine.call(call))
            self._show()
            if not self._again:
                return

    def _show(self) -> None:
        self._forget_error()
        self._show_rows()
        self.usage.show_usage(
            self._presenter.figures(), self._presenter.bars(), self._presenter.limit
        )
        self.projects.show_projects(self._presenter.projects, datetime.now().astimezone())
        self.projects.setVisible(bool(self._presenter.projects))

    def _show_rows(self) -> None:
        now = datetime.now().astimezone()
        height = self.viewport().height()
        self.recent.show_rows([self._words.row(each, now) for each in self._presenter.rows(height)])
        if self._presenter.state == "filled":
            self.recent.set_expansion(
                possible=self._presenter.can_expand(height), expanded=self._presenter.expanded
            )

    def _on_expand(self) -> None:
        self._presenter.expanded = not self._presenter.expanded
        self._show_rows()
        self._read()

    def _on_menu(self, key: object, place: QPoint) -> None:
        line = self._presenter.line(key)
        if line is not None:
            self._actions.show_menu(line, place)

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self._read()

    def _on_run_events(self, events: list[RunEvent]) -> None:
        changed, stale = self._presenter.apply(events)
        if not self.isVisible():
            return
        if stale:
            self._read()
        elif changed:
            self._show_rows()

    def _on_error(self, message: str, details: str) -> None:
        """Keep what is shown; with nothing to show, say why."""
        if self._presenter.state != "loading":
            self._context.go.show_error(message, details)
            return
        self._forget_error()
        self._error = ErrorView(message, details, on_retry=self._read)
        self.content.insertWidget(0, self._error)
        self._body.hide()

    def _forget_error(self) -> None:
        if self._error is not None:
            self._error.deleteLater()
            self._error = None
        self._body.show()
