"""A box to tick, with its text."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QWidget

from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import line_height, set_font

BOX = 18
SIGN = 14
GAP = 10
RADIUS = 5
SLACK = 4  # the focus ring keeps off the text


class CheckBox(QCheckBox):
    """Ticked, not, or in part."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        set_font(self, "body")
        ring_on_focus(self, radius=RADIUS)

    def sizeHint(self) -> QSize:
        """Box and text."""
        text = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        width = BOX + (GAP + text + SLACK if self.text() else 0)
        return QSize(width, max(BOX, line_height("body")))

    def minimumSizeHint(self) -> QSize:
        """The box: the text may be elided."""
        return QSize(BOX, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        """The text takes clicks, too."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(0, (self.height() - BOX) // 2, BOX, BOX)
        self._draw_box(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), box))
        rest = self.rect().adjusted(BOX + GAP, 0, 0, 0)
        self._draw_text(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), rest))

    def _draw_box(self, painter: QPainter, box: QRect) -> None:
        is_on = self.checkState() != Qt.CheckState.Unchecked
        fill, edge = self._colours(is_on)
        painter.setBrush(color(fill))
        painter.setPen(QPen(color(edge), 1))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if is_on:
            name = "check" if self.checkState() == Qt.CheckState.Checked else "minus"
            ink = "on_accent" if self.isEnabled() else "surface"
            made = icons.pixmap(name, ink, SIGN, self.devicePixelRatioF())
            inset = (BOX - SIGN) // 2
            painter.drawPixmap(box.left() + inset, box.top() + inset, made)

    def _colours(self, is_on: bool) -> tuple[str, str]:
        if not self.isEnabled():
            return ("disabled", "disabled") if is_on else ("sunken", "button_border")
        if is_on:
            role = "accent_hover" if self.underMouse() else "accent"
            return role, role
        return "surface", "secondary" if self.underMouse() else "control"

    def _draw_text(self, painter: QPainter, rest: QRect) -> None:
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, rest.width(), Qt.TextFlag.TextShowMnemonic
        )
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        flags = leading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(rest, flags, text)
