"""A field for a day, typed or chosen from a calendar, that may stay empty."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QAction, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QWidget

from marketer_desktop.ui.theme.icons import icon
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.popover import Popover
from marketer_desktop.ui.widgets.text_input import TextInput

SHOWN = "d MMM yyyy"
TYPED = ("d MMM yyyy", "d MMMM yyyy", "yyyy-MM-dd", "d.M.yyyy", "d/M/yyyy")
CALENDAR_WIDTH, CALENDAR_HEIGHT = 304, 216


class DateInput(TextInput):
    """`value()` is None for an empty field and for what is no day: ask `is_valid`."""

    changed = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._open = QAction(icon("calendar-days", "secondary", 16), self.tr("Calendar"), self)
        self._open.triggered.connect(self._show_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self._tidy)
        self.textChanged.connect(lambda text: self.changed.emit())

    def value(self) -> date | None:
        """The day, or None."""
        day = self._day()
        return day.toPython() if day.isValid() else None  # type: ignore[return-value]

    def set_value(self, day: date | None) -> None:
        """Show another day, or none."""
        self.setText(_text(QDate(day.year, day.month, day.day)) if day else "")

    @property
    def is_valid(self) -> bool:
        """Whether there is a day, or nothing."""
        return not self.text().strip() or self._day().isValid()

    def _day(self) -> QDate:
        text = " ".join(self.text().split())
        for shape in TYPED:
            day = QLocale().toDate(text, shape)
            if day.isValid():
                return day
        return QDate()

    def _tidy(self) -> None:
        day = self._day()
        if day.isValid() and _text(day) != self.text():
            self.setText(_text(day))

    def _show_calendar(self) -> None:
        popover = Popover(self, width=CALENDAR_WIDTH)
        calendar = self._calendar()
        popover.body.setContentsMargins(8, 8, 8, 8)
        popover.body.addWidget(calendar)

        def take(day: QDate) -> None:
            self.setText(_text(day))
            popover.close_popover()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        popover.closed.connect(popover.deleteLater)
        popover.show_below()
        calendar.setFocus()

    def _calendar(self) -> QCalendarWidget:
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        calendar.setFixedHeight(CALENDAR_HEIGHT)
        _dress(calendar)
        chosen = self._day()
        calendar.setSelectedDate(chosen if chosen.isValid() else QDate.currentDate())
        calendar.setAccessibleName(self.accessibleName())
        return calendar


def _dress(calendar: QCalendarWidget) -> None:
    """What a style sheet does not reach: arrows, names of days, red week ends."""
    for name, sign in (("prev", "chevron-left"), ("next", "chevron-right")):
        arrow = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
        assert isinstance(arrow, QToolButton)
        arrow.setIcon(icon(sign, "secondary", 16))
    plain = QTextCharFormat()
    plain.setForeground(color("text"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    plain.setForeground(color("muted"))
    plain.setBackground(color("raised"))
    calendar.setHeaderTextFormat(plain)


def _text(day: QDate) -> str:
    return QLocale().toString(day, SHOWN)
