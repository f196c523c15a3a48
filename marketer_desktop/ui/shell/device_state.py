"""Says where the content is: on this device."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import set_font

HEIGHT, ICON, GAP = 20, 16, 8


class DeviceState(QWidget):
    """An icon with a few words, or the icon with a tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self.tr("On this device")
        self._is_icon_only = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._text)
        self.setToolTip(self.tr("On this device. Nothing you write leaves this computer."))
        set_font(self, "secondary")
        current().changed.connect(self.update)

    def set_icon_only(self, icon_only: bool) -> None:
        """Leave the words to the tooltip."""
        self._is_icon_only = icon_only
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as what is shown."""
        words = GAP + self.fontMetrics().horizontalAdvance(self._text)
        return QSize(ICON + (0 if self._is_icon_only else words), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon and words."""
        painter = QPainter(self)
        device = pixmap("monitor", "secondary", ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, (self.height() - ICON) // 2), device)
        if not self._is_icon_only:
            painter.setPen(color("secondary"))
            room = QRect(ICON + GAP, 0, self.width(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._text)
