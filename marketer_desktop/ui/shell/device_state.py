"""Says where the content is: on this device, or also at the company whose model writes."""

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
        self._text, self._icon = "", "monitor"
        self._is_icon_only = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_font(self, "secondary")
        current().changed.connect(self.update)
        self.set_cloud("")

    def set_cloud(self, company: str) -> None:
        """Name the company that briefs are sent to; empty if nothing is."""
        if company:
            self._icon, self._text = "cloud", self.tr("Sends to {0}").format(company)
            self.setToolTip(
                self.tr("Your briefs and quoted passages are sent to {0}.").format(company)
            )
        else:
            self._icon, self._text = "monitor", self.tr("On this device")
            self.setToolTip(self.tr("On this device. Nothing you write leaves this computer."))
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

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
        device = pixmap(self._icon, "secondary", ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, (self.height() - ICON) // 2), device)
        if not self._is_icon_only:
            painter.setPen(color("secondary"))
            room = QRect(ICON + GAP, 0, self.width(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._text)
