"""Choices among a few: by mouse, by arrow keys, and silently by the program."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.tokens import LIGHT
from marketer_desktop.ui.widgets.checkbox import CheckBox
from marketer_desktop.ui.widgets.radio import RadioRow
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.switch import Switch

OPTIONS = [("low", "Low"), ("medium", "Medium"), ("high", "High")]
EACH = pytest.mark.parametrize("kind", [Segmented, RadioRow])


@EACH
def test_a_person_chooses_and_it_is_told(qtbot: QtBot, kind: type[RadioRow]) -> None:
    choice = kind(OPTIONS)
    qtbot.addWidget(choice)
    choice.show()
    assert choice.value() == "low"
    high = next(b for b in choice.findChildren(QAbstractButton) if b.text() == "High")
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.mouseClick(high, Qt.MouseButton.LeftButton)
    assert told.args == ["high"]
    assert choice.value() == "high"


@EACH
def test_the_program_chooses_in_silence(qtbot: QtBot, kind: type[RadioRow]) -> None:
    choice = kind(OPTIONS)
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("medium")
    assert choice.value() == "medium"
    with pytest.raises(KeyError):
        choice.set_value("none")


@EACH
def test_arrow_keys_move_the_choice(qtbot: QtBot, kind: type[RadioRow]) -> None:
    choice = kind(OPTIONS)
    qtbot.addWidget(choice)
    with qtbot.waitActive(choice):
        choice.show()
        choice.activateWindow()
    first = choice.findChildren(QAbstractButton)[0]
    first.setFocus()
    with qtbot.waitSignal(choice.chosen):
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert choice.value() == "medium"
    takes_tab = [
        button.text()
        for button in choice.findChildren(QAbstractButton)
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert takes_tab == ["Medium"], "Tab goes to the choice, not through all options"


def test_segments_are_32_px_high_and_count(qtbot: QtBot) -> None:
    choice = Segmented(OPTIONS)
    qtbot.addWidget(choice)
    choice.show()
    assert choice.height() == 32
    narrow = choice.sizeHint().width()
    choice.set_text("low", "Low 12")
    assert choice.sizeHint().width() > narrow


def test_a_switch_turns_by_mouse_and_keys(qtbot: QtBot) -> None:
    switch = Switch("Review outline")
    qtbot.addWidget(switch)
    switch.show()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.isChecked()
    qtbot.waitUntil(lambda: switch._place == 1.0)
    assert switch.grab().toImage().pixelColor(6, switch.height() // 2).name() == LIGHT.accent
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_a_switch_slides_where_movement_is_welcome(qtbot: QtBot) -> None:
    motion.set_reduced(False)
    switch = Switch("Slow")
    qtbot.addWidget(switch)
    switch.show()
    switch.setChecked(True)
    assert switch._place < 1.0
    qtbot.waitUntil(lambda: switch._place == 1.0)


def test_a_box_is_ticked_by_a_click_on_its_text(qtbot: QtBot) -> None:
    box = CheckBox("guide.pdf")
    qtbot.addWidget(box)
    box.show()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()
    picture = box.grab().toImage()
    assert picture.pixelColor(9, 3).name() in (LIGHT.accent, LIGHT.accent_hover)
    box.setCheckState(Qt.CheckState.PartiallyChecked)
    assert box.grab().toImage() != picture, "in part looks different"
