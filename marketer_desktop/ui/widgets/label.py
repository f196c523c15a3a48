"""A text that is only read."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from marketer_desktop.ui.theme.paragraph import Paragraph
from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.type import line_height, set_font

NARROWEST = 80  # px that a wrapped text never gets less of


class Label(QLabel):
    """Plain text in a style and a colour.

    It wraps at the line height of its style, or ends in … with the whole as a tooltip.
    """

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        role: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._style, self._elide = style, elide
        self._laid_out: tuple[tuple[object, ...], Paragraph] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        set_font(self, style, tabular=tabular)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_role(self, role: str) -> None:
        """Take on another colour."""
        restyle(self, role=role)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._tell_rest()

    def sizeHint(self) -> QSize:
        """At least one line of the style high."""
        if self.wordWrap():
            return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))
        return QSize(super().sizeHint().width(), line_height(self._style))

    def minimumSizeHint(self) -> QSize:
        """Little where it wraps or is elided."""
        line = line_height(self._style)
        if self.wordWrap():
            return QSize(NARROWEST, line)
        if self._elide:
            return QSize(self.fontMetrics().horizontalAdvance("…"), line)
        return QSize(super().minimumSizeHint().width(), line)

    def heightForWidth(self, width: int) -> int:
        """The lines that the text takes at that width."""
        if not self.wordWrap():
            return -1
        return round(self._paragraph(width).height) if self.text() else line_height(self._style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit is told by the tooltip."""
        super().resizeEvent(event)
        self._tell_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what Qt's label cannot: elided text, and lines of our height."""
        if not self._elide and not self.wordWrap():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        if self._elide:
            painter.drawText(QRectF(room), int(self.alignment()), self._shown())
        else:
            paragraph = self._paragraph(room.width())
            spare = max(0.0, room.height() - paragraph.height)
            if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
                spare /= 2
            elif not self.alignment() & Qt.AlignmentFlag.AlignBottom:
                spare = 0
            paragraph.draw(painter, QPointF(room.left(), room.top() + spare))

    def _paragraph(self, width: int) -> Paragraph:
        """The text laid out; layouts ask for its height many times before it changes."""
        leading = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        wanted = (self.text(), self.font(), line_height(self._style), width, leading)
        if self._laid_out is None or self._laid_out[0] != wanted:
            self._laid_out = wanted, Paragraph(*wanted)
        return self._laid_out[1]

    def _shown(self) -> str:
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _tell_rest(self) -> None:
        if self._elide:
            self.setToolTip(self.text() if self._shown() != self.text() else "")
