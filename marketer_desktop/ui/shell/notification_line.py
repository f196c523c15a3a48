"""One notification in the popover."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.services.notifications import Notification
from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, set_font
from marketer_desktop.ui.widgets.painting import draw_icon, draw_text, width_of

HEIGHT, INSET, ICON, TEXT_LEFT, DOT = 60, 12, 18, 42, 8
LOOKS = {
    "workflow_complete": ("circle-check", "success_icon"),
    "workflow_failed": ("circle-alert", "error_icon"),
    "publish_failed": ("circle-alert", "error_icon"),
    "publish_complete": ("send", "success_icon"),
    "outline_review": ("list-checks", "accent_text"),
    "needs_attention": ("triangle-alert", "warning_icon"),
    "quota_exceeded": ("triangle-alert", "warning_icon"),
    "team_invite": ("users", "accent_text"),
}


class NotificationLine(ChromeButton):
    """A click opens what it is about."""

    def __init__(self, item: Notification, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.item = item
        moment = item.created_at.astimezone(now.tzinfo)
        self._time = f"{moment:%H:%M}"
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_font(self, "label")
        unread = "" if item.is_read else self.tr("Unread")
        spoken = filter(None, (unread, item.title, item.message, self._time))
        self.setAccessibleName(", ".join(spoken))
        self.setToolTip(item.message)

    def ground(self) -> str | None:
        """Lit on a raised plane."""
        if self.isDown():
            return "pressed"
        return "hover_raised" if self.underMouse() else None

    def sizeHint(self) -> QSize:
        """As wide as the popover."""
        return QSize(300, HEIGHT)

    def _look(self) -> tuple[str, str]:
        """The sign and its colour."""
        if (self.item.details or {}).get("failed_checks"):
            return LOOKS["needs_attention"]
        return LOOKS.get(self.item.type, ("info", "secondary"))

    def paint_content(self, painter: QPainter) -> None:
        """A sign, two lines, the time, and a dot while it is unread."""
        name, role = self._look()
        draw_icon(painter, QPointF(INSET + ICON / 2, 20), name, role, ICON)
        inner = QRectF(TEXT_LEFT, 10, self.width() - TEXT_LEFT - INSET, 20)
        right = Qt.AlignmentFlag.AlignRight
        caption = font("caption", tabular=True)
        draw_text(painter, inner, self._time, caption, color("secondary"), right)
        title = inner.adjusted(0, 0, -width_of(self._time, caption) - 12, 0)
        face = font("body" if self.item.is_read else "strong")
        draw_text(painter, title, self.item.title, face, color("text"))
        below = QRectF(TEXT_LEFT, 31, self.width() - TEXT_LEFT - INSET - DOT - 12, 18)
        draw_text(painter, below, self.item.message, font("secondary"), color("secondary"))
        if not self.item.is_read:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(QRect(self.width() - INSET - DOT, 36, DOT, DOT))
