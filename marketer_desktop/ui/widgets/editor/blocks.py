"""Changes what blocks are: headings, code, quotes. Each function is one step to undo."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextBlock, QTextCursor

from marketer_desktop.publishing.markdown_blocks.leaf import QUOTE, Kind, Path, Step, fresh_id
from marketer_desktop.publishing.markdown_blocks.runs import BREAK
from marketer_desktop.ui.widgets.editor.build import restyle
from marketer_desktop.ui.widgets.editor.looks import block_look
from marketer_desktop.ui.widgets.editor.properties import (
    INFO,
    LEAF,
    TASK,
    VERBATIM,
    is_cell,
    is_verbatim,
    kind_of,
    path_at,
)

KEEP = QTextCursor.MoveMode.KeepAnchor


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[None]:
    """All edits inside are undone at once."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def remove_selection(cursor: QTextCursor) -> None:
    """Take out what is selected; whole blocks leave the look of the first, where Qt leaves the
    last one's. Of the whole text, a paragraph is left.
    """
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    apart = cursor.selectionStart() == first.position() and not is_cell(first)
    whole, look = apart and not first.contains(cursor.selectionEnd()), first.blockFormat()
    cursor.removeSelectedText()
    if whole and cursor.block().length() == 1 and not is_cell(cursor.block()):
        is_all = document.characterCount() == 1
        cursor.setBlockFormat(block_look(Kind.PARAGRAPH) if is_all else look)


def selected_blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks that the selection touches, without cells of tables."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    end = cursor.selectionEnd()
    blocks: list[QTextBlock] = []
    while block.isValid() and (block.position() < end or not blocks):
        if not is_cell(block):
            blocks.append(block)
        block = block.next()
    return blocks


def change(
    block: QTextBlock,
    *,
    kind: str | None = None,
    path: Path | None = None,
    level: int | None = None,
    info: str | None = None,
    task: str | None = None,
) -> None:
    """Make a block something else; what is not named stays."""
    old = block.blockFormat()
    new_kind = kind if kind is not None else kind_of(block)
    look = block_look(
        new_kind,
        path_at(block) if path is None else path,
        level=old.headingLevel() if level is None else level,
        leaf=old.intProperty(LEAF),
        info=old.stringProperty(INFO) if info is None else info,
        task=old.stringProperty(TASK) if task is None else task,
    )
    if look == old:
        return
    cursor = QTextCursor(block)
    cursor.setBlockFormat(look)
    restyle(cursor)


def set_heading(cursor: QTextCursor, level: int) -> None:
    """Make headings of the selected blocks, or paragraphs with level 0."""
    with one_step(cursor):
        for block in selected_blocks(cursor):
            if is_verbatim(block):
                continue
            kind = Kind.HEADING if level else Kind.PARAGRAPH
            change(block, kind=kind, level=level, task="" if level else None)


def heading_level(cursor: QTextCursor) -> int:
    """0 for anything but a heading."""
    return cursor.blockFormat().headingLevel()


def is_quoted(cursor: QTextCursor) -> bool:
    """Whether the cursor is in a quote."""
    return any(step.sort == QUOTE for step in path_at(cursor.block()))


def toggle_quote(cursor: QTextCursor) -> None:
    """Put the selected blocks into a quote, or take them out of the innermost one."""
    blocks = selected_blocks(cursor)
    if not blocks:
        return
    with one_step(cursor):
        if all(_quote_depth(path_at(block)) is not None for block in blocks):
            for block in blocks:
                change(block, path=_unquoted(path_at(block)))
            return
        before = path_at(blocks[0].previous()) if blocks[0].previous().isValid() else ()
        number = fresh_id()
        quote = before[0] if before and before[0].sort == QUOTE else Step(QUOTE, number, number)
        for block in blocks:
            path = path_at(block)
            if not path or path[0] != quote:
                change(block, path=(quote, *path))


def leave_quote(block: QTextBlock) -> None:
    """Take one block out of its innermost quote."""
    change(block, path=_unquoted(path_at(block)))


def _quote_depth(path: Path) -> int | None:
    depths = [n for n, step in enumerate(path) if step.sort == QUOTE]
    return depths[-1] if depths else None


def _unquoted(path: Path) -> Path:
    depth = _quote_depth(path)
    return path if depth is None else (*path[:depth], *path[depth + 1 :])


def toggle_code(cursor: QTextCursor, info: str = "") -> None:
    """Make one code block of the selected blocks, or paragraphs of the lines of one."""
    blocks = selected_blocks(cursor)
    if not blocks:
        return
    with one_step(cursor):
        if kind_of(blocks[0]) in VERBATIM:
            _to_paragraphs(blocks[0])
        else:
            _to_code(blocks, info)


def _to_code(blocks: list[QTextBlock], info: str) -> None:
    path = path_at(blocks[0])
    cursor = QTextCursor(blocks[0])
    cursor.setPosition(blocks[-1].position() + blocks[-1].length() - 1, KEEP)
    if len(blocks) > 1:
        cursor.insertText(BREAK.join(block.text() for block in blocks))
    block = cursor.block()
    change(block, kind=Kind.CODE, path=path, level=0, info=info, task="")


def _to_paragraphs(block: QTextBlock) -> None:
    lines = block.text().split(BREAK)
    path = path_at(block)
    change(block, kind=Kind.PARAGRAPH, level=0, info="")
    if len(lines) == 1:
        return
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, KEEP)
    cursor.insertText(lines[0])
    for line in lines[1:]:
        cursor.insertBlock(block_look(Kind.PARAGRAPH, path))
        cursor.insertText(line)


def insert_rule(cursor: QTextCursor) -> None:
    """Put a rule after the current block, or in its place if it is empty."""
    with one_step(cursor):
        path = path_at(cursor.block())
        if is_cell(cursor.block()):
            return
        if cursor.block().length() > 1:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock(block_look(Kind.PARAGRAPH, path))
        change(cursor.block(), kind=Kind.RULE, level=0, task="")
        cursor.insertBlock(block_look(Kind.PARAGRAPH, path))
        restyle(QTextCursor(cursor.block()))
