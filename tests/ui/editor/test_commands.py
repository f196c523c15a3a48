from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from marketer_desktop.ui.widgets.editor import inline, tables
from marketer_desktop.ui.widgets.editor.commands import Commands
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CONTROL, SHIFT, ALT = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier
Press = Callable[..., None]
Place = Callable[..., QTextCursor]


@pytest.fixture
def commands(editor: MarkdownEditor) -> Commands:
    return Commands(editor)


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("bold", "one **two** three\n"),
        ("italic", "one *two* three\n"),
        ("underline", "one <u>two</u> three\n"),
        ("strike", "one ~~two~~ three\n"),
        ("code", "one `two` three\n"),
    ],
)
def test_marks_go_on_and_off(
    editor: MarkdownEditor, commands: Commands, place: Place, name: str, marked: str
) -> None:
    editor.load("one two three\n")
    place("two", select=True)
    commands.action(name).trigger()
    assert editor.markdown() == marked
    assert commands.action(name).isChecked()
    editor.load(marked)
    place("two", select=True)
    commands.action(name).trigger()
    assert editor.markdown() == "one two three\n"
    assert not commands.action(name).isChecked()


@pytest.mark.parametrize(
    ("key", "marked"),
    [(Key.Key_B, "**x**\n"), (Key.Key_I, "*x*\n"), (Key.Key_U, "<u>x</u>\n")],
)
def test_marks_have_their_keys(
    editor: MarkdownEditor, commands: Commands, press: Press, key: Qt.Key, marked: str
) -> None:
    editor.activateWindow()
    editor.setFocus()
    press(CONTROL, key, "x")
    assert editor.markdown() == marked
    assert commands.action("bold").isChecked() == (key == Key.Key_B)


def test_blanks_at_the_edge_of_a_mark_stand_outside(
    editor: MarkdownEditor, commands: Commands, place: Place
) -> None:
    editor.load("one two three\n")
    place(" two ", select=True)
    commands.action("bold").trigger()
    assert editor.markdown() == "one **two** three\n"


def test_marks_that_delimiters_cannot_say_become_tags(
    editor: MarkdownEditor, commands: Commands, place: Place
) -> None:
    editor.load('a"b"c\n')
    place('"b"', select=True)
    commands.action("bold").trigger()
    assert editor.markdown() == 'a<strong>"b"</strong>c\n'


def test_overlapping_marks(editor: MarkdownEditor, commands: Commands, place: Place) -> None:
    editor.load("one two three four\n")
    place("one two three", select=True)
    commands.action("bold").trigger()
    place("three four", select=True)
    commands.action("italic").trigger()
    text = editor.markdown()
    editor.load(text)
    assert editor.markdown() == text
    place("three", select=True)
    assert inline.is_marked(editor, "bold")
    assert inline.is_marked(editor, "italic")
    place("four", select=True)
    assert not inline.is_marked(editor, "bold")


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize("level", range(1, 7))
def test_each_level_of_headings_has_its_key(
    editor: MarkdownEditor, press: Press, level: int
) -> None:
    editor.load("text\n")
    editor.activateWindow()
    press(CONTROL | ALT, Key(Key.Key_0.value + level))
    assert editor.markdown() == f"{'#' * level} text\n"


def test_headings_by_key_and_back(editor: MarkdownEditor, commands: Commands, press: Press) -> None:
    editor.load("text *it*\n\nother\n")
    editor.activateWindow()
    press(CONTROL | ALT, Key.Key_2)
    assert editor.markdown() == "## text *it*\n\nother\n"
    assert commands.heading(2).isChecked()
    press(CONTROL | ALT, Key.Key_0)
    assert editor.markdown() == "text *it*\n\nother\n"


def test_a_heading_made_a_paragraph_is_not_joined_with_the_text_below(
    editor: MarkdownEditor, commands: Commands
) -> None:
    editor.load("# Title\nText right below.\n")
    commands.heading(0).trigger()
    assert editor.markdown() == "Title\n\nText right below.\n"


def test_lists_are_made_changed_and_ended(editor: MarkdownEditor, commands: Commands) -> None:
    editor.load("a\n\nb\n\nc\n")
    editor.selectAll()
    commands.action("bullets").trigger()
    assert editor.markdown() == "- a\n- b\n- c\n"
    commands.action("numbers").trigger()
    assert editor.markdown() == "1. a\n2. b\n3. c\n"
    commands.action("tasks").trigger()
    assert editor.markdown() == "1. [ ] a\n2. [ ] b\n3. [ ] c\n"
    commands.action("numbers").trigger()
    assert editor.markdown() == "a\n\nb\n\nc\n"


