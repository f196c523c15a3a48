"""What can be followed in a text: citations and links."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextBlock, QTextCursor, QTextDocument

from marketer_desktop.ui.widgets.editor.highlighter import CITATION
from marketer_desktop.ui.widgets.editor.offsets import to_units
from marketer_desktop.ui.widgets.editor.properties import is_verbatim, marks_of

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def target_at(document: QTextDocument, place: QPointF) -> int | str:
    """The number of the citation or the target of the link at a place; else an empty text."""
    position = document.documentLayout().hitTest(place, Qt.HitTestAccuracy.ExactHit)
    if position < 0:
        return ""
    block = document.findBlock(position)
    if is_verbatim(block):
        return ""
    number = _citation(block, position - block.position())
    return _link(document, position) if number is None else number


def citation_at(cursor: QTextCursor) -> int | None:
    """The number of the citation that the cursor is in or next to."""
    block = cursor.block()
    return None if is_verbatim(block) else _citation(block, cursor.positionInBlock(), slack=1)


def is_press_of_citation(event: QKeyEvent) -> bool:
    """Ctrl+Enter."""
    return event.key() in ENTER and event.modifiers() == CONTROL


def has_control(event: QMouseEvent) -> bool:
    """Whether Ctrl is held."""
    return bool(event.modifiers() & CONTROL)


def _citation(block: QTextBlock, offset: int, slack: int = 0) -> int | None:
    text = block.text()
    for match in CITATION.finditer(text):
        start, end = to_units(text, match.start()), to_units(text, match.end())
        if start <= offset < end + slack:
            return int(match[1])
    return None


def _link(document: QTextDocument, position: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(min(position + 1, document.characterCount() - 1))
    link = marks_of(cursor.charFormat()).link
    return link[0] if link else ""
