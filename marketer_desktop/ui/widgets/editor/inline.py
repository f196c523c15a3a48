"""Marks of characters: bold, italic, underline, strikethrough, code and links."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from marketer_desktop.publishing.markdown_blocks.escaping import shown_alt
from marketer_desktop.publishing.markdown_blocks.runs import Marks, encoded
from marketer_desktop.ui.widgets.editor.blocks import KEEP, one_step
from marketer_desktop.ui.widgets.editor.looks import char_look
from marketer_desktop.ui.widgets.editor.properties import (
    MARKS,
    VERBATIM,
    fragments,
    kind_of,
    marks_of,
)

WRITTEN = {"bold": "**", "italic": "*", "strike": "~~", "underline": "<u>", "code": True}

Part = tuple[int, int, Marks, str, int]  # position, length, marks, kind and level of its block


def is_marked(editor: QTextEdit, name: str) -> bool:
    """Whether the selection, or what is typed next, carries a mark."""
    cursor = editor.textCursor()
    if not cursor.hasSelection():
        return bool(getattr(marks_of(editor.currentCharFormat()), name))
    parts = _parts(cursor)
    return bool(parts) and all(getattr(marks, name) for _, _, marks, _, _ in parts)


def toggle_mark(editor: QTextEdit, name: str) -> None:
    """Put a mark on the selection or take it off; without one, on what is typed next."""
    value = type(WRITTEN[name])() if is_marked(editor, name) else WRITTEN[name]
    cursor = editor.textCursor()
    if cursor.hasSelection():
        _apply(cursor, **{name: value})
        return
    block = cursor.block()
    if kind_of(block) in VERBATIM:
        return
    marks = _changed(marks_of(editor.currentCharFormat()), **{name: value})
    level = block.blockFormat().headingLevel()
    editor.setCurrentCharFormat(char_look(kind_of(block), level, marks))


def link_at(cursor: QTextCursor) -> str:
    """The target of the link at the cursor, or nothing."""
    marks = marks_of(cursor.charFormat())
    return marks.link[0] if marks.link else ""


def set_link(cursor: QTextCursor, target: str, text: str = "") -> None:
    """Link the selection, the link at the cursor, or `text` put in; no target ends a link."""
    cursor = QTextCursor(cursor)
    if not cursor.hasSelection():
        _select_link(cursor)
    link = (target, "", "") if target else None
    with one_step(cursor):
        if text and text != cursor.selectedText():
            kind, level = kind_of(cursor.block()), cursor.blockFormat().headingLevel()
            marks = replace(marks_of(cursor.charFormat()), link=link)
            cursor.insertText(text, char_look(kind, level, marks))
        else:
            _apply(cursor, link=link)


def image_at(cursor: QTextCursor) -> tuple[str, str] | None:
    """Source and alternative text of the image next to the cursor."""
    ahead = QTextCursor(cursor)
    ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
    for place in (cursor, ahead):
        look = place.charFormat()
        image = marks_of(look).image
        if look.isImageFormat() and image:
            cursor.setPosition(place.position())
            return image[0], shown_alt(image[1])
    return None


def set_alt(cursor: QTextCursor, alt: str) -> None:
    """Give the image next to the cursor another alternative text, as Markdown writes it."""
    if image_at(cursor) is None:
        return
    look = cursor.charFormat().toImageFormat()
    marks = marks_of(look)
    assert marks.image
    changed = replace(marks, image=(marks.image[0], alt, *marks.image[2:]))
    look.setProperty(MARKS, encoded(changed))
    cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, KEEP)
    cursor.setCharFormat(look)


def plain_after_link(editor: QTextEdit) -> None:
    """What is typed at the end of a link, of code or of a tag does not belong to it."""
    cursor = editor.textCursor()
    if cursor.hasSelection():
        return
    look = cursor.charFormat()
    marks = marks_of(look)
    if not (marks.link or marks.raw or marks.html or marks.image or marks.line):
        return
    if marks.link and _is_inside(cursor, look):
        return
    plain = replace(marks, link=None, raw="", html=False, image=None, line="")
    level = cursor.blockFormat().headingLevel()
    editor.setCurrentCharFormat(char_look(kind_of(cursor.block()), level, plain))


def _is_inside(cursor: QTextCursor, look: QTextCharFormat) -> bool:
    """Whether the next character carries the same link."""
    if cursor.atBlockEnd():
        return False
    ahead = QTextCursor(cursor)
    ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
    return marks_of(ahead.charFormat()).link == marks_of(look).link


def _select_link(cursor: QTextCursor) -> None:
    link = marks_of(cursor.charFormat()).link
    if not link:
        return
    for part in fragments(cursor.block()):
        end = part.position() + part.length()
        touches = part.position() < cursor.position() <= end
        if touches and marks_of(part.charFormat()).link == link:
            cursor.setPosition(part.position())
            cursor.setPosition(end, KEEP)
            return


def _apply(cursor: QTextCursor, **values: Any) -> None:
    work = QTextCursor(cursor)
    with one_step(work):
        for position, length, marks, kind, level in _parts(cursor):
            work.setPosition(position)
            work.setPosition(position + length, KEEP)
            work.setCharFormat(char_look(kind, level, _changed(marks, **values)))


def _changed(marks: Marks, **values: Any) -> Marks:
    if values.get("code"):
        return Marks(code=True, link=marks.link)
    if values.get("link"):
        values["raw"] = ""
    return replace(marks, html=False, **values)


def _parts(cursor: QTextCursor) -> list[Part]:
    """What the selection touches of each run, blocks of code and images left out."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    parts: list[Part] = []
    while block.isValid() and block.position() < end:
        kind, level = kind_of(block), block.blockFormat().headingLevel()
        for part in () if kind in VERBATIM else fragments(block):
            look = part.charFormat()
            begin = max(start, part.position())
            stop = min(end, part.position() + part.length())
            if begin < stop and not look.isImageFormat():
                parts.append((begin, stop - begin, marks_of(look), kind, level))
        block = block.next()
    return parts
