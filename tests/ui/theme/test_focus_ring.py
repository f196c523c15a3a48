"""The ring shows where the keyboard is, and only then."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.focus_ring import _Ring, ring_on_focus
from marketer_desktop.ui.theme.tokens import LIGHT

Reason = Qt.FocusReason


class Form(QWidget):
    """Two buttons on an inner plane."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = QWidget(self)
        self.inner.setGeometry(20, 20, 200, 160)
        self.first = QPushButton("First", self.inner)
        self.first.setGeometry(10, 10, 80, 36)
        self.second = QPushButton("Second", self.inner)
        self.second.setGeometry(10, 60, 80, 36)
        for button in (self.first, self.second):
            ring_on_focus(button)
        self.resize(300, 200)

    def ring(self) -> QRect | None:
        """Where a ring is seen."""
        seen = [ring for ring in self.findChildren(_Ring) if ring.isVisible()]
        assert len(seen) <= 1
        return seen[0].geometry() if seen else None


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.second.setFocus(Reason.MouseFocusReason)
    yield made


def test_the_keyboard_leaves_a_ring_with_a_gap(qtbot: QtBot, form: Form) -> None:
    form.first.setFocus(Reason.MouseFocusReason)
    assert form.ring() is None
    qtbot.keyClick(form.first, Qt.Key.Key_Tab)
    assert form.second.hasFocus()
    assert form.ring() == QRect(26, 76, 88, 44)
    picture = form.grab().toImage()
    assert picture.pixelColor(70, 77).name() == LIGHT.focus
    assert picture.pixelColor(70, 79).name() != LIGHT.focus, "the gap"
    qtbot.keyClick(form.second, Qt.Key.Key_Backtab)
    assert form.ring() == QRect(26, 26, 88, 44)


def test_the_mouse_takes_the_ring_away(qtbot: QtBot, form: Form) -> None:
    form.first.setFocus(Reason.TabFocusReason)
    assert form.ring() is not None
    form.second.setFocus(Reason.MouseFocusReason)
    assert form.ring() is None


def test_the_ring_follows_what_moves(form: Form) -> None:
    form.first.setFocus(Reason.TabFocusReason)
    form.inner.move(40, 20)
    assert form.ring() == QRect(46, 26, 88, 44)
    form.first.resize(100, 36)
    assert form.ring() == QRect(46, 26, 108, 44)
    form.inner.hide()
    assert form.ring() is None


def test_it_comes_back_with_the_window(form: Form) -> None:
    form.first.setFocus(Reason.TabFocusReason)
    form.first.clearFocus()
    form.first.setFocus(Reason.ActiveWindowFocusReason)
    assert form.ring() is None, "it was given up, not passed over"
    form.second.setFocus(Reason.MouseFocusReason)
    form.first.setFocus(Reason.TabFocusReason)
    form.second.setFocus(Reason.PopupFocusReason)
    form.first.setFocus(Reason.PopupFocusReason)
    assert form.ring() is not None


def test_it_scrolls_with_its_control(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    content = QWidget()
    column = QVBoxLayout(content)
    buttons = [QPushButton(str(number)) for number in range(30)]
    for button in buttons:
        ring_on_focus(button)
        column.addWidget(button)
    area.setWidget(content)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    buttons[3].setFocus(Reason.TabFocusReason)
    (ring,) = content.findChildren(_Ring)
    before = ring.mapTo(area, QPoint(0, 0)).y() - buttons[3].mapTo(area, QPoint(0, 0)).y()
    area.verticalScrollBar().setValue(60)
    after = ring.mapTo(area, QPoint(0, 0)).y() - buttons[3].mapTo(area, QPoint(0, 0)).y()
    assert before == after == -4


def test_a_plane_that_goes_takes_its_ring_along(qtbot: QtBot, form: Form) -> None:
    window = QWidget()
    plane = QWidget(window)
    button = QPushButton("Gone", plane)
    ring_on_focus(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    button.setFocus(Reason.TabFocusReason)
    window.close()
    window.deleteLater()  # in any order that Qt chooses; a warning would fail this test
    qtbot.wait(10)
