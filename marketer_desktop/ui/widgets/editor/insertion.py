"""Puts Markdown into a text at the cursor, within a line or as blocks of its own."""

from dataclasses import replace

from PySide6.QtGui import QTextCursor

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf, Path, Placed, Step
from marketer_desktop.publishing.markdown_blocks.runs import BREAK, Run, Runs
from marketer_desktop.ui.widgets.editor.blocks import one_step, remove_selection
from marketer_desktop.ui.widgets.editor.build import Builder, ImageSize, restyle
from marketer_desktop.ui.widgets.editor.looks import block_look
from marketer_desktop.ui.widgets.editor.properties import is_cell, is_verbatim, kind_of, path_at


def insert_blocks(cursor: QTextCursor, blocks: list[Placed], image_size: ImageSize) -> None:
    """Replace the selection by blocks, in one step to undo; the cursor ends up behind them."""
    with one_step(cursor):
        remove_selection(cursor)
        builder = Builder(cursor, image_size)
        block = cursor.block()
        if is_cell(block) or _is_line(blocks):
            level = block.blockFormat().headingLevel()
            builder.runs(_line([block.leaf for block in blocks]), kind_of(block), level)
            restyle(QTextCursor(cursor.block()))
        elif blocks:
            _insert_apart(cursor, builder, blocks)


def insert_verbatim(cursor: QTextCursor, text: str) -> bool:
    """In code and source, Markdown is only characters; False elsewhere."""
    if not is_in_verbatim(cursor):
        return False
    cursor.insertText(text.replace("\r\n", "\n").replace("\n", BREAK))
    return True


def is_in_verbatim(cursor: QTextCursor) -> bool:
    """Whether the selection, or the cursor, is in one block of code or source."""
    first = cursor.document().findBlock(cursor.selectionStart())
    return is_verbatim(first) and first.contains(cursor.selectionEnd())


def _is_line(blocks: list[Placed]) -> bool:
    """Whether the blocks are one paragraph that goes into another."""
    leaf = blocks[0].leaf if len(blocks) == 1 else None
    return leaf is not None and leaf.kind is Kind.PARAGRAPH and not leaf.path and not leaf.task


def _line(leaves: list[Leaf]) -> Runs:
    runs: list[Run] = []
    for leaf in leaves:
        if runs:
            runs.append(Run(" "))
        runs += leaf.runs or (Run(" ".join(leaf.text.split())),)
    return tuple(runs)


def _insert_apart(cursor: QTextCursor, builder: Builder, blocks: list[Placed]) -> None:
    block = cursor.block()
    outer = path_at(block)
    is_empty = block.length() == 1
    if is_empty and outer and outer[-1].is_item:
        outer, blocks = _as_items(outer, blocks)
    inner = [
        Placed(block.id, replace(block.leaf, path=(*outer, *block.leaf.path))) for block in blocks
    ]
    into_current = is_empty
    if not is_empty and cursor.atBlockStart():
        look = block.blockFormat()
        cursor.insertBlock(look, block.charFormat())
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.setBlockFormat(block_look(Kind.PARAGRAPH, outer))
        into_current = True
    elif not cursor.atBlockEnd():
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    builder.add(inner, into_current=into_current)


def _as_items(outer: Path, blocks: list[Placed]) -> tuple[Path, list[Placed]]:
    """A list put into an empty item of its sort goes on with that list."""
    first = blocks[0].leaf.path
    if not first or first[0].sort != outer[-1].sort:
        return outer, blocks
    old, group = first[0].group, outer[-1].group
    return outer[:-1], [
        Placed(block.id, replace(block.leaf, path=_in_group(block.leaf.path, old, group)))
        for block in blocks
    ]


def _in_group(path: Path, old: int, group: int) -> Path:
    if not path or path[0].group != old:
        return path
    return (Step(path[0].sort, group, path[0].item), *path[1:])
