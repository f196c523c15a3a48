"""How what is shared with a server stands, in a word; a click tells more."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.sync_words import LOOKS, SyncWords

HEIGHT, ICON, GAP, EDGE = 32, 16, 8, 8


class SyncState(ChromeButton):
    """An icon with a word or two, or the icon with a tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words = SyncWords(self)
        self._text, self._look = "", LOOKS["up_to_date"]
        self._is_icon_only = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_font(self, "secondary")
        self.set_state("up_to_date")

    def set_state(self, state: str, waiting: int = 0, more: str = "") -> None:
        """Show another state; `more` is told by the tooltip."""
        self._text, self._look = self._words.state(state, waiting), LOOKS[state]
        self.setText(self._text)
        self.setAccessibleName(self.tr("Sync: {0}").format(self._text))
        self.setToolTip(" · ".join(filter(None, (self._text, more))))
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
        return QSize(2 * EDGE + ICON + (0 if self._is_icon_only else words), HEIGHT)

    def paint_content(self, painter: QPainter) -> None:
        """Icon and words."""
        sign = pixmap(*self._look, ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(EDGE, (self.height() - ICON) // 2), sign)
        if not self._is_icon_only:
            painter.setPen(color("secondary"))
            room = QRect(EDGE + ICON + GAP, 0, self.width(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._text)
