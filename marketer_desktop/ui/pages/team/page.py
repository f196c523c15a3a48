"""The team page: the members, their roles, and what it takes to have more of them."""

from typing import Any

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.profile import SaveProfile
from marketer_desktop.services.team import ListMembers
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.team.name_sheet import NameSheet
from marketer_desktop.ui.pages.team.presenter import MemberLine, TeamPresenter
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.cells import PillCell, TitleCell
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.skeleton import Skeleton
from marketer_desktop.ui.widgets.table import Column, Table

TASK = "team"
ROLE, JOINED, EDGE = 140, 160, 8
SUBJECTS = frozenset({"organizations", "profile"})


class TeamPage(Page):
    """A row opens nothing but one's own name."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Team"))
        self._context, self._presenter = context, TeamPresenter()
        self.table = Table(
            [
                Column("name", self.tr("Member")),
                Column("role", self.tr("Role"), ROLE),
                Column("joined", self.tr("Joined"), JOINED, "right"),
            ]
        )
        self.table.setAccessibleName(self.tr("Members"))
        self.rename = Button(self.tr("Change your name"), icon="pencil")
        self.alone = EmptyState(
            "users",
            self.tr("You work alone"),
            self.tr("Connect an account to invite. Accounts come later."),
        )
        self._skeleton = Skeleton(2)
        self._card, self._invite = Card(), Card()
        self._error: ErrorView | None = None
        self._lay_out()
        self.rename.clicked.connect(self.ask_name)
        self.table.activated_row.connect(self._on_row)
        self._context.engine.changed.connect(self._on_changed)

    def shown(self, **arguments: Any) -> None:
        """Read the members."""
        self._read()

    def ask_name(self) -> None:
        """Ask for another name of one's own."""
        you = self._presenter.you
        sheet = NameSheet(self._context.go.window(), you.name if you else "")
        sheet.named.connect(lambda name: self._context.tasks.start("rename", self._renamed(name)))
        sheet.open_sheet()

    def _lay_out(self) -> None:
        self.head.addWidget(self.rename)
        self._card.body.setContentsMargins(0, EDGE, 0, EDGE)
        self._card.body.addWidget(self._skeleton)
        self._card.body.addWidget(self.table)
        self._invite.body.addWidget(self.alone)
        self.content.addWidget(self._card)
        self.content.addWidget(self._invite)
        self.content.addStretch(1)
        self.table.hide()
        self._invite.hide()

    def _read(self) -> None:
        self._context.tasks.start(TASK, self._load(), self._on_error)

    async def _load(self) -> None:
        self._presenter.take((await self._context.engine.call(ListMembers())).members)
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        self._card.show()
        self._skeleton.hide()
        self.table.show()
        self.table.set_rows([self._row(line) for line in self._presenter.lines])
        self._invite.setVisible(self._presenter.is_alone)

    def _row(self, line: MemberLine) -> dict[str, Any]:
        name = line.name or self.tr("No name yet")
        if line.is_you:
            name = self.tr("{name} (you)").format(name=line.name) if line.name else self.tr("You")
        joined = ""
        if line.joined is not None:
            day = QDate(line.joined.year, line.joined.month, line.joined.day)
            joined = QLocale().toString(day, "d MMM yyyy")
        return {
            "key": line.user_id,
            "name": TitleCell(name, line.email, "user"),
            "role": PillCell(self._role(line.role)),
            "joined": joined,
        }

    def _role(self, role: str) -> str:
        return {
            "owner": self.tr("Owner"),
            "admin": self.tr("Admin"),
            "member": self.tr("Member"),
            "viewer": self.tr("Viewer"),
        }.get(role, role)

    async def _renamed(self, name: str) -> None:
        await self._context.engine.call(SaveProfile(name=name))
        self._read()

    def _on_row(self, key: object) -> None:
        you = self._presenter.you
        if you is not None and key == you.user_id:
            self.ask_name()

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self._read()

    def _on_error(self, message: str, details: str) -> None:
        if self._presenter.lines:
            self._context.go.show_error(message, details)
            return
        if self._error is not None:
            self._error.deleteLater()
        self._error = ErrorView(message, details, on_retry=self._read)
        self.content.insertWidget(0, self._error)
        self._card.hide()
