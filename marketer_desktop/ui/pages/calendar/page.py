"""The calendar page: a month of what is published and what is to be; a list where it is narrow."""

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QGridLayout, QWidget

from marketer_desktop.services.publications import ListPublications, Publication
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.calendar.day_cell import DayCell
from marketer_desktop.ui.pages.calendar.presenter import WEEK, CalendarPresenter
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.cells import PillCell, TextCell, TitleCell
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.publishing.words import moment, state_of
from marketer_desktop.ui.widgets.table import Column, Table

TASK = "calendar"
SUBJECTS = frozenset({"activities", "organizations", "publishing"})
MOST_WEEKS = 6
NAMES = 28  # px of the row that names the days


class CalendarPage(Page):
    """Texts are scheduled in the editor; here they are seen together, and moved."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._context = context
        first_day = QLocale().firstDayOfWeek().value
        self._presenter = CalendarPresenter(date.today(), first_day)
        self._error: ErrorView | None = None
        self._again = False
        self.before = IconButton("chevron-left", self.tr("Month before"))
        self.after = IconButton("chevron-right", self.tr("Next month"))
        self.today = Button(self.tr("Today"))
        self.cells = [DayCell() for _ in range(MOST_WEEKS * WEEK)]
        self.table = Table(
            [
                Column("title", self.tr("Text")),
                Column("state", self.tr("State"), 144),
                Column("at", self.tr("When"), 168, "right"),
            ]
        )
        self.table.setAccessibleName(self.tr("Publications"))
        self.empty = EmptyState("calendar-days", "", self.tr("Schedule a text with Publish."))
        self._month, self._list = Card(), Card()
        self._lay_out(first_day)
        self._connect()

    def shown(self, **arguments: Any) -> None:
        """Read the month."""
        self._presenter.today = date.today()
        self._show()
        self._read()

    def _lay_out(self, first_day: int) -> None:
        for button in (self.before, self.today, self.after):
            self.head.addWidget(button)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setRowMinimumHeight(0, NAMES)
        for column in range(WEEK):
            name = QLocale().standaloneDayName(
                (first_day - 1 + column) % WEEK + 1, QLocale.FormatType.ShortFormat
            )
            label = Label(name, "caption_label", "secondary")
            label.setIndent(8)
            grid.addWidget(label, 0, column)
            grid.setColumnStretch(column, 1)
        for place, cell in enumerate(self.cells):
            grid.addWidget(cell, 1 + place // WEEK, place % WEEK)
        self._month.body.setContentsMargins(12, 12, 12, 12)
        self._month.body.addLayout(grid)
        self._list.body.setContentsMargins(0, 0, 0, 8)
        self._list.body.addWidget(self.table)
        for part in (self._month, self._list, self.empty):
            self.content.addWidget(part)
        self.content.addStretch(1)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.today.clicked.connect(lambda: self._turn(0))
        for cell in self.cells:
            cell.opened.connect(self._open)
            cell.dropped.connect(self._on_dropped)
        self.table.activated_row.connect(self._open)
        self.width_class_changed.connect(lambda width: self._show())
        self._context.engine.changed.connect(self._on_changed)

    def _turn(self, months: int) -> None:
        if months:
            self._presenter.turn(months)
        else:
            self._presenter.go_to_today()
        self._presenter.take([])
        self._show()
        self._read()

    def _read(self) -> None:
        self._again = not self._context.tasks.start(TASK, self._load(), self._on_error)

    async def _load(self) -> None:
        while True:
            self._again = False
            start, end = span = self._presenter.span
            found = await self._context.engine.call(ListPublications(start=start, end=end))
            if span == self._presenter.span:
                self._presenter.take(found.publications)
                self._show()
            if not self._again:
                return

    def _show(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        month = self._presenter.month
        name = QLocale().toString(QDate(month.year, month.month, 1), "MMMM yyyy")
        self.set_title(name)
        days, is_narrow = self._presenter.days, self.width_class() == "narrow"
        for place, cell in enumerate(self.cells):
            cell.setVisible(place < len(days))
            if place < len(days):
                self._show_day(cell, days[place])
        listed = self._presenter.listed()
        self.table.set_rows([_row(each) for each in listed])
        self._month.setVisible(not is_narrow)
        self._list.setVisible(is_narrow and bool(listed))
        self.empty.title.setText(self.tr("Nothing planned in {0}").format(name))
        self.empty.setVisible(self._presenter.is_empty)

    def _show_day(self, cell: DayCell, day: date) -> None:
        presenter = self._presenter
        cell.show_day(
            day,
            presenter.on(day),
            is_today=day == presenter.today,
            is_within=day.month == presenter.month.month,
        )

    def _open(self, activity_id: int) -> None:
        self._context.go.to("activity", activity_id=activity_id)

    def _on_dropped(self, publication_id: int, day: date) -> None:
        call = self._presenter.moved(publication_id, day, datetime.now().astimezone())
        if call is None:
            self._context.go.toast(self.tr("It cannot go to a day that is past."))
            return

        async def move() -> None:
            told = await self._context.engine.call(call)
            assert call.publish_at is not None
            said = told.problem or self.tr("Moved to {0}").format(moment(call.publish_at))
            self._context.go.toast(said)
            self._read()

        self._context.tasks.start(f"move publication {publication_id}", move())

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self._read()

    def _on_error(self, message: str, details: str) -> None:
        self._show()
        self._error = ErrorView(message, details, on_retry=self._read)
        self.content.insertWidget(0, self._error)


def _row(told: Publication) -> dict[str, Any]:
    at = told.published_at or told.publish_at
    return {
        "key": told.activity_id,
        "title": TitleCell(told.title, told.target),
        "state": PillCell(*state_of(told)),
        "at": TextCell(moment(at) if at else ""),
    }
