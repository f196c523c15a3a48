"""Keeps the word at the top in step with the sync, and what opens under it."""

from datetime import datetime

from PySide6.QtCore import QObject

from marketer_desktop.services.show_sync import ShowSync, SyncNow, SyncReport
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.sync_summary import summary
from marketer_desktop.ui.shell.sync_popover import SyncPopover
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.widgets.sync_words import SyncWords

SUBJECTS = frozenset({"accounts", "sync", "projects", "activities"})  # what is changed waits
TASK, ROUND = "bars sync", "bars sync now"


class SyncWatch(QObject):
    """Reads when the engine says that something has changed, never by the clock."""

    def __init__(self, context: PageContext, topbar: Topbar) -> None:
        super().__init__()
        self._context, self._topbar = context, topbar
        self._words = SyncWords(self)
        self._is_stale = False
        self.popover = SyncPopover(topbar.sync)
        topbar.sync.clicked.connect(self.popover.toggle)
        self.popover.sync_asked.connect(self._sync)
        self.popover.settings_asked.connect(self._to_settings)
        topbar.account_asked.connect(self._to_settings)
        context.engine.changed.connect(self._on_change)

    def read(self) -> None:
        """See how all accounts stand; what changes meanwhile is read, too."""
        self._is_stale = True
        self._context.tasks.start(TASK, self._read())

    async def _read(self) -> None:
        while self._is_stale:
            self._is_stale = False
            self._show(await self._context.engine.call(ShowSync()))

    def _show(self, told: SyncReport) -> None:
        shown = summary(told.accounts)
        last = self._words.last(shown.last, datetime.now().astimezone())
        more = ". ".join(filter(None, (self._words.waiting(shown.waiting), last)))
        self._topbar.set_sync(shown.state, shown.waiting, more)
        self.popover.show_accounts(told.accounts)

    def _to_settings(self) -> None:
        self._context.go.to("settings", section="account")

    def _sync(self) -> None:
        self._context.tasks.start(ROUND, self._round())

    async def _round(self) -> None:
        self._show(await self._context.engine.call(SyncNow()))

    def _on_change(self, subject: str) -> None:
        if subject in SUBJECTS:
            self.read()
