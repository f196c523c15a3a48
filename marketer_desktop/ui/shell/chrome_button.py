"""A button on the window's edge planes: flat, lit under the mouse, with a ring for the keyboard."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color, current

RADIUS = 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChromeButton(QAbstractButton):
    """Paints its ground; subclasses paint what lies on it in `paint_content`."""

    def __init__(self, name: str, parent: QWidget | None = None, *, radius: int = RADIUS) -> None:
        super().__init__(parent)
        self._radius = radius
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ring_on_focus(self, radius)
        current().changed.connect(self.update)

    def ground(self) -> str | None:
        """The role of the ground's colour now; None leaves the plane beneath."""
        if self.isDown():
            return "pressed"
        return "hover_chrome" if self.underMouse() and self.isEnabled() else None

    def paint_content(self, painter: QPainter) -> None:
        """Paint what lies on the ground."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then what lies on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.ground()
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ground))
            painter.drawRoundedRect(QRectF(self.rect()), self._radius, self._radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(self.font())
        self.paint_content(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go dark."""
        super().leaveEvent(event)
        self.update()
