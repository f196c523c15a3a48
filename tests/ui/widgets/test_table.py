from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import Theme, color
from marketer_desktop.ui.widgets.cells import (
    ChipsCell,
    IconCell,
    PillCell,
    ProgressCell,
    TitleCell,
)
from marketer_desktop.ui.widgets.table import Column, Table

COLUMNS = [
    Column("name", "Name"),
    Column("tags", "Tags", 160),
    Column("state", "State", 140),
    Column("read", "Reading", 160),
    Column("size", "Size", 90, "right"),
    Column("go", "", 50, "right"),
]


def row(key: int, name: str = "guide.pdf", **cells: Any) -> dict[str, Any]:
    return {
        "key": key,
        "name": TitleCell(name, icon="file-text"),
        "tags": ChipsCell(["brand", "price"]),
        "state": PillCell("Ready", "success"),
        "read": ProgressCell(30, "12 of 40"),
        "size": "2.3 MB",
        "go": IconCell("chevron-right", "Open"),
        **cells,
    }


def shown(qtbot: QtBot, rows: list[dict[str, Any]], columns: list[Column] = COLUMNS) -> Table:
    table = Table(columns)
    qtbot.addWidget(table)
    table.set_rows(rows)
    table.resize(900, table.sizeHint().height())
    with qtbot.waitExposed(table):
        table.show()
    return table


def middle(table: Table, line: int, column: int = 0) -> QPoint:
    return table.visualRect(table.model().index(line, column)).center()


def test_is_as_high_as_head_and_rows(qtbot: QtBot) -> None:
    assert shown(qtbot, [row(1), row(2)]).sizeHint().height() == 36 + 2 * 44


def test_second_lines_make_rows_higher(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(1, name="A")])
    table.set_rows([row(1), row(2) | {"name": TitleCell("Q1", "3 campaigns")}])

    assert table.sizeHint().height() == 36 + 2 * 52
    assert table.rowHeight(0) == 52


def test_without_titles_there_is_no_head(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(1)], [Column("name", ""), Column("size", "", 90, "right")])

    assert table.sizeHint().height() == 44
    assert table.columnWidth(1) == 90
    assert table.columnWidth(0) == 810


def test_hairlines_lie_between_rows_only(qtbot: QtBot) -> None:
    image = shown(qtbot, [row(1), row(2)]).grab().toImage()

    assert image.pixelColor(260, 36 + 43) == color("hairline")
    assert image.pixelColor(260, 36 + 87) != color("hairline")


def test_click_and_enter_activate(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(7), row(8)])
    heard: list[object] = []
    table.activated_row.connect(heard.append)

    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), middle(table, 0, 3)
    )
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)

    assert heard == [7, 8]


def test_ring_shows_the_row_of_the_keyboard(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(7), row(8)])
    table.activateWindow()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(table, Qt.Key.Key_Down)

    assert table.current_key() == 8
    assert table.grab().toImage().pixelColor(300, 36 + 44 + 2) == color("focus")


def test_hover_marks_the_whole_row(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(7), row(8)])

    QTest.mouseMove(table.viewport(), middle(table, 1, 0))

    image = table.grab().toImage()
    assert image.pixelColor(895, 36 + 44 + 20) == color("hover")
    assert image.pixelColor(895, 36 + 20) != color("hover")


def test_menu_is_asked_for_the_row(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(7), row(8)])
    asked: list[object] = []
    table.menu_asked.connect(lambda key, place: asked.append(key))
    place = middle(table, 1)

    mouse = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(mouse, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)

    assert asked == [8]


def test_current_row_stays_when_rows_change(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(7), row(8)])
    table.setCurrentIndex(table.model().index(1, 0))

    table.set_rows([row(6), row(7), row(8)])

    assert table.current_key() == 8


def test_cells_tell_their_words(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(1, size=None)])
    told = [table.model().index(0, column).data() for column in range(6)]

    assert told == ["guide.pdf", "brand, price", "Ready", "12 of 40", "", "Open"]


def test_only_what_does_not_fit_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, view: told.append(text))
    name = "Ein sehr langer Name mit Umläuten, der in diese Spalte niemals passen wird.docx"
    table = shown(qtbot, [row(1, name)])
    for column in (0, 2):
        place = middle(table, 0, column)
        event = QHelpEvent(QHelpEvent.Type.ToolTip, place, table.viewport().mapToGlobal(place))
        QApplication.sendEvent(table.viewport(), event)

    assert told == [name, ""]


def test_chips_that_do_not_fit_are_counted() -> None:
    chips = ChipsCell(["brand", "2026", "a rather long tag", "price"])

    assert chips.cut(600) == ""
    assert chips.cut(160) == "brand, 2026, a rather long tag, price"
    assert chips._fitting(160) == 2


def test_progress_paints_its_share(qtbot: QtBot) -> None:
    table = shown(qtbot, [row(1, read=ProgressCell(50))])
    image = table.grab().toImage()
    left = table.columnViewportPosition(3) + 12
    y = 36 + 22 - 1

    assert image.pixelColor(left + 50, y) == color("chart_1")
    assert image.pixelColor(left + 75, y) == color("pressed")


def test_large_text_gets_wider_columns_and_higher_rows(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot, [row(1) | {"name": TitleCell("Q1", "3 campaigns")}])
    assert (table.columnWidth(4), table.rowHeight(0)) == (90, 52)

    theme.set_text_scale(1.25)
    try:
        qtbot.waitUntil(lambda: (table.columnWidth(4), table.rowHeight(0)) == (112, 56))
    finally:
        theme.set_text_scale(1.0)
    qtbot.waitUntil(lambda: (table.columnWidth(4), table.rowHeight(0)) == (90, 52))
