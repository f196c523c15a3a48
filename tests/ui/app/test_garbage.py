"""Widgets in a circle end in the Qt thread, whoever makes the garbage."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.app.garbage import QtGarbage

enders: list[str] = []


class Circle(QWidget):
    """Refers to itself, and notes where it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        enders.append(threading.current_thread().name)


@pytest.fixture
def garbage() -> Iterator[QtGarbage]:
    made = QtGarbage()
    yield made
    made.close()
    gc.unfreeze()
    assert gc.isenabled()


def test_a_circle_of_widgets_ends_in_the_qt_thread(qtbot: QtBot, garbage: QtGarbage) -> None:
    enders.clear()
    garbage.settle()
    Circle()

    def litter() -> None:
        for _ in range(200):
            left = [[] for _ in range(1000)]  # type: ignore[var-annotated]
            left.append(left)

    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert enders == []
    qtbot.waitUntil(lambda: enders == ["MainThread"])
