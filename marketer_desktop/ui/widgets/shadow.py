"""The soft shadow under sheets, popovers and toasts, made of nested rounded rectangles."""

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme.theme import current

REACH, DOWN, LAYERS = 40, 12, 26


@lru_cache(maxsize=16)
def _patch(radius: int, dark: bool, ratio: float) -> QPixmap:
    """Four corners and one pixel between, to be stretched to any size."""
    corner = REACH + radius
    side = 2 * corner + 1
    image = QPixmap(round(side * ratio), round(side * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 3 if dark else 1))
    for layer in range(LAYERS):
        out = REACH * ((layer + 1) / LAYERS) ** 1.4  # denser near the panel: softer far out
        inset = REACH - out
        rect = QRectF(inset, inset, side - 2 * inset, side - 2 * inset)
        painter.drawRoundedRect(rect, radius + out, radius + out)
    painter.end()
    return image


def draw_shadow(painter: QPainter, panel: QRect, radius: int) -> None:
    """Draw the shadow that `panel` throws."""
    ratio = painter.device().devicePixelRatio()
    image = _patch(radius, current().tokens.dark, ratio)
    corner = REACH + radius
    area = panel.adjusted(-REACH, -REACH, REACH, REACH).translated(0, DOWN)
    columns = _thirds(area.left(), area.width(), corner)
    rows = _thirds(area.top(), area.height(), corner)
    source = ((0, corner), (corner, 1), (corner + 1, corner))
    for (y, height), (source_y, source_height) in zip(rows, source, strict=True):
        for (x, width), (source_x, source_width) in zip(columns, source, strict=True):
            part = QRectF(source_x, source_y, source_width, source_height)
            scaled = QRectF(part.topLeft() * ratio, part.size() * ratio)
            painter.drawPixmap(QRectF(x, y, width, height), image, scaled)


def _thirds(start: int, length: int, corner: int) -> tuple[tuple[int, int], ...]:
    end = min(corner, length // 2)
    return ((start, end), (start + end, length - 2 * end), (start + length - end, end))


class SoftShadow(QWidget):
    """A sibling that lies under `panel`, follows it, and lets every click through."""

    def __init__(self, panel: QWidget, radius: int) -> None:
        super().__init__(panel.parentWidget())
        self._panel, self._radius = panel, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        panel.installEventFilter(self)
        panel.destroyed.connect(self.deleteLater)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the panel."""
        match event.type():
            case QEvent.Type.Move | QEvent.Type.Resize | QEvent.Type.Show:
                self._follow()
            case QEvent.Type.Hide:
                self.hide()
            case QEvent.Type.ZOrderChange:
                self.stackUnder(self._panel)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shadow."""
        panel = QRect(QPoint(REACH, REACH), self._panel.size())
        draw_shadow(QPainter(self), panel, self._radius)

    def _follow(self) -> None:
        around = self._panel.geometry().adjusted(-REACH, -REACH, REACH, REACH + DOWN)
        self.setGeometry(around)
        if self._panel.isVisible():
            self.stackUnder(self._panel)
            self.show()
