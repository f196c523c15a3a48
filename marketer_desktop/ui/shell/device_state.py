"""Says where the content is: on this device, or also at the company whose model writes."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.theme.type import set_font

HEIGHT, ICON, GAP = 20, 16, 8


class DeviceState(QWidget):
    """An icon with a few words, or the icon with a tooltip.

    Where something is synced it makes room for that, unless texts also go to a company.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._icon, self._company = "", "monitor", ""
        self._is_icon_only = False
        self._is_synced: bool | None = None  # not known yet: then nothing is claimed
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_font(self, "secondary")
        current().changed.connect(self.update)
        self.set_cloud("")

    def set_cloud(self, company: str) -> None:
        """Name the company that briefs are sent to; empty if nothing is."""
        self._company = company
        if company:
            self._icon, self._text = "cloud", self.tr("Sends to {0}").format(company)
            self.setToolTip(
                self.tr("Your briefs and quoted passages are sent to {0}.").format(company)
            )
        else:
            self._icon, self._text = "monitor", self.tr("On this device")
            self.setToolTip(self.tr("On this device. Nothing you write leaves this computer."))
        self.setAccessibleName(self._text)
        self._fit()

    def set_synced(self, synced: bool) -> None:
        """Say nothing of this device where it is not the only place of what is written."""
        self._is_synced = synced
        self._fit()

    def set_icon_only(self, icon_only: bool) -> None:
        """Leave the words to the tooltip."""
        self._is_icon_only = icon_only
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as what is shown."""
        words = GAP + self.fontMetrics().horizontalAdvance(self._text)
        return QSize(ICON + (words if self._has_words else 0), HEIGHT)

    @property
    def _has_words(self) -> bool:
        return not self._is_icon_only and not self._is_synced

    def _fit(self) -> None:
        if self.parentWidget() is not None:  # shown before it has one, it is a window
            self.setVisible(bool(self._company) or self._is_synced is False)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon and words."""
        painter = QPainter(self)
        device = pixmap(self._icon, "secondary", ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, (self.height() - ICON) // 2), device)
        if self._has_words:
            painter.setPen(color("secondary"))
            room = QRect(ICON + GAP, 0, self.width(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._text)
