import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.theme import Theme, color
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.scrim import Scrim
from marketer_desktop.ui.widgets.sheet import Sheet


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    made.behind = QLineEdit()  # type: ignore[attr-defined]
    column.addWidget(made.behind)  # type: ignore[attr-defined]
    made.resize(1000, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.behind.setFocus()  # type: ignore[attr-defined]
    return made


def sheet_in(window: QWidget, *, height: int = 400) -> Sheet:
    sheet = Sheet(window, "New activity", width=500, height=height)
    sheet.field = QLineEdit()  # type: ignore[attr-defined]
    sheet.body.addWidget(sheet.field)  # type: ignore[attr-defined]
    sheet.footer.addWidget(Button("Cancel"))
    sheet.footer.addWidget(Button("Next", variant="primary"))
    return sheet


def test_lies_in_the_middle_of_its_window(window: QWidget) -> None:
    sheet = sheet_in(window)
    sheet.open_sheet()
    assert sheet.geometry().getRect() == (250, 200, 500, 400)

    window.resize(800, 600)

    assert sheet.geometry().getRect() == (150, 100, 500, 400)


def test_small_window_cuts_it(window: QWidget) -> None:
    sheet = Sheet(window, "Large", width=2000, height=2000)
    sheet.open_sheet()

    assert sheet.geometry().getRect() == (24, 24, 952, 752)


def test_keyboard_goes_in_and_comes_back(window: QWidget) -> None:
    sheet = sheet_in(window)
    sheet.open_sheet()
    assert QApplication.focusWidget() is sheet.field  # type: ignore[attr-defined]

    sheet.close_sheet()

    assert QApplication.focusWidget() is window.behind  # type: ignore[attr-defined]


def test_tab_stays_inside(window: QWidget) -> None:
    sheet = sheet_in(window)
    sheet.open_sheet()
    seen = set()
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert sheet.isAncestorOf(focus)
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(seen) == 4


def test_esc_closes(window: QWidget, qtbot: QtBot) -> None:
    sheet = sheet_in(window)
    sheet.open_sheet()

    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet.field, Qt.Key.Key_Escape)  # type: ignore[attr-defined]

    assert not sheet.isVisible()
    assert not window.findChildren(Scrim)[0].isVisible()


def test_enter_in_a_field_presses_no_button(window: QWidget) -> None:
    sheet = sheet_in(window)
    pressed: list[str] = []
    for button in sheet.findChildren(QPushButton):
        button.clicked.connect(lambda: pressed.append("pressed"))
    sheet.open_sheet()

    QTest.keyClick(sheet.field, Qt.Key.Key_Return)  # type: ignore[attr-defined]

    assert pressed == []
    assert sheet.isVisible()


def test_clicks_do_not_reach_what_lies_behind(window: QWidget) -> None:
    button = QPushButton("Behind", window)
    button.setGeometry(10, 10, 100, 30)
    button.show()
    sheet = sheet_in(window)
    sheet.open_sheet()

    assert isinstance(window.childAt(button.geometry().center()), Scrim)
    sheet.close_sheet()
    assert window.childAt(button.geometry().center()) is button


def test_shortcuts_of_the_window_rest(window: QWidget) -> None:
    heard: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+N"), window)
    shortcut.activated.connect(lambda: heard.append("shortcut"))
    action = QAction("Find", window)
    action.setShortcut(QKeySequence("Ctrl+F"))
    action.triggered.connect(lambda: heard.append("action"))
    window.addAction(action)
    button = QPushButton("Publish", window)
    button.setShortcut(QKeySequence("Ctrl+P"))
    button.clicked.connect(lambda: heard.append("button"))
    button.show()
    sheet = sheet_in(window)
    own = QShortcut(QKeySequence("Ctrl+Return"), sheet)
    own.activated.connect(lambda: heard.append("own"))

    def press_all() -> None:
        for key in (Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_P, Qt.Key.Key_Return):
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key, Qt.KeyboardModifier.ControlModifier)

    sheet.open_sheet()
    press_all()
    QTest.qWait(150)  # a button's shortcut presses it for 100 ms
    assert heard == ["own"]
    assert action.isEnabled()

    sheet.close_sheet()
    heard.clear()
    press_all()
    QTest.qWait(150)
    assert heard == ["shortcut", "action", "button"]


def test_fitting_sheet_grows_with_its_body(window: QWidget, qtbot: QtBot) -> None:
    sheet = sheet_in(window, height=0)
    sheet.open_sheet()
    before = sheet.height()
    assert before < 260

    sheet.body.addWidget(Label("A sentence that is long. " * 20, wrap=True))

    qtbot.waitUntil(lambda: sheet.height() > before + 60)


def test_veil_dims_the_window(window: QWidget, theme: Theme) -> None:
    theme.set_mode("light")
    sheet = sheet_in(window)
    bright = window.grab().toImage().pixelColor(30, 700).lightness()
    sheet.open_sheet()
    dimmed = window.grab().toImage()

    assert dimmed.pixelColor(30, 700).lightness() < bright - 40
    assert dimmed.pixelColor(500, 300) == color("raised")
    assert dimmed.pixelColor(250, 200) != color("raised")  # the corner is round


def test_veil_goes_with_its_sheet(window: QWidget, qtbot: QtBot) -> None:
    sheet = sheet_in(window)
    sheet.open_sheet()
    sheet.close_sheet()

    sheet.deleteLater()

    qtbot.waitUntil(lambda: not window.findChildren(Scrim))


def test_what_lies_behind_outlives_it(window: QWidget, qtbot: QtBot) -> None:
    text = QTextEdit(window)
    text.show()
    document = text.document()
    sheet = Sheet(window, "Only to be read")
    sheet.open_sheet()
    sheet.close_sheet()
    with qtbot.waitSignal(sheet.destroyed):
        sheet.deleteLater()

    assert isValid(document)
    assert document.isEmpty()


def test_rises_into_its_place(window: QWidget, qtbot: QtBot) -> None:
    motion.set_reduced(False)
    sheet = sheet_in(window)

    sheet.open_sheet()

    assert sheet.y() == 212
    qtbot.waitUntil(lambda: sheet.y() == 200, timeout=2000)
