"""The steps of a wizard in a line, with the current one marked."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.painting import (
    draw_icon,
    draw_text,
    fill_rounded,
    stroke_rounded,
    width_of,
)

CIRCLE, TEXT_GAP, LINE_GAP, LINE_MIN = 24, 10, 12, 24


class StepHeader(QWidget):
    """Done steps have a check, the current one is filled, later ones are outlined."""

    def __init__(self, names: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names, self._current = list(names), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, index: int) -> None:
        """Mark the step at `index`."""
        self._current = index
        told = self.tr("Step {0} of {1}: {2}")
        self.setAccessibleName(told.format(index + 1, len(self._names), self._names[index]))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its place, as high as a circle."""
        return QSize(480, CIRCLE)

    def minimumSizeHint(self) -> QSize:
        """Where names do not fit, only the current one is written."""
        return QSize(240, CIRCLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circles, names and the lines between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = self._names_that_fit()
        widths = [CIRCLE + (TEXT_GAP + width_of(n, self._face()) if n else 0) for n in names]
        gaps = max(len(names) - 1, 1)
        line = (self.width() - sum(widths)) / gaps
        x = 0.0
        for place, (name, width) in enumerate(zip(names, widths, strict=True)):
            self._paint_step(painter, x, place, name)
            x += width
            if place < len(names) - 1:
                painter.setPen(QPen(color("button_border"), 1))
                y = CIRCLE / 2 - 0.5
                painter.drawLine(QPointF(x + LINE_GAP, y), QPointF(x + line - LINE_GAP, y))
            x += line

    def _names_that_fit(self) -> list[str]:
        text = sum(TEXT_GAP + width_of(name, self._face()) for name in self._names)
        line = 2 * LINE_GAP + LINE_MIN
        if CIRCLE * len(self._names) + text + line * (len(self._names) - 1) <= self.width():
            return self._names
        return [name if place == self._current else "" for place, name in enumerate(self._names)]

    def _paint_step(self, painter: QPainter, x: float, place: int, name: str) -> None:
        circle = QRectF(x, 0, CIRCLE, CIRCLE).adjusted(1, 1, -1, -1)
        if place < self._current:
            fill_rounded(painter, circle, CIRCLE / 2, color("accent_subtle_hover"))
            draw_icon(painter, circle.center(), "check", "accent_text", 16)
        else:
            self._paint_number(painter, circle, place)
        ink = color("text" if place == self._current else "secondary")
        start = x + CIRCLE + TEXT_GAP
        draw_text(painter, QRectF(start, 0, self.width() - start, CIRCLE), name, self._face(), ink)

    def _paint_number(self, painter: QPainter, circle: QRectF, place: int) -> None:
        is_current = place == self._current
        if is_current:
            fill_rounded(painter, circle, CIRCLE / 2, color("accent"))
        else:
            stroke_rounded(painter, circle, CIRCLE / 2, color("control"), 1.5)
        ink = color("on_accent" if is_current else "secondary")
        face = font("caption_label", tabular=True)
        face.setWeight(font("strong").weight())
        draw_text(painter, circle, str(place + 1), face, ink, Qt.AlignmentFlag.AlignHCenter)

    def _face(self) -> QFont:
        return font("secondary_label")
