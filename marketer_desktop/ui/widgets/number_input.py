"""A field for a whole number, with arrows to step it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QStyle, QWidget

from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.type import set_font

HEIGHT = 36
ARROW = 14
ARROW_EDGE = 8
TEXT_EDGE = 10
ROOM = 46  # beside the text: the arrows and the space before it


class NumberInput(QSpinBox):
    """Steps by arrow keys, by the wheel while it has focus, and by two arrows."""

    def __init__(
        self,
        minimum: int,
        maximum: int,
        step: int = 1,
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setRange(minimum, maximum)
        self.setSingleStep(step)
        self.setSuffix(f" {suffix}" if suffix else "")
        self.setGroupSeparatorShown(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEIGHT)
        self.lineEdit().setTextMargins(TEXT_EDGE, 0, 0, 1)
        set_font(self, "body", tabular=True)

    def sizeHint(self) -> QSize:
        """Wide enough for the largest number."""
        widest = self.textFromValue(self.maximum()) + self.suffix()
        return QSize(self.fontMetrics().horizontalAdvance(widest) + ROOM, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the largest number."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only while it has focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the page scrolls on

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrows, which no style sheet draws in our colours."""
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() // 2
        self._draw_arrow(painter, "chevron-up", middle - ARROW, self.value() < self.maximum())
        self._draw_arrow(painter, "chevron-down", middle, self.value() > self.minimum())

    def _draw_arrow(self, painter: QPainter, name: str, top: int, leads_on: bool) -> None:
        place = QRect(self.width() - ARROW_EDGE - ARROW, top, ARROW, ARROW)
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        role = "secondary" if self.isEnabled() and leads_on else "disabled"
        made = icons.pixmap(name, role, ARROW, self.devicePixelRatioF())
        painter.drawPixmap(place.topLeft(), made)
