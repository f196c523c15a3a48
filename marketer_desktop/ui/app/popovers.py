"""What opens over the pages from anywhere: the palette, the notifications, the shortcuts."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from marketer_desktop.ui.app.sync_watch import SyncWatch
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.notifications_popover import NotificationsPopover
from marketer_desktop.ui.shell.palette import Palette
from marketer_desktop.ui.shell.shortcut_sheet import ShortcutSheet
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.shell.window import MainWindow


class Popovers(QObject):
    """Opens what the topbar and the shortcuts ask for; the topbar must be in its window by now."""

    def __init__(
        self,
        window: MainWindow,
        context: PageContext,
        topbar: Topbar,
        leave: Callable[[], None],
    ) -> None:
        super().__init__()
        self._window = window
        self._palette = Palette(context, self.open_shortcuts, leave)
        self._notifications = NotificationsPopover(topbar.bell, context)
        self._sync = SyncWatch(context, topbar)
        self._notifications.unread_changed.connect(topbar.set_unread)
        topbar.palette_asked.connect(self.open_palette)
        topbar.notifications_asked.connect(self._notifications.toggle)
        topbar.shortcuts_asked.connect(self.open_shortcuts)

    def read(self) -> None:
        """Read how many messages are unread, and how the sync stands."""
        self._notifications.read()
        self._sync.read()

    def open_palette(self) -> None:
        """Open the palette, or close it."""
        self._palette.toggle()

    def open_shortcuts(self) -> None:
        """Show all shortcuts."""
        ShortcutSheet(self._window).open_sheet()
