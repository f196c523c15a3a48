"""The text of a post as its platform shows it: hashtags as links, what is folded away greyer."""

import re
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.widgets.editor.offsets import to_units
from marketer_desktop.ui.widgets.text_input import TextArea

PADDING = 10  # above and below the lines, the border included
_LINKED = re.compile(r"(?<!\w)[#@]\w+|https?://[^\s)]+")


class VariantText(TextArea):
    """Grows with its text; its card is its edge. After `fold` characters the platform folds it."""

    def __init__(self, text: str, fewest_lines: int = 2, fold: int | None = None) -> None:
        super().__init__(lines=fewest_lines)
        self._fewest, self._fold = fewest_lines, fold
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the panel scrolls
        self.setProperty("role", "variant")
        self.setPlainText(text)
        self.textChanged.connect(self._fit)
        current().changed.connect(self._colour)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower text has more lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Not this document's own height: it knows only the lines that have been seen.
        whole = QTextDocument()
        whole.setDefaultFont(self.font())
        whole.setDocumentMargin(self.document().documentMargin())
        whole.setPlainText(self.toPlainText())
        whole.setTextWidth(self.viewport().width())
        fewest = self._fewest * self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(ceil(whole.size().height()), fewest) + PADDING)
        self._colour()

    def _colour(self) -> None:
        text = self.toPlainText()
        marks, place = [], len(text) if self._fold is None else self._fold
        for found in _LINKED.finditer(text):
            if place < found.start():
                marks.append(self._mark(text, place, found.start(), "muted"))
            marks.append(self._mark(text, *found.span(), "accent_text"))
            place = max(place, found.end())
        if place < len(text):
            marks.append(self._mark(text, place, len(text), "muted"))
        self.setExtraSelections(marks)

    def _mark(self, text: str, start: int, end: int, role: str) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        look.setForeground(color(role))
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_units(text, start))
        cursor.setPosition(to_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, look
        return mark
