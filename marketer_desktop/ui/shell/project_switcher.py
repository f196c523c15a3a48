"""The project that the window looks at, and the list to choose another from."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.shell.popup_menu import literal, open_below
from marketer_desktop.ui.theme.icons import pixmap
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.menu import MenuItem

HEIGHT, PADDING, CHEVRON, GAP = 36, 12, 16, 20
WIDEST = 240

Projects = Sequence[tuple[int, str]]  # number and name


class ProjectSwitcher(ChromeButton):
    """None stands for all projects."""

    chosen = Signal(object)
    manage_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._projects: list[tuple[int, str]] = []
        self._current: int | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        set_font(self, "label")
        self.clicked.connect(lambda: open_below(self, self.items()))
        self._rename()

    def set_projects(self, projects: Projects, current: int | None) -> None:
        """Show these; a `current` that is not among them counts as all."""
        self._projects = list(projects)
        self._current = current if current in dict(projects) else None
        self._rename()

    def sizeHint(self) -> QSize:
        """As wide as the name, up to a limit."""
        name = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(min(PADDING + name + GAP + CHEVRON + PADDING, WIDEST), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Still a name to recognise."""
        return QSize(min(120, self.sizeHint().width()), HEIGHT)

    def paint_content(self, painter: QPainter) -> None:
        """The name and a chevron."""
        left = self.width() - PADDING - CHEVRON
        chevron = pixmap("chevron-down", "secondary", CHEVRON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(left, (self.height() - CHEVRON) // 2), chevron)
        room = QRect(PADDING, 0, left - PADDING - 8, self.height())
        name = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(color("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)

    def _rename(self) -> None:
        name = dict(self._projects).get(self._current or 0, self.tr("All projects"))
        self.setText(name)
        self.setAccessibleName(self.tr("Project: {0}").format(name))
        self.setToolTip(name if self.sizeHint().width() >= WIDEST else "")
        self.updateGeometry()
        self.update()

    def items(self) -> list[MenuItem | None]:
        """What the menu offers."""
        return [
            self._item(None, self.tr("All projects")),
            *(self._item(number, name) for number, name in self._projects),
            None,
            MenuItem(self.tr("Manage projects…"), self.manage_asked.emit),
        ]

    def _item(self, number: int | None, name: str) -> MenuItem:
        is_current = number == self._current
        return MenuItem(literal(name), lambda: self.chosen.emit(number), checked=is_current)
