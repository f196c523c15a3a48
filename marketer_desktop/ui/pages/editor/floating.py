"""Small panels that float over the text: the commands for a selection, and proposals."""

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.widgets.painting import fill_rounded, stroke_rounded
from marketer_desktop.ui.widgets.shadow import SoftShadow

RADIUS, GAP, EDGE = 10, 6, 8


class Floating(QWidget):
    """Lies inside its parent, so its round corners need no compositor."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shadow = SoftShadow(self, RADIUS)
        self.setProperty("overlay", True)
        self.hide()

    def place(self, passage: QRect, *, above: bool) -> None:
        """Stand above or below a passage of the parent, inside the parent."""
        parent = self.parentWidget()
        assert parent is not None
        room = parent.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self.adjustSize()
        over = passage.top() - GAP - self.height()
        under = passage.bottom() + GAP
        fits_over = over >= room.top()
        fits_under = under + self.height() <= room.bottom()
        top = over if (above and fits_over) or (not fits_under and fits_over) else under
        left = passage.center().x() - self.width() // 2
        self.move(
            QPoint(
                max(room.left(), min(left, room.right() - self.width())),
                max(room.top(), min(top, room.bottom() - self.height())),
            )
        )
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plane and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        fill_rounded(painter, rect, RADIUS, color("raised"))
        edge = "button_border" if current().tokens.dark else "hairline"
        stroke_rounded(painter, rect, RADIUS, color(edge))
