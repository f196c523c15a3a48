"""The steps of a run from top to bottom, each with its state and a note."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimerEvent
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, line_height
from marketer_desktop.ui.widgets.painting import (
    draw_arc,
    draw_icon,
    draw_text,
    fill_rounded,
    stroke_rounded,
    track_color,
)

CIRCLE, GAP, BETWEEN = 24, 12, 8
TICK_MS, TURN_MS = 33, 900


@dataclass(frozen=True)
class StepState:
    """One step; `status` is pending, in_progress, completed or error."""

    name: str
    status: str = "pending"
    note: str = ""


class Stepper(QWidget):
    """Done steps have a check, the current one turns, a failed one has a cross."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[StepState] = []
        self._timer, self._turn = 0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = {
            "pending": self.tr("to come"),
            "in_progress": self.tr("under way"),
            "completed": self.tr("done"),
            "error": self.tr("failed"),
        }

    def set(self, steps: list[StepState]) -> None:
        """Show other steps, or the same in another state."""
        if steps == self._steps:
            return
        self._steps = list(steps)
        told = (f"{step.name}: {self._words[step.status]} {step.note}".strip() for step in steps)
        self.setAccessibleName(self.tr("Steps"))
        self.setAccessibleDescription(", ".join(told))
        self._keep_time()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """At the usual text size, 48 px a step."""
        return QSize(240, max(self._row() * len(self._steps) - BETWEEN, 0))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but no step is left out."""
        return QSize(160, self.sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Start to turn."""
        self._keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop turning."""
        self._keep_time()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Turn the current step a little."""
        self._turn = (self._turn + TICK_MS / TURN_MS) % 1
        for place, step in enumerate(self._steps):
            if step.status == "in_progress":
                self.update(self._circle(place).toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circles, lines, names and notes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, step in enumerate(self._steps):
            circle = self._circle(place)
            if not event.rect().intersects(
                QRect(0, round(circle.top()), self.width(), self._row())
            ):
                continue
            self._paint_circle(painter, circle.adjusted(1, 1, -1, -1), place, step.status)
            if event.rect().right() > CIRCLE:  # else only the circle has turned
                self._paint_words(painter, circle.top(), step)
                self._paint_line(painter, circle.bottom(), place)

    def _circle(self, place: int) -> QRectF:
        return QRectF(0, place * self._row(), CIRCLE, CIRCLE)

    def _paint_line(self, painter: QPainter, bottom: float, place: int) -> None:
        """The line to the next step."""
        if place < len(self._steps) - 1:
            done = self._steps[place].status == "completed"
            painter.setPen(QPen(color("accent" if done else "button_border"), 2))
            x, below = CIRCLE / 2, bottom - CIRCLE + self._row()
            painter.drawLine(QPointF(x, bottom + 4), QPointF(x, below - 4))

    def _paint_circle(self, painter: QPainter, circle: QRectF, place: int, status: str) -> None:
        if status == "completed":
            fill_rounded(painter, circle, CIRCLE / 2, color("accent_subtle_hover"))
            draw_icon(painter, circle.center(), "check", "accent_text", 16)
        elif status == "error":
            fill_rounded(painter, circle, CIRCLE / 2, color("error_subtle"))
            draw_icon(painter, circle.center(), "x", "error_icon", 16)
        elif status == "in_progress":
            draw_arc(painter, circle, 1, track_color(), 3)
            draw_arc(painter, circle, 0.3, color("accent"), 3, self._turn)
        else:
            stroke_rounded(painter, circle, CIRCLE / 2, color("control"), 1.5)
            face, ink = font("caption_label", tabular=True), color("secondary")
            draw_text(painter, circle, str(place + 1), face, ink, Qt.AlignmentFlag.AlignHCenter)

    def _paint_words(self, painter: QPainter, top: float, step: StepState) -> None:
        left = CIRCLE + GAP
        face = font("strong") if step.status == "in_progress" else font("label")
        roles = {"pending": "secondary", "error": "error_text"}
        ink = color(roles.get(step.status, "text"))
        width = self.width() - left
        draw_text(painter, QRectF(left, top, width, CIRCLE), step.name, face, ink)
        if step.note:
            place = QRectF(left, top + CIRCLE - 1, width, line_height("caption"))
            draw_text(painter, place, step.note, font("caption", tabular=True), color("muted"))

    def _row(self) -> int:
        return CIRCLE + line_height("caption") + BETWEEN

    def _keep_time(self) -> None:
        turning = any(step.status == "in_progress" for step in self._steps)
        moving = self.isVisible() and turning and duration(TURN_MS) > 0
        if moving and not self._timer:
            self._timer = self.startTimer(TICK_MS)
        elif not moving and self._timer:
            self.killTimer(self._timer)
            self._timer = 0
