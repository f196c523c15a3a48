from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.skeleton import Skeleton


def press(owner: QWidget, text: str) -> None:
    button = next(found for found in owner.findChildren(Button) if found.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(owner: QWidget) -> list[str]:
    return [label.text() for label in owner.findChildren(Label)]


def test_error_offers_to_try_again(qtbot: QtBot) -> None:
    tried: list[int] = []
    view = ErrorView("Projects not loaded.", on_retry=lambda: tried.append(1))
    qtbot.addWidget(view)
    view.show()

    press(view, "Try again")

    assert tried == [1]
    assert "Details" not in [button.text() for button in view.findChildren(Button)]


def test_error_shows_and_copies_its_details(qtbot: QtBot) -> None:
    view = ErrorView("Projects not loaded.", "Traceback: x")
    qtbot.addWidget(view)
    view.show()
    assert not view.text.isVisible()

    press(view, "Details")
    assert view.text.isVisible()
    press(view, "Hide details")
    assert not view.text.isVisible()
    press(view, "Copy")

    assert QGuiApplication.clipboard().text() == "Projects not loaded.\n\nTraceback: x"


def test_long_error_is_shown_whole(qtbot: QtBot) -> None:
    view = ErrorView("The database did not start. " * 8)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    label = view.findChildren(Label)[0]

    assert label.width() == 560
    assert label.height() >= label.heightForWidth(560) > 40


def test_empty_state_leads_on(qtbot: QtBot) -> None:
    view = EmptyState("file-text", "Write your first piece", "A topic is enough.", "New activity")
    qtbot.addWidget(view)
    view.show()
    assert texts(view) == ["Write your first piece", "A topic is enough."]

    with qtbot.waitSignal(view.action):
        press(view, "New activity")


def test_banner_changes_with_the_state(qtbot: QtBot) -> None:
    started: list[int] = []
    banner = Banner("warning", "Ollama is not running.", [("Start it", lambda: started.append(1))])
    qtbot.addWidget(banner)
    banner.resize(600, 44)
    banner.show()
    assert banner.grab().toImage().pixelColor(300, 4) == color("warning_subtle")

    press(banner, "Start it")
    banner.set("success", "Ollama is running.")

    assert started == [1]
    assert texts(banner) == ["Ollama is running."]
    assert banner.grab().toImage().pixelColor(300, 4) == color("success_subtle")


def test_skeleton_is_not_seen_at_once(qtbot: QtBot) -> None:
    skeleton = Skeleton(2)
    qtbot.addWidget(skeleton)
    skeleton.resize(400, 112)
    skeleton.show()
    tile = (16, 28)
    assert skeleton.grab().toImage().pixelColor(*tile) != color("neutral")

    qtbot.waitUntil(
        lambda: skeleton.grab().toImage().pixelColor(*tile) == color("neutral"), timeout=2000
    )

    assert skeleton.sizeHint().height() == 112


def test_skeleton_pulses_only_while_seen(qtbot: QtBot) -> None:
    motion.set_reduced(False)
    skeleton = Skeleton(2)
    qtbot.addWidget(skeleton)
    skeleton.show()
    running = skeleton._pulse.State.Running
    qtbot.waitUntil(lambda: skeleton._pulse.state() == running, timeout=2000)

    skeleton.hide()

    assert skeleton._pulse.state() != running
    assert not skeleton._delay.isActive()
