"""Marks that lie over the text, such as the keyphrase and what was searched for."""

import re
from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QTextEdit

from marketer_desktop.publishing.markdown_blocks.runs import OBJECT
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.editor.offsets import to_units

Span = tuple[int, int]
LOOKS = {
    "keyphrase": ("mark", "mark_text"),
    "found": ("mark", "mark_text"),
    "current": ("accent", "on_accent"),
}


class Marking:
    """Keeps marks by what they are for; later names of `LOOKS` lie over earlier ones."""

    def __init__(self, editor: QTextEdit) -> None:
        self._editor = editor
        self._spans: dict[str, list[QTextCursor]] = {}

    def show(self, name: str, spans: Sequence[Span]) -> None:
        """Mark these spans, and nothing else under this name."""
        document = self._editor.document()
        last = document.characterCount() - 1
        cursors = []
        for start, end in spans:
            cursor = QTextCursor(document)
            cursor.setPosition(min(start, last))
            cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
            cursors.append(cursor)
        if cursors or self._spans.get(name):
            self._spans[name] = cursors
            self.refresh()

    def clear(self) -> None:
        """Forget all marks."""
        self._spans.clear()
        self.refresh()

    def refresh(self) -> None:
        """Show the marks in the colours that hold now."""
        selections = []
        for name, roles in LOOKS.items():
            look = QTextCharFormat()
            look.setBackground(color(roles[0]))
            look.setForeground(color(roles[1]))
            look.setProperty(QTextFormat.Property.FullWidthSelection, False)
            for cursor in self._spans.get(name, ()):
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor
                selection.format = look
                selections.append(selection)
        self._editor.setExtraSelections(selections)


def find(
    document: QTextDocument, text: str, *, match_case: bool = False, whole_words: bool = False
) -> list[Span]:
    """Where `text` stands, blanks of any kind and number taken for one."""
    words = r"\s+".join(re.escape(word) for word in text.split())
    if not words:
        words = re.escape(text)
    pattern = re.compile(
        rf"(?<!\w){words}(?!\w)" if whole_words else words, 0 if match_case else re.IGNORECASE
    )
    spans = []
    block = document.begin()
    while block.isValid():
        content = block.text()
        for match in pattern.finditer(content):
            start = block.position() + to_units(content, match.start())
            spans.append((start, block.position() + to_units(content, match.end())))
        block = block.next()
    return spans


def outline(document: QTextDocument) -> list[tuple[int, str, int]]:
    """Level, text and position of each heading."""
    found = []
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        text = block.text().replace(OBJECT, "").strip() if level else ""
        if text:
            found.append((level, text, block.position()))
        block = block.next()
    return found
