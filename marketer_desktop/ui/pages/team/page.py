"""The team page: the members, their roles, and what it takes to have more of them."""

from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from marketer_desktop.domain.permissions import Role
from marketer_desktop.services.change_members import ChangeMember, RemoveMember
from marketer_desktop.services.invite_member import InviteMember
from marketer_desktop.services.profile import SaveProfile
from marketer_desktop.services.team import ListMembers
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.team.invite_sheet import InviteSheet
from marketer_desktop.ui.pages.team.name_sheet import NameSheet
from marketer_desktop.ui.pages.team.presenter import MemberLine, TeamPresenter
from marketer_desktop.ui.pages.team.role_words import RoleWords
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.cells import IconCell, PillCell, TextCell, TitleCell
from marketer_desktop.ui.widgets.confirm import confirm
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.menu import MenuItem, menu
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.skeleton import Skeleton
from marketer_desktop.ui.widgets.table import Column, Table

TASK = "team"
ROLE, JOINED, MORE, EDGE = 140, 160, 48, 8
SUBJECTS = frozenset({"organizations", "profile"})


class TeamPage(Page):
    """A row opens the menu of what can be done about it; one's own, one's name."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Team"))
        self._context, self._presenter = context, TeamPresenter()
        self._words = RoleWords(self)
        self._is_stale = False
        self.table = Table(
            [
                Column("name", self.tr("Member")),
                Column("role", self.tr("Role"), ROLE),
                Column("joined", self.tr("Joined"), JOINED, "right"),
                Column("more", "", MORE, "right"),
            ]
        )
        self.table.setAccessibleName(self.tr("Members"))
        self.rename = Button(self.tr("Change your name"), icon="pencil")
        self.invite = Button(self.tr("Invite"), variant="primary", icon="plus")
        self.alone = EmptyState(
            "users",
            self.tr("You work alone"),
            self.tr("Connect an account to invite others to an organization of its server."),
            self.tr("Connect an account"),
        )
        self._skeleton = Skeleton(2)
        self._card, self._invite_card = Card(), Card()
        self._error: ErrorView | None = None
        self._lay_out()
        self._connect()

    def shown(self, **arguments: Any) -> None:
        """Read the members."""
        self._read()

    def ask_name(self) -> None:
        """Ask for another name of one's own."""
        you = self._presenter.you
        sheet = NameSheet(self._context.go.window(), you.name if you else "")
        sheet.named.connect(lambda name: self._context.tasks.start("rename", self._renamed(name)))
        sheet.open_sheet()

    def ask_whom(self) -> None:
        """Ask who is to be invited."""
        sheet = InviteSheet(
            self._context.go.window(), self._presenter.host, self._presenter.offered
        )
        sheet.asked.connect(partial(self._invite, sheet))
        sheet.open_sheet()

    def _lay_out(self) -> None:
        self.head.addWidget(self.rename)
        self.head.addWidget(self.invite)
        self._card.body.setContentsMargins(0, EDGE, 0, EDGE)
        self._card.body.addWidget(self._skeleton)
        self._card.body.addWidget(self.table)
        self._invite_card.body.addWidget(self.alone)
        self.content.addWidget(self._card)
        self.content.addWidget(self._invite_card)
        self.content.addStretch(1)
        for part in (self.table, self._invite_card, self.invite):
            part.hide()

    def _connect(self) -> None:
        self.rename.clicked.connect(self.ask_name)
        self.invite.clicked.connect(self.ask_whom)
        self.alone.action.connect(lambda: self._context.go.to("settings", section="account"))
        self.table.activated_row.connect(self._on_row)
        self.table.menu_asked.connect(self._on_menu)
        self._context.engine.changed.connect(self._on_changed)

    def _read(self) -> None:
        self._is_stale = True
        self._context.tasks.start(TASK, self._load(), self._on_error)

    async def _load(self) -> None:
        while self._is_stale:  # what changes meanwhile is read, too
            self._is_stale = False
            self._presenter.take(await self._context.engine.call(ListMembers()))
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        self._card.show()
        self._skeleton.hide()
        self.table.show()
        self.table.set_rows([self._row(line) for line in self._presenter.lines])
        self.invite.setVisible(self._presenter.invites)
        self._invite_card.setVisible(self._presenter.is_alone and self._presenter.is_local)

    def _row(self, line: MemberLine) -> dict[str, Any]:
        name = line.name or line.email or self.tr("No name yet")
        if line.is_you:
            name = self.tr("{name} (you)").format(name=line.name) if line.name else self.tr("You")
        return {
            "key": line.member_id,
            "name": TitleCell(name, line.email if line.name or line.is_you else "", "user"),
            "role": PillCell(self._words.role(line.role)),
            "joined": self._joined(line),
            "more": self._more(line),
        }

    def _more(self, line: MemberLine) -> IconCell | str:
        if line.is_you:
            return IconCell("pencil", self.tr("Change your name"))
        return IconCell("ellipsis", self.tr("Actions")) if self.items(line) else ""

    def _joined(self, line: MemberLine) -> PillCell | TextCell:
        if line.joined is None:
            return PillCell(self.tr("Invited"), "accent")
        day = QDate(line.joined.year, line.joined.month, line.joined.day)
        return TextCell(QLocale().toString(day, "d MMM yyyy"))

    def _invite(self, sheet: InviteSheet, email: str, role: str) -> None:
        call = InviteMember(email=email, role=Role(role))
        work = self._invited(sheet, call)
        self._context.tasks.start("invite", work, lambda text, _: sheet.fail(text))

    async def _invited(self, sheet: InviteSheet, call: InviteMember) -> None:
        sheet.invited(await self._context.engine.call(call))
        self._read()

    async def _renamed(self, name: str) -> None:
        await self._context.engine.call(SaveProfile(name=name))
        self._read()

    def _on_row(self, key: object) -> None:
        line = self._presenter.line(key)
        if line is None:
            return
        if line.is_you:
            self.ask_name()
        elif self._presenter.only_for_owners(line):
            self._context.go.toast(self.tr("Only owners change this role."))
        else:
            self._on_menu(key, QCursor.pos())

    def _on_menu(self, key: object, place: QPoint) -> None:
        line = self._presenter.line(key)
        items = self.items(line) if line is not None else []
        if items:
            made = menu(self, items)
            made.aboutToHide.connect(made.deleteLater)
            made.popup(place)

    def items(self, line: MemberLine) -> list[MenuItem | None]:
        """What can be done about a member."""
        items: list[MenuItem | None] = [
            MenuItem(self._words.make(role), partial(self._change, line, role))
            for role in self._presenter.roles_for(line)
        ]
        if self._presenter.removes(line):
            text = self.tr("Take invitation back") if line.is_invited else self.tr("Remove")
            danger = MenuItem(text, partial(self._remove, line), "trash-2", danger=True)
            items += [None, danger] if items else [danger]
        return items

    def _change(self, line: MemberLine, role: Role) -> None:
        call = ChangeMember(member_id=line.member_id, role=role)
        self._context.tasks.start(f"role of {line.member_id}", self._changed(call))

    async def _changed(self, call: ChangeMember) -> None:
        await self._context.engine.call(call)
        self._read()

    def _remove(self, line: MemberLine) -> None:
        self._context.tasks.start(f"remove {line.member_id}", self._removed(line))

    async def _removed(self, line: MemberLine) -> None:
        who = line.name or line.email
        title = self.tr("Take the invitation back?") if line.is_invited else self.tr("Remove {0}?")
        text = (
            self.tr("The link that {0} has got does not work any more.")
            if line.is_invited
            else self.tr("{0} can no longer open this organization. What they made stays with it.")
        )
        action = self.tr("Take back") if line.is_invited else self.tr("Remove")
        window = self._context.go.window()
        if await confirm(window, title.format(who), text.format(who), action, danger=True):
            await self._context.engine.call(RemoveMember(member_id=line.member_id))
            self._read()

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
