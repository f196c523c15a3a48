"""The gauge of a score: a ring, its figure, and a tick at the score that is required."""

import math

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.painting import draw_ring, draw_text, fill_color


class Gauge(QWidget):
    """Shows a value from 0 to 100, or a dash when there is none; disabled it is dimmed."""

    def __init__(self, size: int = 72, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: int | None = None
        self._tone = "accent"
        self._required: int | None = None
        self._shown = 0.0
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._move)
        self.set_size(size)
        self.set(None)

    def set_size(self, size: int) -> None:
        """Change the diameter, in pixels."""
        self.setFixedSize(size, size)

    def set(self, value: int | None, tone: str = "accent") -> None:
        """Show `value` in the colour of `tone`: success, warning, error or accent."""
        self._value, self._tone = value, tone
        text = self.tr("No score yet") if value is None else self.tr("{0} of 100").format(value)
        self.setAccessibleDescription(text)
        self._motion.stop()
        self._motion.setStartValue(self._shown)
        self._motion.setEndValue(float(value or 0))
        self._motion.setDuration(duration(300))
        self._motion.start()
        self.update()

    def set_required(self, score: int | None) -> None:
        """Put the tick at the score that is required, or take it away."""
        self._required = score
        self.update()

    def _move(self, value: float) -> None:
        self._shown = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ring, tick and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.4)
        rect = QRectF(self.rect())
        stroke = 7 if self.width() >= 64 else 6
        draw_ring(painter, rect, self._shown / 100, fill_color(self._tone), stroke)
        if self._required is not None:
            self._paint_tick(painter, stroke)
        text = "–" if self._value is None else str(self._value)
        face = font("figure" if self.width() >= 64 else "section", tabular=True)
        draw_text(painter, rect, text, face, color("text"), Qt.AlignmentFlag.AlignHCenter)

    def _paint_tick(self, painter: QPainter, stroke: int) -> None:
        angle = math.tau * (self._required or 0) / 100
        middle = self.width() / 2
        for ink, width in ((color("surface"), 5), (color("text"), 2)):
            ends = [
                QPointF(middle + math.sin(angle) * r, middle - math.cos(angle) * r)
                for r in (middle - 1, middle - stroke + 1)
            ]
            painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(*ends)
