"""The line height of a text style, for texts that scroll."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from marketer_desktop.ui.theme.type import line_height

FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def set_line_height(edit: QTextEdit, style: str) -> None:
    """Give every line that is there now the height of `style`."""
    look = QTextBlockFormat()
    look.setLineHeight(line_height(style), FIXED)
    cursor = QTextCursor(edit.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(look)
