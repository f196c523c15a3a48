"""The field for a day: typed in several ways, chosen, or left empty."""

from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.date_input import DateInput


@pytest.mark.parametrize(
    ("text", "day", "is_valid"),
    [
        ("", None, True),
        ("  ", None, True),
        ("1 Mar 2026", date(2026, 3, 1), True),
        (" 1  March 2026 ", date(2026, 3, 1), True),
        ("2026-03-01", date(2026, 3, 1), True),
        ("1.3.2026", date(2026, 3, 1), True),
        ("30 Feb 2026", None, False),
        ("soon", None, False),
    ],
)
def test_days_are_read_as_people_type_them(
    qtbot: QtBot, text: str, day: date | None, is_valid: bool
) -> None:
    field = DateInput()
    qtbot.addWidget(field)
    field.setText(text)
    assert (field.value(), field.is_valid) == (day, is_valid)


def test_a_day_is_shown_in_one_way(qtbot: QtBot) -> None:
    field = DateInput()
    qtbot.addWidget(field)
    field.setText("2026-03-01")
    field.editingFinished.emit()
    assert field.text() == "1 Mar 2026"
    field.set_value(None)
    assert field.text() == ""


def test_a_day_is_chosen_from_the_calendar(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 500)
    field = DateInput(parent=window)
    field.set_value(date(2026, 3, 1))
    window.show()
    field._open.trigger()
    calendar = window.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 3, 1)
    with qtbot.waitSignal(field.changed):
        calendar.clicked.emit(QDate(2026, 3, 9))
    assert field.value() == date(2026, 3, 9)
