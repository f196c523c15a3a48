import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.row_list import Row, RowList

LONG = "AI in marketing automation: what pays off in the first 90 days of a campaign and after"


def rows(count: int = 3) -> list[Row]:
    return [
        Row(key, "newspaper", "chart_1", f"Title {key}", "Q1 · draft", ("Draft", "neutral"), 84)
        for key in range(count)
    ]


def shown(qtbot: QtBot, given: list[Row], width: int = 600) -> RowList:
    made = RowList()
    qtbot.addWidget(made)
    made.set_rows(given)
    made.resize(width, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def middle(made: RowList, row: int) -> QPoint:
    return made.visualRect(made.model().index(row, 0)).center()


def test_is_as_high_as_its_rows(qtbot: QtBot) -> None:
    made = shown(qtbot, rows(4))

    assert made.sizeHint().height() == made.minimumSizeHint().height() == 4 * 56
    assert made.verticalScrollBar().maximum() == 0


def test_click_activates_a_row(qtbot: QtBot) -> None:
    made = shown(qtbot, rows())

    with qtbot.waitSignal(made.activated_row) as heard:
        QTest.mouseClick(
            made.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), middle(made, 1)
        )

    assert heard.args == [1]
    assert not made.by_keyboard


def test_keyboard_walks_and_activates(qtbot: QtBot) -> None:
    made = shown(qtbot, rows())
    made.setFocus(Qt.FocusReason.TabFocusReason)
    assert made.current_key() == 0

    QTest.keyClick(made, Qt.Key.Key_Down)
    QTest.keyClick(made, Qt.Key.Key_Down)
    with qtbot.waitSignal(made.activated_row) as heard:
        QTest.keyClick(made, Qt.Key.Key_Return)

    assert heard.args == [2]


def test_ring_shows_the_row_of_the_keyboard_only(qtbot: QtBot) -> None:
    made = shown(qtbot, rows())
    made.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(made, Qt.Key.Key_Down)
    edge = QPoint(300, 56 + 2)
    assert made.grab().toImage().pixelColor(edge) == color("focus")

    QTest.mouseClick(
        made.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), middle(made, 1)
    )

    assert made.grab().toImage().pixelColor(edge) == color("selected")


def test_menu_is_asked_by_mouse_and_by_key(qtbot: QtBot) -> None:
    made = shown(qtbot, rows())
    asked: list[object] = []
    made.menu_asked.connect(lambda key, place: asked.append((key, made.mapFromGlobal(place).y())))
    by_mouse, by_key = QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard
    place = middle(made, 2)

    QApplication.sendEvent(
        made.viewport(),
        QContextMenuEvent(by_mouse, place, made.viewport().mapToGlobal(place)),
    )
    made.setCurrentIndex(made.model().index(1, 0))
    QApplication.sendEvent(made.viewport(), QContextMenuEvent(by_key, QPoint(0, 0), QPoint(0, 0)))

    assert asked == [(2, place.y()), (1, middle(made, 1).y())]


def test_current_row_stays_when_rows_change_places(qtbot: QtBot) -> None:
    made = shown(qtbot, rows())
    made.setCurrentIndex(made.model().index(1, 0))

    made.set_rows(list(reversed(rows(5))))

    assert made.current_key() == 1
    assert made.currentIndex().row() == 3


def test_same_rows_change_in_place(qtbot: QtBot) -> None:
    made = shown(qtbot, rows())
    with (
        qtbot.assertNotEmitted(made.model().modelReset),
        qtbot.waitSignal(made.model().dataChanged),
    ):
        made.set_rows([Row(key, "mail", "chart_3", "Other") for key in range(3)])
    assert made.model().index(0, 0).data() == "Other"


def test_screen_readers_hear_the_whole_row(qtbot: QtBot) -> None:
    made = shown(qtbot, rows(1))

    told = made.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert told == "Title 0, Q1 · draft, Draft, 84"


def test_only_what_does_not_fit_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, view: told.append(text))
    made = shown(qtbot, [Row(1, "mail", "chart_3", LONG, "short"), *rows(1)], width=400)
    for row in (0, 1):
        place = middle(made, row)
        event = QHelpEvent(QHelpEvent.Type.ToolTip, place, made.viewport().mapToGlobal(place))
        QApplication.sendEvent(made.viewport(), event)

    assert told == [LONG, ""]


def test_pills_end_in_one_line_when_some_rows_have_scores(qtbot: QtBot) -> None:
    bare = Row(9, "mail", "chart_3", "Bare", "", ("Draft", "neutral"))
    made = shown(qtbot, [*rows(1), bare])
    image = made.grab().toImage()
    pill = color("neutral")

    ends = [max(x for x in range(600) if image.pixelColor(x, y) == pill) for y in (28 + 8, 84 + 8)]

    assert ends[0] == ends[1]


def test_page_follows_the_keyboard(qtbot: QtBot) -> None:
    area, plane = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    made = RowList()
    made.set_rows(rows(30))
    QVBoxLayout(plane).addWidget(made)
    area.setWidgetResizable(True)
    area.setWidget(plane)
    area.resize(500, 300)
    with qtbot.waitExposed(area):
        area.show()

    QTest.keyClick(made, Qt.Key.Key_End)
    assert area.verticalScrollBar().value() > 1000
    QTest.keyClick(made, Qt.Key.Key_Home)
    assert area.verticalScrollBar().value() < 56
