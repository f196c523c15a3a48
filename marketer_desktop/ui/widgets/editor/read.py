"""Reads blocks back from a text document, each only once until it changes."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf, Placed, path_of
from marketer_desktop.publishing.markdown_blocks.runs import (
    BREAK,
    PLAIN,
    Run,
    Runs,
    decoded,
    normalised,
)
from marketer_desktop.ui.widgets.editor.offsets import cut
from marketer_desktop.ui.widgets.editor.properties import (
    ALIGNS,
    INFO,
    KIND,
    LEAF,
    MARKS,
    PATH,
    TASK,
    VERBATIM,
    ReadBlock,
    fragments,
    is_cell,
)

MANY = 100  # blocks; where more change at once, all are read again


class Reader(QObject):
    """Knows a document's blocks; it hears of changes by itself."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self.age = 0
        self.is_paused = False  # while a text is being loaded
        document.contentsChange.connect(self._forget)

    def blocks(self) -> list[Placed]:
        """All blocks in order."""
        found: list[Placed] = []
        block = self._document.begin()
        while block.isValid():
            placed = self._known(block) or self._read(block)
            found.append(placed)
            block = self._after(block, placed)
        return found

    def places(self) -> list[tuple[int, int]]:
        """Where each of `blocks` begins and ends, without the border to the next one."""
        found = []
        block = self._document.begin()
        while block.isValid():
            after = self._after(block, self._known(block) or self._read(block))
            whole = self._document.characterCount() if not after.isValid() else after.position()
            found.append((block.position(), whole - 1))
            block = after
        return found

    def _after(self, block: QTextBlock, placed: Placed) -> QTextBlock:
        if placed.leaf.kind is not Kind.TABLE:
            return block.next()
        table = QTextCursor(block).currentTable()
        return self._document.findBlock(table.lastPosition() + 1)

    def _known(self, block: QTextBlock) -> Placed | None:
        data = block.userData()
        if isinstance(data, ReadBlock) and data.age == self.age:
            return data.placed
        return None

    def _read(self, block: QTextBlock) -> Placed:
        table = QTextCursor(block).currentTable() if is_cell(block) else None
        placed = _read_table(table) if table else read_block(block)
        block.setUserData(ReadBlock(placed, self.age))
        return placed

    def _forget(self, position: int, removed: int, added: int) -> None:
        if self.is_paused:
            return
        block = self._document.findBlock(position)
        last = self._document.findBlock(position + added)
        end = last.position() if last.isValid() else self._document.characterCount()
        for _ in range(MANY):
            if not block.isValid() or block.position() > end:
                return
            _forget_block(block)
            block = block.next()
        self.age += 1


def _forget_block(block: QTextBlock) -> None:
    if is_cell(block):
        table = QTextCursor(block).currentTable()
        block = table.firstCursorPosition().block() if table else block
    data = block.userData()
    if isinstance(data, ReadBlock):
        data.placed = None


def read_block(block: QTextBlock, start: int = 0, end: int | None = None) -> Placed:
    """A block that is no table, or its characters from `start` to `end`."""
    look = block.blockFormat()
    kind = look.stringProperty(KIND) or Kind.PARAGRAPH
    path = path_of(look.stringProperty(PATH))
    if kind in VERBATIM:
        text = cut(block.text(), start, end).replace(BREAK, "\n")
        leaf = Leaf(Kind(kind), path, text=text, info=look.stringProperty(INFO))
    else:
        runs = normalised(_runs(block, start, end))
        if kind == Kind.HEADING:
            leaf = Leaf(Kind.HEADING, path, runs, level=look.headingLevel())
        elif kind == Kind.RULE and not runs:
            leaf = Leaf(Kind.RULE, path)
        else:
            leaf = Leaf(Kind.PARAGRAPH, path, runs, task=look.stringProperty(TASK))
    return Placed(look.intProperty(LEAF), leaf)


def selected_blocks(cursor: QTextCursor) -> list[Placed]:
    """What is selected; of a table that is left, all of it, within a line only its runs."""
    document = cursor.document()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block, last = document.findBlock(start), document.findBlock(end)
    if block == last:
        placed = read_block(block, start - block.position(), end - block.position())
        if placed.leaf.kind in VERBATIM:
            return [placed]
        return [Placed(0, Leaf(Kind.PARAGRAPH, runs=placed.leaf.runs))]
    found: list[Placed] = []
    while block.isValid() and block.position() <= end:
        offset = block.position()
        table = QTextCursor(block).currentTable() if is_cell(block) else None
        if table:
            found.append(_read_table(table))
            block = document.findBlock(table.lastPosition() + 1)
        else:
            found.append(read_block(block, max(0, start - offset), end - offset))
            block = block.next()
    return [placed for placed in found if not placed.leaf.is_empty or placed.leaf.path]


def _read_table(table: QTextTable) -> Placed:
    look = table.format()
    aligns = tuple(look.stringProperty(ALIGNS).split(","))
    rows = tuple(
        tuple(_cell(table, row, column) for column in range(table.columns()))
        for row in range(table.rows())
    )
    path = path_of(look.stringProperty(PATH))
    return Placed(look.intProperty(LEAF), Leaf(Kind.TABLE, path, rows=rows, aligns=aligns))


def _cell(table: QTextTable, row: int, column: int) -> Runs:
    cell = table.cellAt(row, column)
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    runs = list(_runs(block))
    while block != last:  # pasting may have brought several lines into a cell
        block = block.next()
        runs += [Run(" "), *_runs(block)]
    return normalised(runs)


def _runs(block: QTextBlock, start: int = 0, end: int | None = None) -> Iterator[Run]:
    offset = block.position()
    for part in fragments(block):
        text = part.text()
        if start or end is not None:
            begin = part.position() - offset
            stop = None if end is None else max(0, end - begin)
            text = cut(text, max(0, start - begin), stop)
        if text:
            look = part.charFormat()
            marks = decoded(look.stringProperty(MARKS)) if look.hasProperty(MARKS) else PLAIN
            yield Run(text, marks)
