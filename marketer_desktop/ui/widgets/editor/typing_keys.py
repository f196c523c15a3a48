"""What Enter, Backspace, Delete, Tab and Space do to blocks while typing."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QTextEdit

from marketer_desktop.publishing.markdown_blocks.leaf import BULLETS, NUMBERS, QUOTE, Kind
from marketer_desktop.publishing.markdown_blocks.runs import BREAK
from marketer_desktop.ui.widgets.editor import blocks, lists, tables
from marketer_desktop.ui.widgets.editor.blocks import KEEP, change, one_step, remove_selection
from marketer_desktop.ui.widgets.editor.build import restyle
from marketer_desktop.ui.widgets.editor.looks import block_look, char_look
from marketer_desktop.ui.widgets.editor.properties import (
    LEAF,
    begins_item,
    is_cell,
    is_verbatim,
    kind_of,
    path_at,
)

FENCE = re.compile(r"```\s*([\w+#.-]*)$")
RULES = ("---", "***", "___")
BOXES = {"[]": " ", "[ ]": " ", "[x]": "x"}
CODE_TAB = "    "
DELETING = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Move = QTextCursor.MoveOperation


def take_key(editor: QTextEdit, event: QKeyEvent) -> bool:
    """Act on a key; False leaves it to Qt."""
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    cursor = editor.textCursor()
    shift = modifiers == Qt.KeyboardModifier.ShiftModifier
    if key in ENTER and (not modifiers or shift):
        taken = _enter(cursor, shift)
    elif key in ENTER and modifiers == Qt.KeyboardModifier.ControlModifier:
        taken = _leave_block(cursor)
    elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and modifiers in DELETING:
        taken = _take_away(cursor, back=key == Qt.Key.Key_Backspace, word=bool(modifiers))
    elif key == Qt.Key.Key_Space and not modifiers and not cursor.hasSelection():
        taken = _space(cursor)
    elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and (not modifiers or shift):
        taken = _tab(cursor, back=shift)
    elif event.text().isprintable() and event.text() and _spans_blocks(cursor):
        taken = _type_over(cursor, event.text())
    else:
        return False
    if taken:
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
    return taken


def wants_tab(cursor: QTextCursor, *, back: bool) -> bool:
    """Whether Tab means something at the cursor."""
    block = cursor.block()
    in_code = is_verbatim(block) and not back
    return in_code or is_cell(block) or lists.item_at(block) is not None


def _enter(cursor: QTextCursor, shift: bool) -> bool:
    with one_step(cursor):
        if is_cell(cursor.block()):
            if not shift:
                tables.move_down(cursor)
            return True
        if cursor.hasSelection():
            remove_selection(cursor)
            restyle(QTextCursor(cursor.block()))
        block = cursor.block()
        if is_verbatim(block):
            _line_of_code(cursor)
        elif shift:
            cursor.insertText(BREAK)
        elif not _block_typed(cursor) and not (block.length() == 1 and _leave_empty(block)):
            _split(cursor)
    return True


def _line_of_code(cursor: QTextCursor) -> None:
    """A new line as far in as this one; a second empty one at the end leaves the code."""
    text = cursor.block().text()
    if cursor.atBlockEnd() and text.endswith(BREAK):
        cursor.deletePreviousChar()
        _paragraph_after(cursor)
        return
    line = text[: cursor.positionInBlock()].rpartition(BREAK)[2]
    cursor.insertText(BREAK + line[: len(line) - len(line.lstrip())])


def _block_typed(cursor: QTextCursor) -> bool:
    """A fence or a rule that was just typed becomes one."""
    block = cursor.block()
    text = block.text()
    fence = FENCE.match(text)
    if kind_of(block) != Kind.PARAGRAPH or not cursor.atBlockEnd() or not (fence or text in RULES):
        return False
    cursor.movePosition(Move.StartOfBlock, KEEP)
    cursor.removeSelectedText()
    if fence:
        change(block, kind=Kind.CODE, info=fence[1], task="")
    else:
        blocks.insert_rule(cursor)
    return True


def _leave_empty(block: QTextBlock) -> bool:
    """Enter in an empty item, quote or heading ends it."""
    path = path_at(block)
    if kind_of(block) == Kind.HEADING:
        change(block, kind=Kind.PARAGRAPH, level=0)
    elif not path or kind_of(block) != Kind.PARAGRAPH:
        return False
    elif path[-1].sort == QUOTE:
        blocks.leave_quote(block)
    elif begins_item(block):
        lists.outdent(QTextCursor(block))
    else:
        lists.new_item(block)
    return True


def _split(cursor: QTextCursor) -> None:
    block = cursor.block()
    kind, path, look = kind_of(block), path_at(block), block.blockFormat()
    starts_item, is_task = begins_item(block), bool(lists.task_at(block))
    at_end, at_start = cursor.atBlockEnd(), cursor.atBlockStart()
    leaf = look.intProperty(LEAF)
    if kind == Kind.HEADING and not at_end:
        cursor.insertBlock(look, block.charFormat())
        if at_start:
            change(cursor.block().previous(), kind=Kind.PARAGRAPH, level=0)
        return
    # Where text goes along, the block below may be the one that was read from the source.
    cursor.insertBlock(
        block_look(Kind.PARAGRAPH, path, leaf=0 if at_end else leaf),
        char_look(Kind.PARAGRAPH),
    )
    if starts_item:
        lists.new_item(cursor.block(), is_task=is_task)


def _leave_block(cursor: QTextCursor) -> bool:
    if is_cell(cursor.block()):
        cursor.setPosition(cursor.currentTable().lastPosition() + 1)
        return True
    if not is_verbatim(cursor.block()):
        return False
    with one_step(cursor):
        _paragraph_after(cursor)
    return True


def _paragraph_after(cursor: QTextCursor) -> None:
    path = path_at(cursor.block())
    cursor.movePosition(Move.EndOfBlock)
    cursor.insertBlock(block_look(Kind.PARAGRAPH, path), char_look(Kind.PARAGRAPH))


def _take_away(cursor: QTextCursor, *, back: bool, word: bool) -> bool:
    """Delete; blocks that are joined look like the first one."""
    if not cursor.hasSelection():
        if _at_border(cursor, back=back):
            return _step_over(cursor, back=back) or _join(cursor, back=back)
        if not word:
            return False
        cursor.movePosition(Move.PreviousWord if back else Move.NextWord, KEEP)
    if not _spans_blocks(cursor):
        cursor.removeSelectedText()
        return True
    return _type_over(cursor, "")


def _spans_blocks(cursor: QTextCursor) -> bool:
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    return first != document.findBlock(cursor.selectionEnd())


def _type_over(cursor: QTextCursor, text: str) -> bool:
    with one_step(cursor):
        remove_selection(cursor)
        restyle(QTextCursor(cursor.block()))
        if text:
            cursor.insertText(text)
    return True


def _at_border(cursor: QTextCursor, *, back: bool) -> bool:
    return cursor.atBlockStart() if back else cursor.atBlockEnd()


def _step_over(cursor: QTextCursor, *, back: bool) -> bool:
    """What happens at a border instead of joining two blocks, if anything."""
    with one_step(cursor):
        return _backspace(cursor) if back else _delete(cursor)


def _join(cursor: QTextCursor, *, back: bool) -> bool:
    with one_step(cursor):
        if back:
            cursor.deletePreviousChar()
        else:
            cursor.deleteChar()
        restyle(QTextCursor(cursor.block()))
    return True


def _backspace(cursor: QTextCursor) -> bool:
    block = cursor.block()
    return is_cell(block) or _unmake(block) or _into_previous(cursor, block)


def _unmake(block: QTextBlock) -> bool:
    """At its start, a block first becomes a plain paragraph."""
    kind, path = kind_of(block), path_at(block)
    if kind == Kind.CODE:
        blocks.toggle_code(QTextCursor(block))
    elif kind in (Kind.HEADING, Kind.RULE):
        change(block, kind=Kind.PARAGRAPH, level=0)
    elif begins_item(block):
        lists.outdent(QTextCursor(block))
    elif path and path[-1].sort == QUOTE and path[-1] not in path_at(block.previous()):
        blocks.leave_quote(block)
    else:
        return False
    return True


def _into_previous(cursor: QTextCursor, block: QTextBlock) -> bool:
    """What cannot be joined is stepped into, or taken away."""
    before = block.previous()
    if not before.isValid():
        return True
    if kind_of(before) == Kind.RULE:
        _remove(before)
        return True
    if not is_cell(before) and not is_verbatim(before) and not is_verbatim(block):
        return False
    cursor.setPosition(before.position() + before.length() - 1)
    if block.length() == 1 and not is_cell(before):
        _remove(block)
    return True


def _delete(cursor: QTextCursor) -> bool:
    block = cursor.block()
    follower = block.next()
    if not follower.isValid() or is_cell(block) or is_cell(follower):
        return True
    if kind_of(follower) == Kind.RULE:
        _remove(follower)
    elif not is_verbatim(block) and not is_verbatim(follower):
        return False
    elif block.length() == 1:
        _remove(block)
    elif follower.length() == 1:
        _remove(follower)
    return True


def _remove(block: QTextBlock) -> None:
    """Take an empty block away with the border to a neighbour, which keeps its format."""
    cursor = QTextCursor(block)
    if block.next().isValid():
        cursor.movePosition(Move.NextBlock, KEEP)
        cursor.removeSelectedText()
    else:
        cursor.deletePreviousChar()


def _space(cursor: QTextCursor) -> bool:
    """What Markdown begins a block with makes one: `# `, `- `, `1. `, `> `, `[ ] `."""
    block = cursor.block()
    offset = cursor.positionInBlock()
    if kind_of(block) != Kind.PARAGRAPH or not 0 < offset <= 6:
        return False
    typed = block.text()[:offset]
    if not _is_beginning(typed, block):
        return False
    with one_step(cursor):
        cursor.movePosition(Move.StartOfBlock, KEEP)
        cursor.removeSelectedText()
        if set(typed) == {"#"}:
            blocks.set_heading(cursor, len(typed))
        elif typed == ">":
            blocks.toggle_quote(cursor)
        elif typed in BOXES:
            if lists.item_at(block) is None:
                lists.toggle_list(cursor, BULLETS)
            change(cursor.block(), task=BOXES[typed])
        else:
            lists.toggle_list(cursor, NUMBERS if typed[0] == "1" else BULLETS)
    return True


def _is_beginning(typed: str, block: QTextBlock) -> bool:
    in_item = lists.item_at(block) is not None
    if typed in ("-", "*", "+", "1.", "1)"):
        return not in_item
    return typed in BOXES or (set(typed) == {"#"}) or (typed == ">" and not in_item)


def _tab(cursor: QTextCursor, *, back: bool) -> bool:
    block = cursor.block()
    if is_cell(block):
        tables.move_in_table(cursor, -1 if back else 1)
        return True
    if is_verbatim(block):
        if not back:
            cursor.insertText(CODE_TAB)
        return not back
    if lists.item_at(block) is None:
        return False
    if back:
        return lists.outdent(cursor)
    lists.indent(cursor)
    return True
