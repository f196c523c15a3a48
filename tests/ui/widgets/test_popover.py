import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.popover import Popover
from marketer_desktop.ui.widgets.shadow import SoftShadow


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def anchor(window: QWidget) -> QPushButton:
    made = QPushButton("Bell", window)
    made.setGeometry(700, 8, 80, 36)
    made.show()
    return made


def popover_at(anchor: QWidget, lines: int = 3) -> Popover:
    made = Popover(anchor, width=380)
    for _ in range(lines):
        made.body.addWidget(Label("A notification", wrap=True))
    made.body.addWidget(QLineEdit())
    return made


def click(widget: QWidget, place: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), place)


def test_opens_under_its_anchor_and_inside_the_window(anchor: QPushButton) -> None:
    popover = popover_at(anchor)
    popover.show_below()

    assert popover.y() == 44 + 6
    assert popover.geometry().right() == anchor.geometry().right()
    assert popover.width() == 380


def test_scrolls_when_there_is_no_room(anchor: QPushButton, window: QWidget) -> None:
    popover = popover_at(anchor, lines=60)
    popover.show_below()

    assert popover.geometry().bottom() == window.height() - 12 - 1


def test_what_fits_has_no_bar_whatever_was_shown_before(anchor: QPushButton) -> None:
    popover = Popover(anchor, width=300)
    label = Label("Short", wrap=True)
    popover.body.addWidget(label)
    (scroller,) = popover.findChildren(QScrollArea)
    bar = scroller.verticalScrollBar()
    for words in range(10, 60):
        popover.show_below()
        label.setText("word " * words)
        QApplication.processEvents()  # for a moment there is too little room
        popover.close_popover()
        popover.show_below()
        QApplication.processEvents()
        assert not bar.isVisible(), words
        popover.close_popover()
        label.setText("Short")


def test_esc_closes_and_gives_the_keyboard_back(anchor: QPushButton, qtbot: QtBot) -> None:
    popover = popover_at(anchor)
    popover.show_below()
    assert QApplication.focusWidget() is popover

    with qtbot.waitSignal(popover.closed):
        QTest.keyClick(popover, Qt.Key.Key_Escape)

    assert not popover.isVisible()
    assert QApplication.focusWidget() is anchor


def test_click_elsewhere_closes_and_goes_through(anchor: QPushButton, window: QWidget) -> None:
    other = QPushButton("Other", window)
    other.setGeometry(10, 500, 100, 30)
    other.show()
    heard: list[str] = []
    other.clicked.connect(lambda: heard.append("other"))
    popover = popover_at(anchor)
    popover.show_below()

    click(other, QPoint(5, 5))

    assert not popover.isVisible()
    assert heard == ["other"]


def test_click_on_the_anchor_only_closes(anchor: QPushButton) -> None:
    popover = popover_at(anchor)
    anchor.clicked.connect(popover.show_below)
    anchor.click()
    assert popover.isVisible()

    click(anchor, QPoint(5, 5))

    assert not popover.isVisible()


def test_click_inside_keeps_it_open(anchor: QPushButton) -> None:
    popover = popover_at(anchor)
    popover.show_below()

    click(popover.findChildren(QLineEdit)[0], QPoint(5, 5))

    assert popover.isVisible()


def test_tab_stays_inside(anchor: QPushButton) -> None:
    popover = popover_at(anchor)
    popover.show_below()
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus is popover or popover.isAncestorOf(focus)


def test_shadow_lies_under_it_and_goes_with_it(
    anchor: QPushButton, window: QWidget, qtbot: QtBot
) -> None:
    popover = popover_at(anchor)
    popover.show_below()
    image = window.grab().toImage()
    below = image.pixelColor(popover.geometry().center().x(), popover.geometry().bottom() + 10)
    far = image.pixelColor(20, 580)
    assert below.lightness() < far.lightness()
    assert image.pixelColor(popover.pos() + QPoint(20, 8)) == color("raised")

    popover.close_popover()
    assert not window.findChildren(SoftShadow)[0].isVisible()
    popover.deleteLater()
    qtbot.waitUntil(lambda: not window.findChildren(SoftShadow))