def test_a_paragraph_beside_a_list_joins_it(
    editor: MarkdownEditor, commands: Commands, place: Place
) -> None:
    editor.load("* a\n* b\n\nc\n\n* d\n")
    place("c")
    commands.action("bullets").trigger()
    assert editor.markdown().count("\n") == 4
    assert editor.markdown() == "* a\n* b\n* c\n* d\n"


def test_quote_and_code(editor: MarkdownEditor, commands: Commands, place: Place) -> None:
    editor.load("one\n\ntwo *it*\n\nthree\n")
    place("two")
    commands.action("quote").trigger()
    assert editor.markdown() == "one\n\n> two *it*\n\nthree\n"
    commands.action("quote").trigger()
    assert editor.markdown() == "one\n\ntwo *it*\n\nthree\n"
    editor.selectAll()
    commands.action("code_block").trigger()
    assert editor.markdown() == "```\none\ntwo it\nthree\n```\n"
    assert commands.action("code_block").isChecked()
    commands.action("code_block").trigger()
    assert editor.markdown() == "one\n\ntwo it\n\nthree\n"


def test_links_are_set_changed_and_ended(
    editor: MarkdownEditor, commands: Commands, place: Place
) -> None:
    asked: list[int] = []
    commands.link_asked.connect(lambda: asked.append(1))
    commands.action("link").trigger()
    assert asked
    editor.load("see the docs\n")
    inline.set_link(place("docs", select=True), "https://x.example/a b")
    assert editor.markdown() == "see the [docs](<https://x.example/a b>)\n"
    cursor = place("docs", after=True)
    assert inline.link_at(cursor) == "https://x.example/a b"
    inline.set_link(cursor, "/short")
    assert editor.markdown() == "see the [docs](/short)\n"
    inline.set_link(cursor, "")
    assert editor.markdown() == "see the docs\n"
    cursor.movePosition(QTextCursor.MoveOperation.End)
    inline.set_link(cursor, "/new", " new")
    assert editor.markdown() == "see the docs[ new](/new)\n"


def test_tables_are_put_in_and_changed(
    editor: MarkdownEditor, commands: Commands, press: Press, place: Place
) -> None:
    editor.load("text\n\nend\n")
    place("text")
    commands.action("table").trigger()
    press("A", Key.Key_Tab, "B")
    start = "text\n\n| A | B |  |\n| --- | --- | --- |\n|  |  |  |\n|  |  |  |\n\nend\n"
    assert editor.markdown() == start
    assert not commands.action("table").isEnabled()
    tables.remove_column(place("B"))
    tables.remove_row(place("A"))
    assert editor.markdown() == "text\n\n|  |  |\n| --- | --- |\n|  |  |\n\nend\n"
    editor.undo()
    editor.undo()
    assert editor.markdown() == start
    tables.insert_column(place("A"))
    tables.insert_row(place("A"))
    tables.set_alignment(place("A"), "right")
    assert editor.markdown().startswith(
        "text\n\n| A |  | B |  |\n| ---: | --- | --- | --- |\n|  |  |  |  |\n|  |"
    )
    tables.remove_table(place("A"))
    assert editor.markdown() == "text\n\nend\n"


def test_a_new_row_leaves_the_others_as_they_were(editor: MarkdownEditor, place: Place) -> None:
    text = "|wide   |table|\n|:------|----:|\n|one    |    1|\n|two    |    2|\n"
    editor.load(text)
    tables.insert_row(place("one"))
    lines = text.splitlines(keepends=True)
    assert editor.markdown() == "".join([*lines[:3], "|  |  |\n", lines[3]])
    place("two", after=True)
    editor.textCursor().insertText("!")
    assert editor.markdown().endswith("|two!   |    2|\n")


def test_a_task_is_ticked_by_the_mouse(editor: MarkdownEditor, place: Place) -> None:
    editor.load("- [ ] one\n- [x] two\n")
    editor.repaint()
    from PySide6.QtTest import QTest

    for text in ("one", "two"):
        place(text)
        spot = editor.cursorRect().center()
        spot.setX(spot.x() - 16)
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert editor.markdown() == "- [x] one\n- [ ] two\n"


def test_nothing_is_offered_where_nothing_can_be_changed(
    editor: MarkdownEditor, commands: Commands
) -> None:
    editor.read_only = True
    commands.refresh()
    assert not commands.action("bold").isEnabled()
    editor.read_only = False
    commands.refresh()
    assert commands.action("bold").isEnabled()
