"""The handle that a section is dragged by, with the mouse or the arrow keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.button import IconButton

SIZE = 28
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Grip(IconButton):
    """Follows the pointer while it is held: no drag of the system, which would block the loop."""

    held = Signal(bool)
    dragged = Signal(int)  # where the pointer is, from the top of the screen
    stepped = Signal(int)  # one up or down

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("grip-vertical", name, size=SIZE, parent=parent)
        self.setToolTip(self.tr("Drag to move (Alt+Up, Alt+Down)"))
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.held.emit(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().toPoint().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.held.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys move it, too."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)
