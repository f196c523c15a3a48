"""A person's initials in a circle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font

LETTER_SHARE = 0.4


class Avatar(QWidget):
    """Decoration: the name stands beside it, or on the button that holds it."""

    def __init__(self, name: str, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(size, size))
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._initials = initials(name)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle and initials."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_subtle"))
        painter.drawEllipse(QRectF(self.rect()))
        letters = font("strong")
        letters.setPixelSize(round(self.width() * LETTER_SHARE))
        painter.setFont(letters)
        painter.setPen(color("accent_text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()
