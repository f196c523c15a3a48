"""A thin bar that shows how far something is."""

from PySide6.QtCore import QRectF, QTimerEvent
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.widgets.painting import draw_bar, fill_color, fill_rounded, track_color

HEIGHT, TICK_MS, TURN_MS = 6, 33, 1400
SEGMENT = 0.3  # of the width, for the part that moves when the end is not known


class ProgressBar(QProgressBar):
    """6 px high; `None` means that the end is not known."""

    def __init__(self, tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._timer, self._place = tone, 0, 0.0
        self.setTextVisible(False)
        self.setFixedHeight(HEIGHT)
        self.setRange(0, 100)
        self.setValue(0)

    def set(self, percent: float | None) -> None:
        """Show `percent` from 0 to 100, or that the end is not known."""
        self.setRange(0, 0 if percent is None else 100)
        if percent is not None:
            self.setValue(round(min(max(percent, 0), 100)))
        self._keep_time()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Change the colour: accent, chart, success, warning or error."""
        self._tone = tone
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Start to move."""
        super().showEvent(event)
        self._keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop moving."""
        super().hideEvent(event)
        self._keep_time()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Move the part a little."""
        if event.timerId() != self._timer:
            super().timerEvent(event)
            return
        self._place = (self._place + TICK_MS / TURN_MS) % 1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.maximum() > 0:
            draw_bar(painter, rect, self.value() / self.maximum(), fill_color(self._tone))
            return
        fill_rounded(painter, rect, HEIGHT / 2, track_color())
        left = (self._place * (1 + SEGMENT) - SEGMENT) * rect.width() if self._timer else 0
        part = QRectF(left, 0, SEGMENT * rect.width(), HEIGHT).intersected(rect)
        fill_rounded(painter, part, HEIGHT / 2, fill_color(self._tone))

    def _keep_time(self) -> None:
        moving = self.isVisible() and self.maximum() == 0 and duration(TURN_MS) > 0
        if moving and not self._timer:
            self._timer = self.startTimer(TICK_MS)
        elif not moving and self._timer:
            self.killTimer(self._timer)
            self._timer = 0
