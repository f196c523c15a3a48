"""Grey lines in the place of what is still being read."""

from PySide6.QtCore import QEasingCurve, QRectF, QSize, QTimer, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.painting import fill_rounded

DELAY_MS, PULSE_MS = 200, 1400
ROW, TILE, TILE_RADIUS = 56, 32, 8
WIDTHS = (0.46, 0.62, 0.38, 0.54, 0.42)


class Skeleton(QWidget):
    """Rows of 56 px like those that will follow; what comes within 200 ms shows none."""

    def __init__(self, rows: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._seen, self._strength = rows, False, 1.0
        self.setAccessibleName(self.tr("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._appear)
        self._pulse = QVariantAnimation(self)
        self._pulse.setLoopCount(-1)
        self._pulse.setEasingCurve(QEasingCurve.Type.InOutSine)
        for at, strength in ((0.0, 1.0), (0.5, 0.5), (1.0, 1.0)):
            self._pulse.setKeyValueAt(at, strength)
        self._pulse.valueChanged.connect(self._fade)

    def sizeHint(self) -> QSize:
        """56 px a row."""
        return QSize(320, ROW * self._rows)

    def showEvent(self, event: QShowEvent) -> None:
        """Wait a little before anything is seen."""
        self._seen = False
        self._delay.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the pulse."""
        self._delay.stop()
        self._pulse.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a tile and two lines a row."""
        if not self._seen:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._strength)
        ink = color("neutral")
        room = self.width() - TILE - 12
        for row in range(self._rows):
            top = row * ROW
            share = WIDTHS[row % len(WIDTHS)]
            fill_rounded(painter, QRectF(0, top + 12, TILE, TILE), TILE_RADIUS, ink)
            fill_rounded(painter, QRectF(TILE + 12, top + 14, room * share, 12), 4, ink)
            fill_rounded(painter, QRectF(TILE + 12, top + 33, room * share * 0.6, 9), 4, ink)

    def _appear(self) -> None:
        self._seen = True
        if duration(PULSE_MS):
            self._pulse.setDuration(PULSE_MS)
            self._pulse.start()
        self.update()

    def _fade(self, strength: float) -> None:
        self._strength = strength
        self.update()
