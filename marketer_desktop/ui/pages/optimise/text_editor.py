"""The text to optimise: typed, pasted with its structure, or dropped as a file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from marketer_desktop.domain.scoring.verdict import Position
from marketer_desktop.ui.theme.theme import current
from marketer_desktop.ui.theme.type import line_height, set_font
from marketer_desktop.ui.widgets.editor.marking import Marking, find
from marketer_desktop.ui.widgets.editor.offsets import units
from marketer_desktop.ui.widgets.editor.places import span_at, spans_of

EXTENSIONS = (".md", ".markdown", ".txt", ".html", ".htm")
LONGEST_HTML = 500_000  # characters; more is pasted as plain text
MARGIN = 16
FIXED = int(QTextBlockFormat.LineHeightTypes.FixedHeight.value)


def markdown_of(html: str) -> str:
    """The structure of a page as Markdown."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toMarkdown().strip() + "\n"


class TextEditor(QTextEdit):
    """Markdown as it is written."""

    file_dropped = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Text"))
        self.setPlaceholderText(self.tr("Paste or open a text."))
        self.document().setDocumentMargin(MARGIN)
        self.setAcceptRichText(False)
        set_font(self, "editor")
        self._line = 0
        self._marking = Marking(self)
        current().changed.connect(self._on_look)
        self._space_lines()

    def set_text(self, text: str) -> None:
        """Put another text in the place of what is there."""
        self.setPlainText(text)
        self._space_lines()

    def _on_look(self) -> None:
        self._marking.refresh()
        if self._line != line_height("editor"):
            self._space_lines()

    def _space_lines(self) -> None:
        """Lines as far apart as in the editor; no step that could be undone."""
        self._line = line_height("editor")
        lines = QTextBlockFormat()
        lines.setLineHeight(self._line, FIXED)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.blockSignals(True)
        cursor.mergeBlockFormat(lines)
        self.blockSignals(False)
        self.document().clearUndoRedoStacks()

    def replace_text(self, text: str) -> None:
        """Put another version in, as one step to undo: what is alike before and behind stays."""
        old = self.toPlainText()
        if old == text:
            return
        most = min(len(old), len(text))
        start = next((n for n in range(most) if old[n] != text[n]), most)
        rest = most - start
        tail = next((n for n in range(rest) if old[-1 - n] != text[-1 - n]), rest)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(old[:start]))
        cursor.setPosition(units(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - tail])
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def point_at(self, places: Sequence[Position], *, exact: bool = False) -> None:
        """Mark passages and show the first; `exact` places are characters of this text."""
        text = self.toPlainText()
        if exact:
            spans = [span_at(text, place) for place in places]
        else:
            spans = spans_of(self.document(), places, text)
        self._marking.show("found", spans)
        if spans:
            cursor = QTextCursor(self.document())
            cursor.setPosition(spans[0][0])
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def mark_words(self, words: str) -> None:
        """Mark a keyphrase wherever it stands, or nothing."""
        spans = find(self.document(), words, whole_words=True) if words else []
        self._marking.show("keyphrase", spans)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste what has a structure as Markdown."""
        html = source.html() if source.hasHtml() else ""
        if html and len(html) <= LONGEST_HTML:
            self.insertPlainText(markdown_of(html))
        else:
            super().insertFromMimeData(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of the kinds that can be opened."""
        if _file_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Keep taking them."""
        if _file_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of a dropped file."""
        path = _file_in(event.mimeData())
        if path is None:
            super().dropEvent(event)
            return
        event.acceptProposedAction()
        self.file_dropped.emit(path)


def _file_in(data: QMimeData) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() in EXTENSIONS), None)
