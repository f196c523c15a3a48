"""Real Markdown files: saved untouched they are the same, and an edit changes its block only."""

import difflib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from marketer_desktop.publishing.markdown_blocks.leaf import Kind
from marketer_desktop.publishing.markdown_blocks.split import split
from marketer_desktop.system.places import packaged
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.properties import LEAF, kind_of

ROOT = Path(__file__).parents[3]
FILES = [
    *sorted((ROOT / "tests/data/markdown").glob("*.md")),
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "ARCHITECTURE.md")),
    *sorted((packaged("resources") / "samples").glob("*.md")),
]
ENOUGH = 30
TYPED = " neue words"
EDITABLE = (Kind.PARAGRAPH, Kind.HEADING, Kind.CODE, Kind.SOURCE, "cell", "head")


def content(path: Path) -> str:
    return path.read_bytes().decode()


@pytest.fixture
def editor(qtbot: QtBot) -> MarkdownEditor:
    editor = MarkdownEditor()
    qtbot.addWidget(editor)
    editor.resize(800, 600)
    return editor


def test_there_are_thirty() -> None:
    assert len(FILES) >= ENOUGH


def type_into(editor: MarkdownEditor, block: QTextBlock, text: str) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor.viewport(), text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_nobody_touched_is_the_same(editor: MarkdownEditor, path: Path) -> None:
    editor.load(content(path))
    assert editor.markdown() == content(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_read_back_from_the_document_is_what_was_loaded(
    editor: MarkdownEditor, path: Path
) -> None:
    editor.load(content(path))
    cursor = QTextCursor(editor.document())
    cursor.insertText("x")
    cursor.select(QTextCursor.SelectionType.Document)
    look = cursor.charFormat()
    look = type(look)()
    look.setProperty(LEAF + 50, 1)  # touches every block without changing any
    cursor.mergeCharFormat(look)
    editor.undo()
    editor.undo()
    assert editor.markdown() == content(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_typing_changes_the_lines_of_that_block_and_no_others(
    editor: MarkdownEditor, path: Path
) -> None:
    text = content(path)
    editor.load(text)
    blocks = []
    block = editor.document().begin()
    while block.isValid():
        if kind_of(block) in EDITABLE and block.text().strip():
            blocks.append(block.blockNumber())
        block = block.next()
    for number in blocks[:: max(1, len(blocks) // 12)]:
        block = editor.document().findBlockByNumber(number)
        type_into(editor, block, TYPED)
        assert_only_one_block_differs(text, editor.markdown())
        while editor.document().isUndoAvailable():
            editor.undo()
        assert editor.markdown() == text


def assert_only_one_block_differs(before: str, after: str) -> None:
    source = split(before)
    old, new = ([(line.text, line.end) for line in split(text).lines] for text in (before, after))
    changes = [
        change
        for change in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if change[0] != "equal"
    ]
    assert changes, "typing changed nothing"
    first, last = changes[0][1], max(changes[-1][2], changes[0][1] + 1)
    touched = [leaf for leaf in source.leaves if leaf.first < last and first < leaf.end]
    assert len(touched) == 1, (before, after)
    assert touched[0].first <= first and last <= touched[0].end
    assert TYPED.strip() in after


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_paragraph_is_changed_by_keyboard(editor: MarkdownEditor, path: Path) -> None:
    """As a person does it: to the text's start, down, to the line's end, and typing."""
    text = content(path)
    editor.load(text)
    editor.show()
    QTest.keyClick(editor.viewport(), Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(40):
        block = editor.textCursor().block()
        if kind_of(block) == Kind.PARAGRAPH and block.text().strip():
            break
        QTest.keyClick(editor.viewport(), Qt.Key.Key_Down)
    QTest.keyClick(editor.viewport(), Qt.Key.Key_End)
    QTest.keyClicks(editor.viewport(), TYPED)
    assert_only_one_block_differs(text, editor.markdown())
