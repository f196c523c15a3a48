from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.properties import fragments

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ENTER, BACK, DELETE, TAB = Key.Key_Return, Key.Key_Backspace, Key.Key_Delete, Key.Key_Tab
SHIFT, CONTROL = Modifier.ShiftModifier, Modifier.ControlModifier
Press = Callable[..., None]
Place = Callable[..., QTextCursor]


@pytest.mark.parametrize(
    ("keys", "markdown"),
    [
        (["# Title"], "# Title\n"),
        (["### Deep", ENTER, "text"], "### Deep\n\ntext\n"),
        (
            ["- one", ENTER, "two", ENTER, TAB, "deep", ENTER, ENTER, "three"],
            "- one\n- two\n  - deep\n- three\n",
        ),
        (["1. one", ENTER, "two", ENTER, ENTER, "after"], "1. one\n2. two\n\nafter\n"),
        (["> said", ENTER, "more", ENTER, ENTER, "text"], "> said\n>\n> more\n\ntext\n"),
        (["[ ] open", ENTER, "next"], "- [ ] open\n- [ ] next\n"),
        (
            ["```python", ENTER, "a = 1", ENTER, "b", ENTER, ENTER, "text"],
            "```python\na = 1\nb\n```\n\ntext\n",
        ),
        (["---", ENTER, "below"], "---\n\nbelow\n"),
        (["one", SHIFT, ENTER, "two"], "one  \ntwo\n"),
        (["1986. A year", ENTER, "+ plus"], "1986\\. A year\n\n- plus\n"),
        (["5 * 3 *4* a_b_c [x](y) <b> `t` #"], "5 * 3 \\*4\\* a_b_c [x\\](y) \\<b> \\`t\\` #\n"),
        (["- one", ENTER, BACK, "out"], "- one\n\nout\n"),
        (["# T", Key.Key_Home, BACK], "T\n"),
    ],
)
def test_typing_from_nothing(
    editor: MarkdownEditor, press: Press, keys: list[object], markdown: str
) -> None:
    press(*keys)
    assert editor.markdown() == markdown
    editor.load(markdown)
    assert editor.markdown() == markdown


def test_everything_typed_can_be_undone_and_done_again(
    editor: MarkdownEditor, press: Press
) -> None:
    start = "# Title\n\n- a\n- b\n\ntext\n"
    editor.load(start)
    press(CONTROL, Key.Key_End, ENTER, "- x", ENTER, TAB, "y", ENTER, ENTER, ENTER, "> q", ENTER)
    typed = editor.markdown()
    assert typed == "# Title\n\n- a\n- b\n\ntext\n\n- x\n  - y\n\n> q\n"
    while editor.document().isUndoAvailable():
        editor.undo()
    assert editor.markdown() == start
    while editor.document().isRedoAvailable():
        editor.redo()
    assert editor.markdown() == typed


