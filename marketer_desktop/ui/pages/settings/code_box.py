"""Lines to copy, such as a command."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from marketer_desktop.ui.theme.type import code_font

EDGES = 19  # above and below: with one line it is as high as a field


class CodeBox(QPlainTextEdit):
    """Read only; Tab goes on to the next control."""

    def __init__(
        self, name: str, text: str = "", *, lines: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setReadOnly(True)
        self.setFont(code_font())
        # Lines are wrapped; at certain heights Qt would show both bars all the same.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + EDGES)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def set_code(self, text: str) -> None:
        """Show something else; a selection stays where nothing has changed."""
        if text != self.toPlainText():
            self.setPlainText(text)
