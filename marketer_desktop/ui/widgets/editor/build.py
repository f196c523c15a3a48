"""Puts blocks into a text document."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextImageFormat, QTextTable

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf, Placed
from marketer_desktop.publishing.markdown_blocks.runs import BREAK, OBJECT, Run, Runs, encoded
from marketer_desktop.ui.widgets.editor.looks import block_look, char_look, table_look
from marketer_desktop.ui.widgets.editor.properties import (
    CELL,
    CELLS,
    HEAD_CELL,
    MARKS,
    ReadBlock,
    fragments,
    is_cell,
    kind_of,
    marks_of,
)

# Characters that would end a block or begin a table in a QTextDocument.
BLOCK_ENDS = {ord(c): " " for c in "\r\n\u2029"} | {ord(c): "\ufffd" for c in "\ufdd0\ufdd1\x00"}
ALIGNMENT = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}

ImageSize = Callable[[str, str], tuple[int, int]]


class Builder:
    """Writes at a cursor; `image_size` tells the px of an image from its source and text."""

    def __init__(self, cursor: QTextCursor, image_size: ImageSize, age: int | None = None) -> None:
        self._cursor, self._image_size, self._age = cursor, image_size, age

    def add(self, blocks: Iterable[Placed], *, into_current: bool) -> None:
        """Write blocks one after another, the first one perhaps into the empty current block."""
        for block in blocks:
            if block.leaf.kind is Kind.TABLE:
                self._table(block, into_current)
                into_current = True
            else:
                self._block(block, into_current)
                into_current = False

    def runs(self, runs: Runs, kind: str, level: int = 0) -> None:
        """Write runs into the current block."""
        self._write(self._cursor, runs, kind, level)

    def _write(self, cursor: QTextCursor, runs: Runs, kind: str, level: int = 0) -> None:
        for run in runs:
            if run.marks.image and run.text == OBJECT:
                cursor.insertImage(self._image(run))
            else:
                look = char_look(kind, level, run.marks)
                cursor.insertText(run.text.translate(BLOCK_ENDS), look)

    def _block(self, block: Placed, into_current: bool) -> None:
        leaf = block.leaf
        look = block_look(
            leaf.kind,
            leaf.path,
            level=leaf.level,
            leaf=block.id,
            info=leaf.info,
            task=leaf.task,
        )
        plain = char_look(leaf.kind, leaf.level)
        if into_current:
            self._cursor.setBlockFormat(look)
            self._cursor.setBlockCharFormat(plain)
        else:
            self._cursor.insertBlock(look, plain)
        if leaf.text:
            self._cursor.insertText(_verbatim(leaf.text), plain)
        self.runs(leaf.runs, leaf.kind, leaf.level)
        self._remember(block, self._cursor)

    def _table(self, block: Placed, into_current: bool) -> None:
        leaf = block.leaf
        look = table_look(leaf.path, leaf.aligns, block.id)
        if into_current and not is_cell(self._cursor.block()):
            self._cursor.setBlockFormat(block_look(Kind.PARAGRAPH))
        table = self._cursor.insertTable(len(leaf.rows), len(leaf.aligns), look)
        self._fill(table, leaf)
        self._remember(block, table.firstCursorPosition())
        self._cursor.setPosition(table.lastPosition() + 1)
        self._cursor.setBlockFormat(block_look(Kind.PARAGRAPH))
        self._cursor.setBlockCharFormat(char_look(Kind.PARAGRAPH))

    def _fill(self, table: QTextTable, leaf: Leaf) -> None:
        for row, cells in enumerate(leaf.rows):
            for column, align in enumerate(leaf.aligns):
                cursor = table.cellAt(row, column).firstCursorPosition()
                style_cell(cursor, row, align)
                runs = cells[column] if column < len(cells) else ()
                self._write(cursor, runs, CELLS[row > 0])

    def _image(self, run: Run) -> QTextImageFormat:
        assert run.marks.image
        image = QTextImageFormat()
        image.setName(run.marks.image[0])
        image.setProperty(MARKS, encoded(run.marks))
        width, height = self._image_size(*run.marks.image[:2])
        image.setWidth(width)
        image.setHeight(height)
        return image

    def _remember(self, block: Placed, cursor: QTextCursor) -> None:
        """Loading only: what was put in need not be read again to be known."""
        if self._age is not None:
            cursor.block().setUserData(ReadBlock(block, self._age))


def style_cell(cursor: QTextCursor, row: int, align: str) -> None:
    """Give the cell's block its format."""
    kind = HEAD_CELL if row == 0 else CELL
    look = block_look(kind)
    if align:
        look.setAlignment(ALIGNMENT[align])
    cursor.setBlockFormat(look)
    cursor.setBlockCharFormat(char_look(kind))


def restyle(cursor: QTextCursor) -> None:
    """Make all characters of the cursor's block look as their block and marks say."""
    block = cursor.block()
    kind, level = kind_of(block), block.blockFormat().headingLevel()
    spans = []
    for part in fragments(block):
        look = part.charFormat()
        if not look.isImageFormat():
            spans.append((part.position(), part.length(), look))
    for position, length, look in spans:
        marks = marks_of(look)
        wanted = char_look(kind, level, marks)
        if wanted != look:
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(wanted)
    cursor.setPosition(block.position())
    if block.charFormat() != char_look(kind, level):
        cursor.setBlockCharFormat(char_look(kind, level))


def _verbatim(text: str) -> str:
    return text.replace("\n", BREAK).translate(BLOCK_ENDS)
