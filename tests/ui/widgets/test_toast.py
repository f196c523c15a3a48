import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.toast import STAY_MS, ToastHost


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_lies_at_the_bottom_and_follows_the_window(window: QWidget) -> None:
    host = ToastHost(window)
    host.show_toast("Archived.")
    toast = host._toast
    assert toast.geometry().bottom() == 600 - 24 - 1
    assert abs(toast.geometry().center().x() - 400) <= 1

    window.resize(1000, 700)

    assert toast.geometry().bottom() == 700 - 24 - 1
    assert abs(toast.geometry().center().x() - 500) <= 1


def test_undo_is_called_and_takes_the_toast_away(window: QWidget) -> None:
    host = ToastHost(window)
    undone: list[str] = []
    host.show_toast("Archived.", "Undo", lambda: undone.append("archived"))
    assert host._toast.action.isVisible()

    QTest.mouseClick(host._toast.action, Qt.MouseButton.LeftButton)

    assert undone == ["archived"]
    assert not host._toast.isVisible()


def test_next_toast_forgets_the_action_of_the_last(window: QWidget) -> None:
    host = ToastHost(window)
    host.show_toast("Archived.", "Undo", lambda: None)

    host.show_toast("Saved.")

    assert not host._toast.action.isVisible()
    assert host._toast.text.text() == "Saved."


def test_stays_five_seconds_and_longer_under_the_pointer(window: QWidget, qtbot: QtBot) -> None:
    host = ToastHost(window)
    host.show_toast("Archived.")
    timer = host._toast.timer
    assert STAY_MS == timer.interval() == 5000
    assert timer.isActive()

    QTest.mouseMove(host._toast)
    qtbot.waitUntil(lambda: not timer.isActive())
    QApplication.sendEvent(host._toast, QEvent(QEvent.Type.Leave))
    assert timer.isActive()

    timer.setInterval(10)
    qtbot.waitUntil(lambda: not host._toast.isVisible())


def test_long_text_ends_in_dots(window: QWidget) -> None:
    host = ToastHost(window)
    host.show_toast("A sentence that does not fit. " * 20)

    assert host._toast.width() == 560
    assert host._toast.text.toolTip().startswith("A sentence")
