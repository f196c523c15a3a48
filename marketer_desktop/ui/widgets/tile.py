"""A large button with a badge, a title and a line below it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, line_height
from marketer_desktop.ui.widgets.enter_key import pressed_by_enter

HEIGHT = 76
RADIUS = 12
BADGE = 36
EDGE = 12
GAP = 10
END = 8


class Tile(QAbstractButton):
    """`tint` is the role of the badge's colour, as `chart_1`."""

    def __init__(
        self, icon: str, title: str, subtitle: str, tint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(title)
        self._icon, self._subtitle, self._tint = icon, subtitle, tint
        self.setAccessibleDescription(subtitle)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        ring_on_focus(self, RADIUS)

    def sizeHint(self) -> QSize:
        """All of both lines."""
        lines = ((self.text(), "label"), (self._subtitle, "caption"))
        text = max(QFontMetrics(font(style)).horizontalAdvance(line) for line, style in lines)
        return QSize(EDGE + BADGE + GAP + text + END, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Badge and a short title."""
        return QSize(120, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it, too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint plane, badge, title and line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_plane(painter)
        self._draw_badge(painter)
        upper, lower = line_height("label"), line_height("caption")
        top = (self.height() - upper - lower) // 2
        self._draw_line(painter, self.text(), "label", "text", QRect(0, top, 0, upper))
        place = QRect(0, top + upper, 0, lower)
        self._draw_line(painter, self._subtitle, "caption", "secondary", place)

    def _draw_plane(self, painter: QPainter) -> None:
        fill = "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
        painter.setBrush(color(fill))
        painter.setPen(QPen(color("button_border" if self.underMouse() else "hairline"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _draw_badge(self, painter: QPainter) -> None:
        place = QRect(EDGE, (self.height() - BADGE) // 2, BADGE, BADGE)
        made = icons.badge(self._icon, self._tint, BADGE, self.devicePixelRatioF())
        painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), self.rect(), place), made)

    def _draw_line(self, painter: QPainter, text: str, style: str, role: str, place: QRect) -> None:
        place.setLeft(EDGE + BADGE + GAP)
        place.setRight(self.width() - END)
        painter.setFont(font(style))
        painter.setPen(color(role if self.isEnabled() else "disabled"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        rect = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        painter.drawText(rect, leading | Qt.AlignmentFlag.AlignVCenter, shown)
