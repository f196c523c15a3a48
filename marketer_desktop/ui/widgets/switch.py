"""A switch that holds at once, without a button to confirm it."""

from PySide6.QtCore import Property, QPropertyAnimation, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QStyle, QWidget

from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import line_height, set_font

TRACK = QSize(36, 20)
KNOB_EDGE = 3
GAP = 10
SLACK = 4  # the focus ring keeps off the text
SLIDE_MS = 120


class Switch(QAbstractButton):
    """The text stands behind the switch; without one, set an accessible name."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_font(self, "body")
        self._place = 0.0
        self._slide = QPropertyAnimation(self, b"place", self)
        self._slide.setEasingCurve(motion.EASE)
        self.toggled.connect(self._on_toggled)
        ring_on_focus(self, radius=10)

    def sizeHint(self) -> QSize:
        """Track and text."""
        width = TRACK.width()
        if self.text():
            width += GAP + self.fontMetrics().horizontalAdvance(self.text()) + SLACK
        return QSize(width, max(TRACK.height(), line_height("body")))

    def minimumSizeHint(self) -> QSize:
        """Track and text."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track, knob and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._draw_track(painter)
        if self.text():
            self._draw_text(painter)

    def _draw_track(self, painter: QPainter) -> None:
        box = self.rect()
        box.setSize(TRACK)
        box.moveTop((self.height() - TRACK.height()) // 2)
        track = QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), box))
        painter.setBrush(color(self._track_role()))
        painter.drawRoundedRect(track, TRACK.height() / 2, TRACK.height() / 2)
        side = TRACK.height() - 2 * KNOB_EDGE
        way = (TRACK.width() - side - 2 * KNOB_EDGE) * self._place
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            way = TRACK.width() - side - 2 * KNOB_EDGE - way
        painter.setBrush(color("on_accent" if self.isEnabled() else "surface"))
        painter.drawEllipse(
            QRectF(track.left() + KNOB_EDGE + way, track.top() + KNOB_EDGE, side, side)
        )

    def _draw_text(self, painter: QPainter) -> None:
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        rest = self.rect().adjusted(TRACK.width() + GAP, 0, 0, 0)
        rest = QStyle.visualRect(self.layoutDirection(), self.rect(), rest)
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(rest, leading | Qt.AlignmentFlag.AlignVCenter, self.text())

    def _track_role(self) -> str:
        if not self.isEnabled():
            return "button_border"
        if not self.isChecked():
            return "control"
        return "accent_hover" if self.underMouse() else "accent"

    def _on_toggled(self, checked: bool) -> None:
        self._slide.stop()
        self._slide.setDuration(motion.duration(SLIDE_MS) if self.isVisible() else 0)
        self._slide.setEndValue(1.0 if checked else 0.0)
        self._slide.start()

    def _get_place(self) -> float:
        return self._place

    def _set_place(self, place: float) -> None:
        self._place = place
        self.update()

    place = Property(float, _get_place, _set_place)
