"""The bar at the top: where one is, how to get elsewhere, what has happened, who one is."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from marketer_desktop.ui.shell.account_menu import AccountMenu, Organizations
from marketer_desktop.ui.shell.bell import Bell
from marketer_desktop.ui.shell.brand import Brand
from marketer_desktop.ui.shell.device_state import DeviceState
from marketer_desktop.ui.shell.project_switcher import Projects, ProjectSwitcher
from marketer_desktop.ui.shell.search_field import SearchField
from marketer_desktop.ui.shell.sync_state import SyncState
from marketer_desktop.ui.widgets.button import IconButton

HEIGHT, NARROWEST = 52, 560
LEFT, RIGHT = 18, 16
PAGE_EDGE = 237  # the switcher's name then stands in line with the pages' titles
COMPACT_EDGE = 164
DRAWER_BELOW = 768
SEARCH, COMPACT_SEARCH, NARROW_SEARCH = 340, 240, 216


class Topbar(QWidget):
    """Asks the window for everything; knows only what it is told."""

    project_chosen = Signal(object)
    palette_asked = Signal()
    notifications_asked = Signal()
    organization_chosen = Signal(int)
    new_organization_asked = Signal()
    page_asked = Signal(str)
    account_asked = Signal()
    shortcuts_asked = Signal()
    quit_asked = Signal()
    drawer_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._is_compact = False
        self._drawer = IconButton("menu", self.tr("Menu"))
        self._brand = Brand()
        self._edge = QWidget()
        self.projects = ProjectSwitcher()
        self.search = SearchField("Ctrl K", self)
        self.device, self.sync = DeviceState(), SyncState()
        self.sync.hide()
        self.device.hide()
        self.bell = Bell()
        self.account = AccountMenu()
        self._arrange()
        self._connect()
        self._fit()

    def set_projects(self, projects: Projects, current: int | None) -> None:
        """List the projects of the current organization; None stands for all of them."""
        self.projects.set_projects(projects, current)

    def set_unread(self, count: int) -> None:
        """Show how many messages are unread."""
        self.bell.set_unread(count)

    def set_person(self, name: str) -> None:
        """Show who works here."""
        self.account.set_person(name)

    def set_organizations(self, organizations: Organizations, current: int) -> None:
        """List the workspaces and which one this is."""
        self.account.set_organizations(organizations, current)

    def set_sync(self, state: str, waiting: int = 0, more: str = "") -> None:
        """Show how the sync stands; with no state there is none, and nothing leaves by it."""
        self.sync.setVisible(bool(state))
        if state:
            self.sync.set_state(state, waiting, more)
        self.device.set_synced(bool(state))

    def set_compact(self, compact: bool) -> None:
        """Make do with less width."""
        self._is_compact = compact
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The narrowest form."""
        return QSize(NARROWEST, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the drawer where there is no sidebar."""
        super().resizeEvent(event)
        self._fit()

    def _arrange(self) -> None:
        self._row = row = QHBoxLayout(self)
        # The bar takes what width there is: only then does it know which form it has.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(LEFT, 0, RIGHT, 0)
        row.setSpacing(0)
        left = QHBoxLayout(self._edge)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self._drawer)
        left.addWidget(self._brand)
        left.addStretch(1)
        row.addWidget(self._edge)
        row.addWidget(self.projects)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addStretch(1)
        row.addWidget(self.sync)
        row.addWidget(self.device)
        row.addSpacing(12)
        row.addWidget(self.bell)
        row.addSpacing(8)
        row.addWidget(self.account)

    def _connect(self) -> None:
        self._drawer.clicked.connect(self.drawer_asked)
        self.projects.chosen.connect(self.project_chosen)
        self.projects.manage_asked.connect(lambda: self.page_asked.emit("projects"))
        self.search.clicked.connect(self.palette_asked)
        self.bell.clicked.connect(self.notifications_asked)
        self.account.organization_chosen.connect(self.organization_chosen)
        self.account.new_organization_asked.connect(self.new_organization_asked)
        self.account.page_asked.connect(self.page_asked)
        self.account.account_asked.connect(self.account_asked)
        self.account.shortcuts_asked.connect(self.shortcuts_asked)
        self.account.quit_asked.connect(self.quit_asked)

    def _fit(self) -> None:
        is_narrow = self.width() < DRAWER_BELOW
        self._drawer.setVisible(is_narrow)
        self._brand.set_name_shown(not is_narrow)
        margin = 8 if is_narrow else LEFT
        self._row.setContentsMargins(margin, 0, RIGHT, 0)
        edge = self._edge.sizeHint().width() + 4 if is_narrow else COMPACT_EDGE - LEFT
        self._edge.setFixedWidth(edge if self._is_compact else PAGE_EDGE - LEFT)
        wide = COMPACT_SEARCH if self._is_compact else SEARCH
        self.search.setFixedWidth(NARROW_SEARCH if is_narrow else wide)
        for part in (self.device, self.sync):
            part.set_icon_only(self._is_compact)
