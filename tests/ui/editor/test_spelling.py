from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from marketer_desktop.system.places import packaged
from marketer_desktop.ui.widgets.editor.context_menu import show_menu
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.spelling import Speller, words_of

DICTIONARIES = packaged("resources") / "dictionaries"
WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
Place = Callable[..., QTextCursor]


@pytest.fixture
def speller(tmp_path: Path) -> Speller:
    return Speller(DICTIONARIES, tmp_path / "words.txt")


def underlined(editor: MarkdownEditor) -> list[str]:
    found = []
    block = editor.document().begin()
    while block.isValid():
        cursor = QTextCursor(block)
        for span in block.layout().formats():
            if span.format.underlineStyle() == WAVE:
                cursor.setPosition(block.position() + span.start)
                end = cursor.position() + span.length
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor.selectedText())
        block = block.next()
    return found


def test_words_worth_checking() -> None:
    text = "It's eBay's NASA v2 plan: see https://a.example/foo, me@x.example, a.b 日本 naïve isn’t"
    assert [word for _, word in words_of(text)] == ["It's", "plan", "see", "naïve", "isn't"]


def test_misspelt_words_are_underlined_but_not_code_and_links(
    editor: MarkdownEditor, speller: Speller, qtbot: QtBot
) -> None:
    editor.load(
        "# Recieve\n\n🎉 A wrod, `wrod`, [wrod](/x), **brekfast** and right words.\n\n"
        "| teh |\n|---|\n\n```\nwrod\n```\n"
    )
    editor.set_speller(speller)
    qtbot.waitUntil(lambda: underlined(editor) == ["Recieve", "wrod", "brekfast", "teh"])
    editor.set_speller(None)
    qtbot.waitUntil(lambda: underlined(editor) == [])
    assert not editor.document().isUndoAvailable()


def test_a_word_that_is_being_typed_is_not_yet_wrong(
    editor: MarkdownEditor, speller: Speller, qtbot: QtBot
) -> None:
    editor.set_speller(speller)
    QTest.keyClicks(editor.viewport(), "first teh")
    QTest.qWait(700)
    assert underlined(editor) == []
    QTest.keyClicks(editor.viewport(), " ")
    qtbot.waitUntil(lambda: underlined(editor) == ["teh"])


def test_a_long_text_is_checked_to_its_end(
    editor: MarkdownEditor, speller: Speller, qtbot: QtBot
) -> None:
    editor.set_speller(speller)
    editor.load("\n\n".join(["A right paragraph."] * 300 + ["The lsat one."]))
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(editor.viewport(), "x")
    QTest.keyClick(editor.viewport(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "lsat" in underlined(editor))


def menu_at(editor: MarkdownEditor, cursor: QTextCursor) -> QMenu:
    spot = editor.cursorRect(cursor).center()
    return show_menu(editor, editor.highlighter, editor.mapToGlobal(spot), spot, lambda alt: None)


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_a_better_word_is_chosen_from_the_menu(
    editor: MarkdownEditor, speller: Speller, place: Place, qtbot: QtBot
) -> None:
    editor.set_speller(speller)
    editor.load("Some *brekfast*, now\n")
    qtbot.waitUntil(lambda: underlined(editor) == ["brekfast"])
    menu = menu_at(editor, place("kfast"))
    qtbot.waitUntil(lambda: "breakfast" in texts(menu))
    next(action for action in menu.actions() if action.text() == "breakfast").trigger()
    menu.close()
    assert editor.markdown() == "Some *breakfast*, now\n"
    assert "breakfast" not in texts(menu_at(editor, place("Some")))


def test_added_words_are_right_from_then_on(
    editor: MarkdownEditor, speller: Speller, place: Place, qtbot: QtBot, tmp_path: Path
) -> None:
    editor.set_speller(speller)
    editor.load("Kestrow and Kestrow\n")
    qtbot.waitUntil(lambda: len(underlined(editor)) == 2)
    menu = menu_at(editor, place("estrow"))
    next(action for action in menu.actions() if "dictionary" in action.text()).trigger()
    menu.close()
    qtbot.waitUntil(lambda: underlined(editor) == [])
    assert Speller(DICTIONARIES, tmp_path / "words.txt").look_up("Kestrow")
    assert not Speller(DICTIONARIES).look_up("Kestrow")
