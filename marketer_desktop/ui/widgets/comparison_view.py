"""Two versions of a text in one: what was added is underlined, what was removed is struck out."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from marketer_desktop.domain.comparison import Change
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.line_height import set_line_height


class ComparisonView(QTextEdit):
    """Follows the theme; never by colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self._changes: Sequence[Change] = ()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "comparison")
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Comparison"))
        self.viewport().setAutoFillBackground(False)
        set_font(self, "secondary")
        current().changed.connect(self._write)

    def set_changes(self, changes: Sequence[Change]) -> None:
        """Show another comparison."""
        self._changes = changes
        self._write()

    def summary(self) -> str:
        """How many places differ."""
        count = sum(1 for same, _ in groupby(self._changes, _is_same) if not same)
        if count == 0:
            return self.tr("no difference")
        return self.tr("1 change") if count == 1 else self.tr("{0} changes").format(count)

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for change in self._changes:
            cursor.insertText(change.text, _format(change.kind))
        set_line_height(self, "secondary")
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _is_same(change: Change) -> bool:
    return change.kind == "same"


def _format(kind: str) -> QTextCharFormat:
    made = QTextCharFormat()
    if kind == "same":
        made.setForeground(color("text"))
        return made
    tone = "success" if kind == "added" else "error"
    made.setForeground(color(f"{tone}_text"))
    made.setBackground(color(f"{tone}_subtle"))
    made.setFontUnderline(kind == "added")
    made.setFontStrikeOut(kind == "removed")
    return made
