"""One account on a server: who one is there, how it syncs, and the way out."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from marketer_desktop.services.server_accounts import ServerAccount
from marketer_desktop.services.show_sync import AccountSync
from marketer_desktop.ui.bridge.sync_summary import state_of
from marketer_desktop.ui.pages.settings.rows import SettingRow, SettingsCard
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.sync_words import SyncWords


class AccountCard(SettingsCard):
    """Stays the same widget while its account is shown, so that the keyboard stays in place."""

    sync_asked = Signal(int)
    sign_out_asked = Signal(int)
    sign_in_asked = Signal(int)

    def __init__(self, account: ServerAccount, parent: QWidget | None = None) -> None:
        super().__init__(account.host, parent=parent)
        self._words = SyncWords(self)
        self._sync: AccountSync | None = None
        self.account = account
        self.pill = Pill("")
        self.head.addWidget(self.pill)
        self.problem = Banner("neutral", "")
        self.sign_out = Button(self.tr("Sign out"), size="sm")
        self.sign_in = Button(self.tr("Sign in again"), size="sm")
        self.sync_now = Button(self.tr("Sync now"), size="sm", icon="refresh-cw")
        self.person = SettingRow(account.email, " ", self.sign_out)
        self.state = SettingRow(self.tr("Sync"), " ", self.sync_now)
        self.again = SettingRow(self.tr("Signed out"), " ", self.sign_in)
        self.sign_out.setAccessibleName(self.tr("Sign out of {0}").format(account.host))
        self.sync_now.setAccessibleName(self.tr("Sync {0} now").format(account.host))
        self.sign_in.setAccessibleName(self.tr("Sign in to {0} again").format(account.host))
        self._lay_out()
        self.sign_out.clicked.connect(lambda: self.sign_out_asked.emit(self.account.id))
        self.sign_in.clicked.connect(lambda: self.sign_in_asked.emit(self.account.id))
        self.sync_now.clicked.connect(lambda: self.sync_asked.emit(self.account.id))

    def show_account(
        self, account: ServerAccount, sync: AccountSync | None, organizations: Sequence[str]
    ) -> None:
        """Show how it stands now, and what it has brought here."""
        self.account, self._sync = account, sync
        is_in = account.state == "signed_in"
        holder = QApplication.focusWidget()
        self.person.title.setText(account.email)
        self.person.set_hint(self._about(account, organizations))
        self.sign_out.setVisible(is_in)
        self.show_row(self.state, shown=is_in)
        self.show_row(self.again, shown=not is_in)
        self.again.set_hint(self._kept(organizations))
        if holder in (self.sign_out, self.sync_now, self.sign_in) and not holder.isVisible():
            (self.sign_out if is_in else self.sign_in).setFocus()  # it stays in the card
        self._show_sync(is_in)
        self.tell_time()

    def tell_time(self) -> None:
        """Say anew how long ago it was."""
        if self._sync is not None:
            last = self._words.last(self._sync.last_synced_at, datetime.now(UTC))
            self.state.set_hint(self._sentences(last, self._sync))

    def _lay_out(self) -> None:
        for row in (self.person, self.state, self.again):
            self.add_row(row)
        self._banner_row = _inset(self.problem)
        self.body.insertWidget(0, self._banner_row)
        self._banner_row.hide()

    def _show_sync(self, is_in: bool) -> None:
        sync = self._sync
        if not is_in:
            asks = bool(self.account.problem)
            words = self._words.pill("needs_attention" if asks else "signed_out")
        elif sync is None:
            words = (self.tr("Connected"), "success")
        else:
            words = self._words.pill(state_of(sync), sync.waiting)
        self.pill.set(*words)
        self.sync_now.set_loading(sync is not None and sync.state == "syncing")
        said = self.account.problem or (sync.problem if sync is not None else "")
        calm = sync is not None and sync.state == "offline"
        self.problem.set("neutral" if calm else "warning", said)
        self._banner_row.setVisible(bool(said))

    def _about(self, account: ServerAccount, organizations: Sequence[str]) -> str:
        how = {
            "password": self.tr("Signed in with e-mail and password"),
            "browser": self.tr("Signed in with the browser"),
            "oidc": self.tr("Signed in with {0}").format(account.issuer or self.tr("the browser")),
        }
        is_in = account.state == "signed_in"
        parts = (how[account.kind] if is_in else "", ", ".join(organizations))
        return " · ".join(filter(None, parts))

    def _kept(self, organizations: Sequence[str]) -> str:
        if not organizations:
            return self.tr("Nothing of it is on this computer.")
        return self.tr(
            "What was synced is still here and can be read. Changes wait until you sign in again."
        )

    def _sentences(self, last: str, sync: AccountSync) -> str:
        waiting = self._words.waiting(sync.waiting)
        return ". ".join(filter(None, (last, waiting))) + "."


def _inset(widget: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(EDGE, 0, EDGE, 8)
    column.addWidget(widget)
    return box
