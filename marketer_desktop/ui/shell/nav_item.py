"""One entry of the sidebar: icon and name, or the icon alone on the rail."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import set_font

HEIGHT, RAIL_SIZE = 36, 40
ICON = 20
PADDING, TEXT_LEFT = 12, 41
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class NavItem(ChromeButton):
    """Checked while its page is shown."""

    moved = Signal(int)  # the keyboard asks for the entry before (-1) or after (1)

    def __init__(self, page: str, icon: str, name: str, keys: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.page, self._icon, self._name, self._keys = page, icon, name, keys
        self._is_narrow = False
        self.setText(name)
        self.setCheckable(True)
        set_font(self, "label")
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the name is in the tooltip then."""
        self._is_narrow = narrow
        self.setToolTip(f"{self._name}  {self._keys}" if narrow else "")
        self.setFixedHeight(RAIL_SIZE if narrow else HEIGHT)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A square on the rail, a line elsewhere."""
        if self._is_narrow:
            return QSize(RAIL_SIZE, RAIL_SIZE)
        width = TEXT_LEFT + self.fontMetrics().horizontalAdvance(self._name) + PADDING
        return QSize(width, HEIGHT)

    def nextCheckState(self) -> None:
        """Only the page that is shown decides what is checked."""

    def ground(self) -> str | None:
        """The page that is shown keeps its ground."""
        return "selected" if self.isChecked() else super().ground()

    def paint_content(self, painter: QPainter) -> None:
        """The icon, and the name where there is room."""
        lit = self.isChecked() or self.underMouse()
        role = "accent_text" if self.isChecked() else "text" if lit else "secondary"
        left = (self.width() - ICON) // 2 if self._is_narrow else PADDING
        place = QPoint(left, (self.height() - ICON) // 2)
        painter.drawPixmap(place, pixmap(self._icon, role, ICON, self.devicePixelRatioF()))
        if not self._is_narrow:
            painter.setPen(color(role))
            room = QRect(TEXT_LEFT, 0, self.width() - TEXT_LEFT - PADDING, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the neighbours."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)
