"""Keywords become chips, and go again, by keys alone or by mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.chip import SuggestionChip
from marketer_desktop.ui.widgets.chip_input import ChipInput

Key = Qt.Key


@pytest.fixture
def chips(qtbot: QtBot) -> Iterator[ChipInput]:
    made = ChipInput("Add a keyword", limit=4)
    qtbot.addWidget(made)
    made.resize(420, 36)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    yield made


def line(chips: ChipInput) -> QLineEdit:
    found = chips.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def type_in(qtbot: QtBot, chips: ChipInput, text: str) -> None:
    qtbot.keyClicks(line(chips), text)


@pytest.mark.parametrize("end", [",", ";", "\r"])
def test_enter_and_comma_make_a_chip(qtbot: QtBot, chips: ChipInput, end: str) -> None:
    with qtbot.waitSignal(chips.changed) as told:
        type_in(qtbot, chips, "  lead   scoring")
        if end == "\r":
            qtbot.keyClick(line(chips), Key.Key_Return)
        else:
            type_in(qtbot, chips, end)
    assert told.args == [["lead scoring"]]
    assert line(chips).text() == ""


def test_leaving_takes_the_word(qtbot: QtBot, chips: ChipInput) -> None:
    type_in(qtbot, chips, "CRM")
    line(chips).clearFocus()
    assert chips.values() == ["CRM"]


def test_control_enter_takes_the_word_and_goes_on_to_the_form(
    qtbot: QtBot, chips: ChipInput
) -> None:
    type_in(qtbot, chips, "CRM")
    qtbot.keyClick(line(chips), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert chips.values() == ["CRM"]


def test_a_pasted_list_is_several_words(chips: ChipInput) -> None:
    line(chips).insert("one, two,three")
    line(chips).textEdited.emit(line(chips).text())
    assert chips.values() == ["one", "two"]
    assert line(chips).text() == "three"


def test_a_word_comes_once_and_no_more_than_the_limit(qtbot: QtBot, chips: ChipInput) -> None:
    chips.set_values(["AI", "CRM"])
    assert not chips.add("ai")
    assert chips.add("B2B")
    assert chips.add("Sales")
    assert line(chips).isReadOnly()
    assert not chips.add("More")
    assert chips.values() == ["AI", "CRM", "B2B", "Sales"]


def test_backspace_takes_the_last_away(qtbot: QtBot, chips: ChipInput) -> None:
    chips.set_values(["AI", "CRM"])
    with qtbot.waitSignal(chips.changed):
        qtbot.keyClick(line(chips), Key.Key_Backspace)
    assert chips.values() == ["AI"]
    type_in(qtbot, chips, "x")
    qtbot.keyClick(line(chips), Key.Key_Backspace)
    assert chips.values() == ["AI"], "first what is being typed"


def test_arrows_go_to_a_chip_and_delete_takes_it_away(qtbot: QtBot, chips: ChipInput) -> None:
    chips.set_values(["one", "two", "three"])
    qtbot.keyClick(line(chips), Key.Key_Left)
    crosses = [chip.cross for chip in chips._chips]
    assert crosses[2].hasFocus()
    qtbot.keyClick(crosses[2], Key.Key_Left)
    assert crosses[1].hasFocus()
    assert crosses[1].accessibleName() == "Remove two"
    qtbot.keyClick(crosses[1], Key.Key_Delete)
    assert chips.values() == ["one", "three"]
    assert line(chips).hasFocus()
    qtbot.keyClick(line(chips), Key.Key_Left)
    qtbot.keyClick(chips._chips[1].cross, Key.Key_Right)
    assert line(chips).hasFocus()


def test_tab_goes_past_the_chips(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chips, after = ChipInput(parent=window), QLineEdit(window)
    chips.set_values(["one", "two"])
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    chips.setFocus()
    qtbot.keyClick(line(chips), Key.Key_Tab)
    assert after.hasFocus()


def test_the_cross_takes_a_chip_away(qtbot: QtBot, chips: ChipInput) -> None:
    chips.set_values(["one", "two"])
    qtbot.mouseClick(chips._chips[0].cross, Qt.MouseButton.LeftButton)
    assert chips.values() == ["two"]


def test_chips_wrap_and_none_is_clipped(chips: ChipInput) -> None:
    assert chips.height() == 36
    chips.set_values(["marketing automation", "lead scoring", "customer journeys", "一二三 ü é"])
    assert chips.height() == 36 + 30
    rects = [chip.geometry() for chip in chips._chips] + [line(chips).geometry()]
    for rect in rects:
        assert chips.rect().contains(rect)
    for at, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[at + 1 :])
    chips.set_values(["one"])
    assert chips.height() == 36


def test_right_to_left_starts_at_the_right(chips: ChipInput) -> None:
    chips.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    chips.set_values(["one", "two"])
    first, second = (chip.geometry() for chip in chips._chips)
    assert first.right() > second.right() > line(chips).geometry().right()


def test_a_name_is_given_to_what_is_typed_in(chips: ChipInput) -> None:
    chips.setAccessibleName("Keywords")
    assert line(chips).accessibleName() == "Keywords"


def test_a_suggestion_is_24_px_high_and_pressed(qtbot: QtBot) -> None:
    chip = SuggestionChip("+ CRM")
    qtbot.addWidget(chip)
    chip.show()
    assert chip.height() == 24
    with qtbot.waitSignal(chip.clicked):
        qtbot.keyClick(chip, Key.Key_Return)
