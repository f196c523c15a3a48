import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.page import Page


def page_of(qtbot: QtBot, width: int) -> Page:
    page = Page("Dashboard")
    qtbot.addWidget(page)
    page.content.addWidget(QWidget())
    page.resize(width, 700)
    page.show()
    return page


def column_of(page: Page) -> tuple[int, int, int]:
    """Left edge, width, top."""
    rect = page._column.contentsRect()
    return rect.left(), rect.width(), rect.top()


@pytest.mark.parametrize(
    ("width", "name", "column"),
    [
        (700, "narrow", (16, 668, 16)),
        (768, "medium", (24, 720, 24)),
        (1023, "medium", (24, 975, 24)),
        (1064, "wide", (32, 1000, 24)),
        (1700, "wide", (210, 1280, 24)),
    ],
)
def test_column_and_class_follow_the_width(
    qtbot: QtBot, width: int, name: str, column: tuple[int, int, int]
) -> None:
    page = page_of(qtbot, width)

    assert page.width_class() == name
    assert column_of(page) == column


def test_change_of_class_is_told_once(qtbot: QtBot) -> None:
    page = page_of(qtbot, 1100)
    heard: list[str] = []
    page.width_class_changed.connect(heard.append)

    for width in (1090, 1000, 990, 700):
        page.resize(width, 700)

    assert heard == ["medium", "narrow"]


def test_primary_button_is_at_the_right_end(qtbot: QtBot) -> None:
    page = page_of(qtbot, 1064)
    first, second = Button("First"), Button("New activity", variant="primary")
    page.set_primary(first)

    page.set_primary(second)

    end = 1064 - 32 - 1
    qtbot.waitUntil(lambda: second.mapTo(page, second.rect().topRight()).x() == end)
    assert not isValid(first)


def test_hooks_take_any_argument(qtbot: QtBot) -> None:
    page = page_of(qtbot, 800)

    page.shown(project_id=3)
    page.left()
    page.set_title("Projects")

    assert page.title.text() == "Projects"


def test_ground_of_the_page_is_what_lies_behind(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.setStyleSheet("background: #ff0000")
    outer.resize(900, 500)
    page = Page("X", outer)
    page.resize(900, 500)
    outer.show()

    assert outer.grab().toImage().pixelColor(450, 400).name() == "#ff0000"
