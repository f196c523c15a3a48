"""How the sync of each account stands, under the word at the top."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.show_sync import AccountSync
from marketer_desktop.ui.bridge.sync_summary import needs_person, state_of
from marketer_desktop.ui.shell.notifications_popover import local_now
from marketer_desktop.ui.widgets.button import Button, LinkButton
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.popover import Popover
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.sync_words import LOOKS, SyncWords

WIDTH = 340


class SyncPopover(Popover):
    """Knows only what it is told."""

    sync_asked = Signal()
    settings_asked = Signal()

    def __init__(self, anchor: QWidget, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(anchor, width=WIDTH)
        self._now, self._words = now, SyncWords(self)
        self.setAccessibleName(self.tr("Sync"))
        self._list = QWidget()
        self.settings = LinkButton(self.tr("Account settings"))
        self.sync_now = Button(self.tr("Sync now"), size="sm", icon="refresh-cw")
        foot = QHBoxLayout()
        foot.addWidget(self.settings)
        foot.addStretch(1)
        foot.addWidget(self.sync_now)
        self.body.addWidget(Label(self.tr("Sync"), "section"))
        self.body.addWidget(self._list)
        self.body.addWidget(Divider())
        self.body.addLayout(foot)
        self.settings.clicked.connect(self._to_settings)
        self.sync_now.clicked.connect(self.sync_asked)

    def toggle(self) -> None:
        """Open it, or close it."""
        if self.isVisible():
            self.close_popover()
        else:
            self.show_below()

    def show_accounts(self, accounts: Sequence[AccountSync]) -> None:
        """Show how they stand now."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for account in accounts:
            column.addLayout(self._account(account))
        self.body.replaceWidget(self._list, made)
        self._list.hide()
        self._list.deleteLater()
        self._list = made
        self.sync_now.set_loading(any(each.state == "syncing" for each in accounts))
        self.sync_now.setVisible(any(each.state != "signed_out" for each in accounts))
        if self.isVisible():
            made.show()
            self.move(self._fit())

    def _account(self, account: AccountSync) -> QHBoxLayout:
        state = state_of(account)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(account.host, "label", elide=True))
        for text in self._said(account, state):
            words.addWidget(Label(text, "secondary", "secondary", wrap=True))
        if needs_person(account):
            look = LinkButton(self.tr("See what to do"))
            look.clicked.connect(self._to_settings)
            words.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Sign(*LOOKS[state], 18, line=20), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _said(self, account: AccountSync, state: str) -> list[str]:
        said = [self._words.state(state, account.waiting)]
        if account.state != "signed_out":
            said[0] += f" · {self._words.last(account.last_synced_at, self._now())}"
        if state != "waiting" and account.waiting:
            said.append(f"{self._words.waiting(account.waiting)}.")
        if account.problem:
            said.append(account.problem)
        said += self._words.open_questions(account.conflicts, account.quarantined)
        return said

    def _to_settings(self) -> None:
        self.close_popover()
        self.settings_asked.emit()
