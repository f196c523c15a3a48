"""Wrapped text at the line height of its style, which no label or rule of a sheet can give it."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption


class Paragraph:
    """Text laid out in lines of `line` px; `height` is that of all of them."""

    def __init__(
        self, text: str, font: QFont, line: int, width: int, alignment: Qt.AlignmentFlag
    ) -> None:
        option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        self._layout.setTextOption(option)
        self.lines = 0
        self._lay_out(line, width)
        self.height = self.lines * line

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw all lines from `at` on, in the painter's pen."""
        self._layout.draw(painter, at)

    def _lay_out(self, height: int, width: int) -> None:
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            above = (height - line.height()) / 2
            line.setPosition(QPointF(0, self.lines * height + above))
            self.lines += 1
        self._layout.endLayout()
