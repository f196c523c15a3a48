"""The sheet of paper of the editor: a column in the middle, and what is painted behind the text."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from marketer_desktop.ui.theme import type
from marketer_desktop.ui.widgets.editor.decorations import Decorations

TEXT_WIDTH = 720
SIDE = 40  # px left free beside the text at least
ROOM = 28  # px above and below the text
CARET = 2
MARGIN_EVENTS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
)


class Surface(QTextEdit):
    """A text edit that keeps its lines short enough to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setMouseTracking(True)
        self.setProperty("role", "editor")
        self.setCursorWidth(CARET)
        self.decorations = Decorations(self.document())
        self.dress()

    def event(self, event: QEvent) -> bool:
        """Beside the text column, the mouse acts as in it."""
        if event.type() in MARGIN_EVENTS and isinstance(event, QMouseEvent):
            place = QPointF(self.viewport().mapFrom(self, event.position().toPoint()))
            moved = QMouseEvent(
                event.type(),
                place,
                event.globalPosition(),
                event.button(),
                event.buttons(),
                event.modifiers(),
            )
            return bool(self.viewportEvent(moved))
        if event.type() == QEvent.Type.Resize:
            self._center()  # before Qt lays the text out
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies behind the text, then the text."""
        painter = QPainter(self.viewport())
        painter.translate(-self.scrolled())
        bottom = self.scrolled().y() + self.viewport().height()
        self.decorations.paint(painter, self.first_seen(), bottom)
        painter.end()
        super().paintEvent(event)

    def _center(self) -> None:
        """Keep the text column in the middle and no wider than can be read."""
        free = self.width() - self.verticalScrollBar().sizeHint().width() - TEXT_WIDTH
        side = max(SIDE, free // 2) - ROOM
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)

    def first_seen(self) -> QTextBlock:
        """The block above the first one that is seen, whose box may reach into view."""
        block = self.cursorForPosition(QPoint(0, 0)).block()
        return block.previous() if block.previous().isValid() else block

    def scrolled(self) -> QPointF:
        """Where in the document the view begins."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def dress(self) -> None:
        """Take the fonts of the theme that holds now; colours come from its style sheet."""
        font = type.font("editor")
        if self.document().defaultFont() != font:  # the same one would be laid out anew, too
            self.setFont(font)
            self.document().setDefaultFont(font)

    def seen_blocks(self) -> list[QTextBlock]:
        """The blocks in view."""
        block = self.first_seen()
        end = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        blocks = []
        while block.isValid() and block.position() <= end:
            blocks.append(block)
            block = block.next()
        return blocks