def test_a_split_paragraph_leaves_the_others_alone(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    editor.load("First  with  odd blanks.\nwrapped\n\nSecond one.\n\n* star\n* item\n")
    place("one.")
    press(ENTER)
    assert editor.markdown() == (
        "First  with  odd blanks.\nwrapped\n\nSecond\n\none.\n\n* star\n* item\n"
    )
    press(BACK)
    assert editor.markdown() == (
        "First  with  odd blanks.\nwrapped\n\nSecond one.\n\n* star\n* item\n"
    )


def test_enter_at_the_end_or_start_of_a_block_keeps_its_bytes(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    text = "Setext *heading*\n================\n\n__Bold__ paragraph\\.\n"
    editor.load(text)
    place("paragraph.", after=True)
    press(ENTER, "new")
    assert editor.markdown() == text + "\nnew\n"
    place("Bold")
    press(ENTER)
    assert editor.markdown() == text + "\nnew\n"


def test_a_new_item_is_one_new_line(editor: MarkdownEditor, press: Press, place: Place) -> None:
    editor.load("3) three\n4) four\n   continued\n5) five\n\n*  wide\n*  list\n")
    place("wide", after=True)
    press(ENTER, "new")
    assert editor.markdown() == (
        "3) three\n4) four\n   continued\n5) five\n\n*  wide\n* new\n*  list\n"
    )
    place("three", after=True)
    press(ENTER, "more")
    assert editor.markdown().startswith("3) three\n4) more\n5) four\n   continued\n6) five\n")


def test_items_move_in_and_out_with_what_is_in_them(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    text = "- a\n- b\n  - b1\n- c\n"
    editor.load(text)
    place("b")
    press(TAB)
    assert editor.markdown() == "- a\n  - b\n    - b1\n- c\n"
    press(SHIFT, TAB)
    assert editor.markdown() == text
    place("b1")
    press(SHIFT, TAB)
    assert editor.markdown() == "- a\n- b\n- b1\n- c\n"
    editor.undo()
    place("a")
    press(SHIFT, TAB)
    assert editor.markdown() == "a\n\n- b\n  - b1\n- c\n"


def test_younger_items_stay_below_one_that_moves_out(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    editor.load("1. a\n   - x\n   - y\n   - z\n2. b\n")
    place("y")
    press(SHIFT, TAB)
    assert editor.markdown() == "1. a\n   - x\n2. y\n   - z\n3. b\n"


def test_joined_blocks_look_like_the_first(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    editor.load("# Big\n\nsmall *it*\n")
    place("small")
    press(BACK)
    assert editor.markdown() == "# Bigsmall *it*\n"
    sizes = {part.charFormat().font().pixelSize() for part in fragments(editor.document().begin())}
    assert len(sizes) == 1
    editor.undo()
    assert editor.markdown() == "# Big\n\nsmall *it*\n"


def test_deleting_over_blocks_by_selection(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    editor.load("# Big\n\none two\n\n- item three\n\nlast\n")
    cursor = place("two")
    start = cursor.position()
    cursor = place("three")
    end = cursor.position()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    press(DELETE)
    assert editor.markdown() == "# Big\n\none three\n\nlast\n"


def test_tables_by_keyboard(editor: MarkdownEditor, press: Press, place: Place) -> None:
    editor.load("| a | b |\n|---|---|\n| 1 | 2 |\n\nend\n")
    place("1")
    press(TAB, "two", TAB, "three | bars")
    assert editor.markdown() == (
        "| a | b |\n|---|---|\n| 1 | two |\n| three \\| bars |  |\n\nend\n"
    )
    press(SHIFT, TAB, ENTER, ENTER, "after")
    assert editor.markdown().endswith("|  |\n\nafterend\n")
    place("three")
    press(BACK)
    assert "| three \\| bars |  |" in editor.markdown()


def test_a_table_at_either_end_of_a_text(editor: MarkdownEditor, press: Press) -> None:
    table = "| a |\n|---|\n| 1 |\n"
    editor.load(table)
    press(CONTROL, Key.Key_Home, "before")
    press(CONTROL, Key.Key_End, "after")
    assert editor.markdown() == f"before\n\n{table}\nafter\n"


def test_tab_leaves_the_editor_outside_of_lists_tables_and_code(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    editor, after = MarkdownEditor(), QLineEdit()
    row.addWidget(editor)
    row.addWidget(after)
    window.show()
    window.activateWindow()
    editor.load("text\n\n- a\n- b\n")
    editor.setFocus()
    QTest.keyClick(editor, TAB)
    assert window.focusWidget() is after
    assert editor.markdown() == "text\n\n- a\n- b\n"
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(editor, TAB)
    assert window.focusWidget() is editor
    assert editor.markdown() == "text\n\n- a\n  - b\n"
    QTest.keyClick(editor, Key.Key_Backtab, SHIFT)
    assert editor.markdown() == "text\n\n- a\n- b\n"


def test_what_is_typed_after_a_link_is_not_part_of_it(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    editor.load("See [docs](/d)\n")
    place("docs", after=True)
    press(" now")
    assert editor.markdown() == "See [docs](/d) now\n"
    place("ocs")
    press("X")
    assert editor.markdown() == "See [dXocs](/d) now\n"


def test_source_blocks_are_edited_as_text(
    editor: MarkdownEditor, press: Press, place: Place
) -> None:
    editor.load("---\ntitle: x\n---\n\n<div>\n  a\n</div>\n\n[ref]: /x\n")
    place("title: x", after=True)
    press(ENTER, "draft: yes")
    assert editor.markdown() == (
        "---\ntitle: x\ndraft: yes\n---\n\n<div>\n  a\n</div>\n\n[ref]: /x\n"
    )


def test_nothing_is_typed_into_what_is_read_only(editor: MarkdownEditor, press: Press) -> None:
    editor.load("text\n")
    editor.read_only = True
    press("x", ENTER, "- ")
    assert editor.markdown() == "text\n"


def test_edited_is_told_for_edits_alone(editor: MarkdownEditor, press: Press) -> None:
    told: list[int] = []
    editor.edited.connect(lambda: told.append(1))
    editor.load("text\n")
    editor.mark([(0, 2)])
    editor.highlighter.recolour([])
    editor.go_to(2)
    assert not told
    press("x")
    assert told
