"""The turning arc that says something is under way."""

from PySide6.QtCore import QRectF, QTimerEvent
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.painting import draw_arc, track_color

TICK_MS, TURN_MS = 33, 900


class Spinner(QWidget):
    """Turns while it is visible; stands still when motion is off."""

    def __init__(self, size: int = 18, role: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.setAccessibleName(self.tr("Working"))
        self._role = role
        self._timer = 0
        self._turn = 0.0

    def showEvent(self, event: QShowEvent) -> None:
        """Start to turn."""
        if not self._timer and duration(TURN_MS):
            self._timer = self.startTimer(TICK_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop turning."""
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    def timerEvent(self, event: QTimerEvent) -> None:
        """Turn a little."""
        self._turn = (self._turn + TICK_MS / TURN_MS) % 1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arc on its track."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = max(2.0, self.width() / 9)
        draw_arc(painter, QRectF(self.rect()), 1, track_color(), stroke)
        draw_arc(painter, QRectF(self.rect()), 0.28, color(self._role), stroke, self._turn)
