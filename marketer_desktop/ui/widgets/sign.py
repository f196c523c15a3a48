"""An icon beside a text, that cannot be pressed."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme import icons


class Sign(QWidget):
    """Follows the theme; the text beside it says the same."""

    def __init__(
        self,
        name: str,
        role: str = "secondary",
        size: int = 16,
        *,
        line: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedSize(size, max(size, line))  # as high as the first line of its text
        self.set(name, role)

    def set(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        role = self._role if self.isEnabled() else "disabled"
        made = icons.pixmap(self._name, role, self.width(), self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, (self.height() - self.width()) // 2, made)
