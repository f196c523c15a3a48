"""Inputs take what people type and choose, and fields say what is wrong with it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.tokens import LIGHT
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.number_input import NumberInput
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.text_input import SearchInput, TextArea, TextInput

Put = Callable[..., QWidget]


def edge(widget: QWidget) -> str:
    """The colour of its left edge."""
    return widget.grab().toImage().pixelColor(0, widget.height() // 2).name()


def rolled(widget: QWidget) -> bool:
    """Whether the widget kept a turn of the wheel for itself."""
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_inputs_are_36_px_high(put: Put) -> None:
    inputs = [TextInput(), SearchInput(), Select(), NumberInput(1, 9)]
    put(*inputs)
    assert [each.height() for each in inputs] == [36] * 4


def test_focus_thickens_the_edge_and_moves_no_text(put: Put) -> None:
    first, second = TextInput(), TextInput()
    put(first, second)
    second.setText("Text")
    second.setFocus()
    before = second.cursorRect()
    assert edge(second) == LIGHT.focus
    first.setFocus()
    assert second.cursorRect() == before
    assert edge(second) == LIGHT.control


def test_placeholders_are_read(put: Put) -> None:
    """Qt would take the text's colour at half strength."""
    line = TextInput("Topic")
    put(line)
    assert line.palette().placeholderText().color().name() == LIGHT.muted


def test_tab_leaves_a_text_area(put: Put, qtbot: QtBot) -> None:
    area, after = TextArea(lines=3), TextInput()
    put(area, after)
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.toPlainText() == ""


def test_search_is_emptied_by_cross_and_escape(put: Put, qtbot: QtBot) -> None:
    search = SearchInput("Search")
    put(search)
    assert search._cross.isHidden()
    qtbot.keyClicks(search, "tone")
    qtbot.mouseClick(search._cross, Qt.MouseButton.LeftButton)
    assert search.text() == ""
    qtbot.keyClicks(search, "tone")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_select_tells_what_a_person_chose(put: Put, qtbot: QtBot) -> None:
    select = Select()
    for text, value in [("Professional", 1), ("Conversational", None), ("Technical", ("t", 3))]:
        select.add(text, value)
    put(select)
    with qtbot.assertNotEmitted(select.chosen):
        select.set_value(("t", 3))
    assert select.value() == ("t", 3)
    with qtbot.waitSignal(select.chosen) as told:
        qtbot.keyClick(select, Qt.Key.Key_Up)
    assert told.args == [None]
    select.set_value("unknown")
    assert select.currentIndex() == -1


def test_a_long_option_does_not_widen_the_select(put: Put) -> None:
    select = Select()
    select.add("A project with a name that is far too long for any sheet " * 3, 1)
    put(select)
    assert select.minimumSizeHint().width() < 200


def test_the_wheel_scrolls_the_page_past_inputs(put: Put) -> None:
    select, number, other = Select(), NumberInput(0, 9), TextInput()
    select.add("One", 1)
    select.add("Two", 2)
    put(select, number, other)
    other.setFocus()
    assert not rolled(select)
    assert not rolled(number)
    assert (select.value(), number.value()) == (1, 0)
    number.setFocus()
    assert rolled(number)
    assert number.value() == 1


def test_number_steps_and_stays_within_its_bounds(put: Put, qtbot: QtBot) -> None:
    number = NumberInput(100, 5000, 50, "words")
    put(number)
    number.setValue(4975)
    qtbot.keyClick(number, Qt.Key.Key_Up)
    assert number.value() == 5000
    assert number.text() == "5,000 words"
    arrow = QPoint(number.width() - 12, number.height() - 8)
    qtbot.mouseClick(number, Qt.MouseButton.LeftButton, pos=arrow)
    assert number.value() == 4950
    assert number.buttonSymbols() == QSpinBox.ButtonSymbols.UpDownArrows
    assert number.lineEdit().width() > number.fontMetrics().horizontalAdvance("5,000 words")


def test_a_field_says_what_is_wrong_in_place_of_the_hint(put: Put) -> None:
    control = TextInput()
    field = Field("Topic", control, hint="What it is about.")
    put(field)
    assert control.accessibleName() == "Topic"
    assert control.accessibleDescription() == "What it is about."
    field.set_error("Enter a topic.")
    assert field.error == "Enter a topic."
    assert not field._hint.isVisible()
    assert edge(control) == LIGHT.error_icon
    assert control.accessibleDescription() == "Enter a topic."
    field.set_error(None)
    assert field.error == ""
    assert field._hint.isVisible()
    assert edge(control) in (LIGHT.control, LIGHT.focus)


def test_a_field_tells_how_much_there_is(put: Put) -> None:
    field = Field("Topic", TextInput(), optional=True)
    put(field)
    field.set_counter("26 of 200")
    assert field._counter.text() == "26 of 200"
    assert field._label.buddy() is field.control


@pytest.mark.parametrize("text", ["Ein sehr langes Fehlerbild " * 8])
def test_a_long_error_wraps(put: Put, text: str) -> None:
    field = Field("Topic", TextInput())
    window = put(field)
    window.resize(300, 100)
    one = field.heightForWidth(280)
    field.set_error(text)
    assert field.heightForWidth(280) > one + 2 * 18
