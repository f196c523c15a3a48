"""Bars from left to right, each with its name and its figure."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.painting import draw_bar, draw_text, fill_color, width_of

ROW, BAR, GAP = 32, 6, 12


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, how long, and the figure that is written."""

    label: str
    value: float
    text: str


class HorizontalBars(QWidget):
    """The longest bar fills the width that names and figures leave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, bars: list[Bar]) -> None:
        """Show other bars."""
        self._bars = list(bars)
        self.setAccessibleDescription(", ".join(f"{bar.label}: {bar.text}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """32 px a bar."""
        return QSize(320, ROW * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but no bar is left out."""
        return QSize(160, ROW * len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, bars and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, figures = font("secondary"), font("secondary", tabular=True)
        label = min(max((width_of(b.label, names) for b in self._bars), default=0) + 1, 180)
        figure = max((width_of(b.text, figures) for b in self._bars), default=0) + 1
        longest = max((bar.value for bar in self._bars), default=0) or 1
        for place, bar in enumerate(self._bars):
            line = QRectF(0, place * ROW, self.width(), ROW)
            draw_text(painter, QRectF(0, line.y(), label, ROW), bar.label, names, color("text"))
            track = line.adjusted(label + GAP, (ROW - BAR) / 2, -figure - GAP, -(ROW - BAR) / 2)
            draw_bar(painter, track, bar.value / longest, fill_color("chart"))
            align = Qt.AlignmentFlag.AlignRight
            draw_text(painter, line, bar.text, figures, color("secondary"), align)
