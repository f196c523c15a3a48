"""The view of a starting engine: calm while it goes well, helpful when it does not."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.shell.starting_view import StartingView


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> StartingView:
    made = StartingView(tmp_path)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def said(view: StartingView) -> list[str]:
    texts = (label.text() for label in view.findChildren(QLabel) if label.isVisible())
    return [text for text in texts if text]


def button(view: StartingView, text: str) -> QPushButton:
    return next(b for b in view.findChildren(QPushButton) if b.text() == text and b.isVisible())


def test_the_first_start_says_that_it_sets_up(view: StartingView) -> None:
    view.set_step("Starting the database")
    assert said(view) == ["Setting up your database, only once.", "Starting the database"]


def test_later_starts_say_less(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    later = StartingView(tmp_path)
    qtbot.addWidget(later)
    later.show()
    assert said(later) == ["Starting Marketer"]


def test_a_failure_says_what_happened_and_offers_ways(
    view: StartingView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = "The database did not start: port in use. " * 4
    view.show_failure(message, "Traceback: …")
    assert message in said(view)
    (details,) = view.findChildren(QPlainTextEdit)
    assert not details.isVisible()
    qtbot.mouseClick(button(view, "Details"), Qt.MouseButton.LeftButton)
    assert details.isVisible()
    assert details.toPlainText() == "Traceback: …"
    qtbot.mouseClick(button(view, "Copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"{message}\n\nTraceback: …"
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    qtbot.mouseClick(button(view, "Open log"), Qt.MouseButton.LeftButton)
    assert opened == [str(tmp_path / "logs")]


def test_a_long_message_is_not_cut(view: StartingView) -> None:
    view.show_failure("The database did not start: its port is in use. " * 6, "")
    label = next(each for each in view.findChildren(QLabel) if "its port" in each.text())
    assert label.height() >= label.heightForWidth(label.width())


def test_try_again_asks_and_shows_progress(view: StartingView, qtbot: QtBot) -> None:
    view.retry_asked.connect(view.show_progress)
    view.show_failure("It did not start.", "")
    assert view.window().focusWidget() is button(view, "Try again")
    with qtbot.waitSignal(view.retry_asked):
        qtbot.keyClick(button(view, "Try again"), Qt.Key.Key_Space)
    assert said(view) == ["Setting up your database, only once."]


def test_the_end_is_told(view: StartingView) -> None:
    view.show_ending()
    assert said(view) == ["Saving and closing"]
