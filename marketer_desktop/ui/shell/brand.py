"""The product's mark and its name."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import font, scale

NAME = "Marketer"
MARK, GAP = 24, 10
NAME_PX = 15  # a size of its own: it is part of the mark


def mark_font() -> QFont:
    """The font of the name beside the mark."""
    made = font("strong")
    made.setPixelSize(round(NAME_PX * scale()))
    return made


class Mark(QWidget):
    """The mark alone, `size` px wide."""

    def __init__(self, size: int = MARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setFixedSize(size, size)
        self.setAccessibleName(NAME)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark."""
        mark = pixmap("app", "text", self._size, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, mark)


class Brand(QWidget):
    """Mark and name, on the topbar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows_name = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(NAME)
        current().changed.connect(self.update)

    def set_name_shown(self, shown: bool) -> None:
        """Show the name too, or the mark alone."""
        self._shows_name = shown
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as what is shown."""
        self.setFont(mark_font())
        name = GAP + self.fontMetrics().horizontalAdvance(NAME)
        return QSize(MARK + (name if self._shows_name else 0), MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark, and the name if it is shown."""
        painter = QPainter(self)
        painter.drawPixmap(QPoint(0, 0), pixmap("app", "text", MARK, self.devicePixelRatioF()))
        if self._shows_name:
            painter.setFont(mark_font())
            painter.setPen(color("text"))
            room = QRect(MARK + GAP, 0, self.width(), MARK)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, NAME)
