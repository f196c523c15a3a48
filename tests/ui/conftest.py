"""A Qt application without a screen, dressed in the theme, for every test of the window."""

import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.pages.editor import saver
from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.theme import Theme, install

HERE = Path(__file__).parent
NO_SCREEN = "This plugin does not support"  # raising, grabbing the keyboard and the like


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings of Qt fail a test, but for those that only say that there is no screen."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore(NO_SCREEN))


@pytest.fixture(scope="session")
def installed_theme(qapp: QApplication) -> Theme:
    """The application's theme; it is installed once, as in the application."""
    return install(qapp, "light")


@pytest.fixture(autouse=True)
def theme(installed_theme: Theme) -> Iterator[Theme]:
    """Light, as designed, and without movements, whatever the test before did."""
    motion.set_reduced(True)
    yield installed_theme
    motion.set_reduced(True)
    if installed_theme.mode != "light":
        installed_theme.set_mode("light")


@pytest.fixture(autouse=True)
def collected_in_the_qt_thread() -> Iterator[None]:
    """As in the application: a widget that the collector ends in an engine's thread can crash."""
    # Windows of tests before: outside Qt's loop nobody ends them, and each new theme is for all.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def put(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Shows widgets below each other in an active window, which lives as long as the test."""
    windows: list[QWidget] = []

    def put_in_window(*widgets: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield put_in_window


@pytest.fixture
def quick_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor does not wait for more changes, for tests of what is saved and not of when."""
    monkeypatch.setattr(saver, "WAIT_MS", 20)
