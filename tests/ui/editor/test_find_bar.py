import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.find_bar import FindBar
from marketer_desktop.ui.widgets.label import Label

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return
TEXT = "One fish, **two** fish\n\n- red Fish\n- blue 🐟 fish\n\nno more\n"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    editor = MarkdownEditor()
    column = QVBoxLayout(window)
    column.addWidget(FindBar(editor))
    column.addWidget(editor)
    window.resize(800, 600)
    window.show()
    window.activateWindow()
    editor.load(TEXT)
    editor.setFocus()
    return window


def parts(window: QWidget) -> tuple[MarkdownEditor, FindBar, QLineEdit, QLineEdit]:
    editor, bar = window.findChild(MarkdownEditor), window.findChild(FindBar)
    assert isinstance(editor, MarkdownEditor)
    assert isinstance(bar, FindBar)
    what, other = bar.findChildren(QLineEdit)
    return editor, bar, what, other


def count(bar: FindBar) -> str:
    label = bar.findChild(Label)
    assert isinstance(label, Label)
    return label.text()


def test_the_bar_itself_goes_on_to_replacing(window: QWidget) -> None:
    editor, _, what, other = parts(window)
    QTest.keyClick(editor, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(what, "fish")
    QTest.keyClick(what, ENTER)
    QTest.keyClicks(what, "es")
    assert not other.isVisible()
    QTest.keyClick(what, Qt.Key.Key_H, CONTROL)
    assert other.isVisible() and what.text() == "fishes"


def test_finding_goes_round(window: QWidget) -> None:
    editor, bar, what, _ = parts(window)
    QTest.keyClick(editor, Qt.Key.Key_F, CONTROL)
    assert bar.isVisible()
    QTest.keyClicks(what, "fish")
    seen = []
    for _ in range(5):
        QTest.keyClick(what, ENTER)
        seen.append((count(bar), editor.textCursor().selectedText()))
    assert seen == [
        ("1 of 4", "fish"),
        ("2 of 4", "fish"),
        ("3 of 4", "Fish"),
        ("4 of 4", "fish"),
        ("1 of 4", "fish"),
    ]
    QTest.keyClick(what, ENTER, SHIFT)
    assert count(bar) == "4 of 4"
    assert len(editor.extraSelections()) == 4
    QTest.keyClick(what, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert editor.extraSelections() == []
    assert editor.hasFocus()


def test_case_matters_when_it_should(window: QWidget) -> None:
    _, bar, what, _ = parts(window)
    bar.open_find()
    what.setText("Fish")
    bar.find_next()
    assert count(bar) == "1 of 4"
    case = next(c for c in bar.children() if getattr(c, "accessibleName", str)() == "Match case")
    case.click()  # type: ignore[attr-defined]
    bar.find_next()
    assert count(bar) == "1 of 1"
    what.setText("whale")
    bar.find_next()
    assert count(bar) == "Not found"


def test_replacing_one_by_one_and_all_at_once(window: QWidget) -> None:
    editor, bar, what, other = parts(window)
    QTest.keyClick(editor, Qt.Key.Key_H, CONTROL)
    QTest.keyClicks(what, "fish")
    other.setText("bird")
    other.setFocus()
    QTest.keyClick(other, ENTER)  # selects the first
    QTest.keyClick(other, ENTER)  # replaces it
    assert editor.markdown() == TEXT.replace("One fish", "One bird")
    buttons = {button.text(): button for button in bar.findChildren(Button)}
    buttons["Replace all"].click()
    after = "One bird, **two** bird\n\n- red bird\n- blue 🐟 bird\n\nno more\n"
    assert editor.markdown() == after
    editor.undo()
    assert editor.markdown() == TEXT.replace("One fish", "One bird")


def test_what_is_selected_is_searched_for(window: QWidget) -> None:
    editor, bar, what, _ = parts(window)
    editor.setTextCursor(editor.document().find("blue"))
    bar.open_find()
    assert what.text() == "blue"
    assert count(bar) == "1 of 1"
    assert not any(button.isVisible() for button in bar.findChildren(Button))
