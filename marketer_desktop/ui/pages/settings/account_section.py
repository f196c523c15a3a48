"""Account: the servers that this computer is joined to, and what waits there for a decision."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.kept_secrets import SecretsPlace, ShowSecrets
from marketer_desktop.services.organizations import ListOrganizations, OrganizationEntry
from marketer_desktop.services.server_accounts import ServerAccount, ShowAccounts, SignOutAccount
from marketer_desktop.services.show_sync import AccountSync, ShowSync, SyncNow
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.account_card import AccountCard
from marketer_desktop.ui.pages.settings.connect_form import ConnectForm
from marketer_desktop.ui.pages.settings.connecting import Connection
from marketer_desktop.ui.pages.settings.deciding import Deciding
from marketer_desktop.ui.pages.settings.passphrase_sheet import Purpose, ask_passphrase
from marketer_desktop.ui.pages.settings.rows import IconLine
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.pages.settings.sign_out_sheet import SignOutSheet
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card

SUBJECTS = frozenset({"accounts", "organizations", "secrets", "sync", "projects", "activities"})
CLOCK_MS = 30_000  # how long ago it was is said anew; nothing is read for that


class AccountSection(Section):
    """A form while there is no account; else the accounts, and the form on demand."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.cards: dict[int, AccountCard] = {}
        self._syncs: dict[int, AccountSync] = {}
        self._organizations: list[OrganizationEntry] = []
        self._is_stale = self._is_asked = False
        self.form = ConnectForm()
        self.connection = Connection(context, self.form, self)
        self.deciding = Deciding(context)
        self.add = Button(self.tr("Connect another account"), icon="plus")
        self.key = IconLine("key-round", "")
        self.passphrase = Button("", size="sm")
        self._purpose: Purpose = "set"
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """See how everything stands; what changes meanwhile is read, too."""
        self._is_stale = True
        self.start_reading(self._look())

    async def _look(self) -> None:
        while self._is_stale:
            self._is_stale = False
            engine = self.context.engine
            accounts = (await engine.call(ShowAccounts())).accounts
            syncs = (await engine.call(ShowSync())).accounts
            self._syncs = {each.account_id: each for each in syncs}
            self._organizations = (await engine.call(ListOrganizations())).organizations
            self._show_place(await engine.call(ShowSecrets()))
            self._show(accounts)
            await self.deciding.read()

    def _lay_out(self) -> None:
        self._accounts = QWidget()
        self._cards = QVBoxLayout(self._accounts)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(20)
        self._adding = QWidget()
        row = QHBoxLayout(self._adding)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add)
        row.addStretch(1)
        self._about = Card(self.tr("What an account is for"))
        self._about.body.setSpacing(16)
        for icon, text in self._said():
            self._about.body.addWidget(IconLine(icon, text))
        self._about.body.addWidget(self.key)
        self._about.body.addWidget(self.passphrase, 0, Qt.AlignmentFlag.AlignLeft)
        parts = (self.deciding, self._accounts, self._adding, self.form, self._about)
        for part in parts:
            self.column.addWidget(part)
            part.hide()

    def _said(self) -> list[tuple[str, str]]:
        return [
            (
                "users",
                self.tr(
                    "The organizations, members and shared projects of a server are on this "
                    "computer, too, and what you change is sent there. Offline you go on working."
                ),
            ),
            (
                "shield",
                self.tr(
                    "Organizations that you made on this computer stay on it. Of a server's "
                    "organization, only projects that you share are sent; documents never are."
                ),
            ),
        ]

    def _connect(self) -> None:
        self.add.clicked.connect(self._ask_for_account)
        self.form.put_away.connect(self._put_away)
        self.deciding.settled.connect(self.add.setFocus)
        self.connection.connected.connect(self._on_connected)
        self.passphrase.clicked.connect(lambda: ask_passphrase(self.context, self._purpose))
        self._clock.timeout.connect(self._tell_time)
        self.context.engine.changed.connect(self._on_changed)
        self._clock.start()

    def _show(self, accounts: list[ServerAccount]) -> None:
        numbers = {account.id for account in accounts}
        for gone in self.cards.keys() - numbers:
            card = self.cards.pop(gone)
            card.hide()
            card.deleteLater()
        for account in accounts:
            if account.id not in self.cards:
                self._add_card(account)
            sync = self._syncs.get(account.id)
            self.cards[account.id].show_account(account, sync, self._names(account.id))
        self._arrange()
        self._about.show()

    def _names(self, account_id: int) -> list[str]:
        return [
            each.name
            for each in self._organizations
            if each.account is not None and each.account.account_id == account_id
        ]

    def _add_card(self, account: ServerAccount) -> None:
        card = self.cards[account.id] = AccountCard(account)
        card.sync_asked.connect(self._sync)
        card.sign_out_asked.connect(self._ask_to_sign_out)
        card.sign_in_asked.connect(self._sign_in_again)
        self._cards.addWidget(card)

    def _arrange(self) -> None:
        """One form at a time: it is there until there is an account, then when it is asked for."""
        is_open = self._is_asked or not self.cards
        self._accounts.setVisible(bool(self.cards))
        self._adding.setVisible(not is_open)
        holder = QApplication.focusWidget()
        if not is_open and holder is not None and self.form.isAncestorOf(holder):
            self.add.setFocus()  # the keyboard stays near, where the form was
        self.form.setVisible(is_open)
        self.form.away.setVisible(bool(self.cards))

    def _show_place(self, place: SecretsPlace) -> None:
        self.key.set_text(self._kept(place))
        self.passphrase.setVisible(place.kind == "none" or place.locked)
        self.passphrase.setText(
            self.tr("Unlock…") if place.locked else self.tr("Set a passphrase…")
        )
        self._purpose = "unlock" if place.locked else "set"

    def _kept(self, place: SecretsPlace) -> str:
        if place.kind == "keyring":
            said = self.tr("Sign-ins are kept in the password store of this computer: {0}.")
        elif place.kind == "file":
            said = self.tr("Sign-ins are kept in an encrypted file that your passphrase opens: {0}")
        else:
            return self.tr(
                "This computer has no password store. With a passphrase, sign-ins are kept in an "
                "encrypted file."
            )
        return said.format(place.name)

    def _ask_for_account(self) -> None:
        self.connection.begin()
        self._open_form()

    def _sign_in_again(self, account_id: int) -> None:
        self._open_form()
        self.connection.begin_again(self.cards[account_id].account)

    def _open_form(self) -> None:
        self._is_asked = True
        self._arrange()
        self.form.server.setFocus()

    def _put_away(self) -> None:
        self.connection.begin()
        self._is_asked = False
        self._arrange()

    def _on_connected(self, account: ServerAccount) -> None:
        self._is_asked = False
        self.context.go.toast(self.tr("Signed in to {0}.").format(account.host))
        self.read()

    def _sync(self, account_id: int) -> None:
        work = self._synced(account_id)
        self.context.tasks.start(f"settings: sync {account_id}", work, self._on_error)

    async def _synced(self, account_id: int) -> None:
        self.cards[account_id].sync_now.set_loading(True)
        await self.context.engine.call(SyncNow(account_id=account_id))
        self.read()

    def _ask_to_sign_out(self, account_id: int) -> None:
        sync = self._syncs.get(account_id)
        waiting = sync.waiting if sync is not None else 0
        account = self.cards[account_id].account
        sheet = SignOutSheet(self.context.go.window(), account, waiting)
        sheet.confirmed.connect(lambda remove: self._sign_out(account_id, remove))
        sheet.open_sheet()

    def _sign_out(self, account_id: int, remove: bool) -> None:
        call = SignOutAccount(account_id=account_id, remove_mirror=remove)
        work = self._signed_out(call)
        self.context.tasks.start(f"settings: sign out {account_id}", work, self._on_error)

    async def _signed_out(self, call: SignOutAccount) -> None:
        host = self.cards[call.account_id].account.host
        told = (await self.context.engine.call(call)).told
        said = (
            self.tr("Signed out of {0}.")
            if told
            else self.tr("Signed out here. {0} was not reached: the session there ends by itself.")
        )
        self.context.go.toast(said.format(host))
        self.read()

    def _tell_time(self) -> None:
        if self.isVisible():
            for card in self.cards.values():
                card.tell_time()

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self.read()

    def _on_error(self, message: str, details: str) -> None:
        self.context.go.show_error(message, details)
        self.read()  # show what holds
