"""What looks like a search field and opens the palette."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.shell.chrome_button import RADIUS, ChromeButton
from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, set_font
from marketer_desktop.ui.widgets.painting import fill_rounded, stroke_rounded

HEIGHT, ICON, PADDING, TEXT_LEFT = 34, 16, 10, 34
CAP_HEIGHT, CAP_PADDING, CAP_RIGHT, CAP_RADIUS = 20, 9, 6, 4


class SearchField(ChromeButton):
    """A button: typing happens in the palette that it opens."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._keys = keys
        name = self.tr("Search or jump to")
        self.setAccessibleName(name)
        self.setText(name)
        self.setFixedHeight(HEIGHT)
        self.setToolTip(f"{name}  {keys}")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        set_font(self, "secondary")

    def ground(self) -> str | None:
        """A field is lit by its edge only."""
        return "surface"

    def paint_content(self, painter: QPainter) -> None:
        """Edge, lens, what to do, and the keys for it."""
        edge = "button_border" if self.underMouse() else "hairline"
        stroke_rounded(painter, QRectF(self.rect()), RADIUS, color(edge))
        lens = pixmap("search", "secondary", ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(PADDING, (self.height() - ICON) // 2), lens)
        cap = self._paint_cap(painter)
        painter.setFont(self.font())
        painter.setPen(color("muted"))
        room = QRect(TEXT_LEFT, 0, cap.left() - TEXT_LEFT - PADDING, self.height())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_cap(self, painter: QPainter) -> QRect:
        """The key cap at the right; returns where it is."""
        painter.setFont(font("caption"))
        width = painter.fontMetrics().horizontalAdvance(self._keys) + 2 * CAP_PADDING
        top = (self.height() - CAP_HEIGHT) // 2
        cap = QRect(self.width() - CAP_RIGHT - width, top, width, CAP_HEIGHT)
        fill_rounded(painter, QRectF(cap), CAP_RADIUS, color("window"))
        stroke_rounded(painter, QRectF(cap), CAP_RADIUS, color("hairline"))
        painter.setPen(color("secondary"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._keys)
        return cap
