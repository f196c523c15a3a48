"""The bell, with how many messages are unread."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font

SIZE, ICON, BADGE, BADGE_PX = 36, 20, 16, 10
MOST = 9


class Bell(ChromeButton):
    """Opens the notifications."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._unread = 0
        self.setFixedSize(SIZE, SIZE)
        self.set_unread(0)

    @property
    def unread(self) -> int:
        """How many messages are unread."""
        return self._unread

    def set_unread(self, count: int) -> None:
        """Show the count; nothing for 0."""
        self._unread = count
        name = self.tr("Notifications")
        told = self.tr("{0} unread").format(count)
        self.setAccessibleName(f"{name}, {told}" if count else name)
        self.setToolTip(f"{name} · {told}" if count else name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIZE, SIZE)

    def paint_content(self, painter: QPainter) -> None:
        """Bell and count."""
        edge = (SIZE - ICON) // 2
        bell = pixmap("bell", "secondary", ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(edge, edge), bell)
        if not self._unread:
            return
        text = f"{MOST}+" if self._unread > MOST else str(self._unread)
        width = BADGE if len(text) == 1 else BADGE + 5
        badge = QRect(SIZE // 2 + 9 - BADGE // 2, 3, width, BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("danger"))
        painter.drawRoundedRect(badge, BADGE / 2, BADGE / 2)
        figures = font("strong", tabular=True)
        figures.setPixelSize(BADGE_PX)
        painter.setFont(figures)
        painter.setPen(color("on_accent"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
