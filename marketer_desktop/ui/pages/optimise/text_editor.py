"""The text to optimise: typed, pasted with its structure, or dropped as a file."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRegularExpression, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from marketer_desktop.ui.theme.theme import current
from marketer_desktop.ui.theme.type import line_height, set_font

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
        current().changed.connect(self._on_look)
        self._space_lines()

    def set_text(self, text: str) -> None:
        """Put another text in the place of what is there."""
        self.setPlainText(text)
        self._space_lines()

    def _on_look(self) -> None:
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

    def show_place(self, pattern: str) -> bool:
        """Select the first passage that `pattern` fits; False if there is none."""
        wanted = QRegularExpression(pattern, QRegularExpression.PatternOption.CaseInsensitiveOption)
        found = self.document().find(wanted, QTextCursor(self.document()))
        if found.isNull():
            return False
        self.setTextCursor(found)
        self.ensureCursorVisible()
        self.setFocus()
        return True

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
