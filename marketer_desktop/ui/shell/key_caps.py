"""Keys as they are printed on a keyboard."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.painting import fill_rounded, stroke_rounded

HEIGHT, PADDING, GAP, RADIUS, NARROWEST = 20, 6, 4, 4, 20


class KeyCaps(QWidget):
    """One cap for each key of a shortcut."""

    def __init__(self, keys: str, shown: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        native = shown or QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.caps = native.split("+")
        set_font(self, "caption")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(native)
        current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as all caps."""
        widths = self._widths()
        return QSize(round(sum(widths)) + GAP * (len(widths) - 1), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        left = 0.0
        for cap, width in zip(self.caps, self._widths(), strict=True):
            rect = QRectF(left, 0, width, HEIGHT)
            fill_rounded(painter, rect, RADIUS, color("window"))
            stroke_rounded(painter, rect, RADIUS, color("button_border"))
            painter.setPen(color("secondary"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cap)
            left += width + GAP

    def _widths(self) -> list[int]:
        metrics = self.fontMetrics()
        return [max(NARROWEST, metrics.horizontalAdvance(cap) + 2 * PADDING) for cap in self.caps]
