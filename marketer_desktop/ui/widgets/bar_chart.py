"""A chart of bars over days: one colour, hairline grid, figures that line up."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.painting import draw_text, width_of

LABEL_HEIGHT, TOP, AXIS_GAP, LABEL_GAP = 20, 8, 6, 48
BAR_SHARE, BAR_MAX, BAR_RADIUS = 0.68, 24.0, 2.0
STEPS = (1, 2, 5, 7, 10, 14, 20, 30, 50, 100)


class BarChart(QWidget):
    """Shows one value per label; hovering a bar tells its figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[float] = []
        self._labels: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def set(self, values: list[float], labels: list[str]) -> None:
        """Show `values`, with a label for each."""
        self._values, self._labels = list(values), list(labels)
        pairs = zip(labels, values, strict=True)
        told = ", ".join(f"{label}: {value:,g}" for label, value in pairs if value)
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its place, 190 px high."""
        return QSize(280, 190)

    def event(self, event: QEvent) -> bool:
        """Tell the figure of the bar under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._bar_at(event.pos().x())
            text = "" if place is None else f"{self._labels[place]}: {self._values[place]:,g}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, bars and labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        self._paint_grid(painter, plot)
        if not self._values:
            return
        slot = plot.width() / len(self._values)
        width = min(max(round(slot * BAR_SHARE), 2), BAR_MAX)
        for place, value in enumerate(self._values):
            middle = plot.left() + slot * (place + 0.5)
            height = plot.height() * value / self._top()
            if height > 0:
                self._paint_bar(painter, QRectF(middle - width / 2, plot.bottom(), width, -height))
        self._paint_labels(painter, plot, slot)

    def _paint_grid(self, painter: QPainter, plot: QRectF) -> None:
        top = self._top()
        face = font("caption", tabular=True)
        for share in (0, 0.5, 1):
            y = round(plot.bottom() - plot.height() * share) + 0.5
            painter.setPen(QPen(color("hairline"), 1))
            painter.drawLine(QPointF(plot.left() - 2, y), QPointF(plot.right(), y))
            rect = QRectF(0, y - 8, plot.left() - AXIS_GAP - 2, 16)
            text = f"{top * share:,g}"
            draw_text(painter, rect, text, face, color("muted"), Qt.AlignmentFlag.AlignRight)

    def _paint_bar(self, painter: QPainter, rect: QRectF) -> None:
        rect = rect.normalized()
        radius = min(BAR_RADIUS, rect.width() / 2, rect.height())
        path = QPainterPath(rect.bottomLeft())
        path.lineTo(rect.left(), rect.top() + radius)
        path.quadTo(rect.topLeft(), QPointF(rect.left() + radius, rect.top()))
        path.lineTo(rect.right() - radius, rect.top())
        path.quadTo(rect.topRight(), QPointF(rect.right(), rect.top() + radius))
        path.lineTo(rect.bottomRight())
        painter.fillPath(path, color("chart_1"))

    def _paint_labels(self, painter: QPainter, plot: QRectF, slot: float) -> None:
        step = next((step for step in STEPS if step * slot >= LABEL_GAP), STEPS[-1])
        face = font("caption", tabular=True)
        for place in range(0, len(self._labels), step):
            middle = plot.left() + slot * (place + 0.5)
            rect = QRectF(middle - LABEL_GAP / 2, plot.bottom() + 2, LABEL_GAP, LABEL_HEIGHT - 2)
            align = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, rect, self._labels[place], face, color("muted"), align)

    def _plot(self) -> QRectF:
        left = width_of(f"{self._top():,g}", font("caption", tabular=True)) + AXIS_GAP + 2
        return QRectF(self.rect()).adjusted(left, TOP, 0, -LABEL_HEIGHT)

    def _top(self) -> float:
        """The end of the axis: an even number, so that the middle line is a whole one."""
        highest = max(self._values, default=0)
        scale = 1
        while highest > 10 * scale * 2:
            scale *= 10
        for step in (2, 4, 6, 8, 10, 12, 16, 20):
            if step * scale >= highest:
                return step * scale
        return 20 * scale

    def _bar_at(self, x: float) -> int | None:
        plot = self._plot()
        if not self._values or not plot.left() <= x < plot.right():
            return None
        return int((x - plot.left()) / plot.width() * len(self._values))
