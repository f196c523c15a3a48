"""The team page: the members, oneself under another name, and being alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.permissions import Role
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.change_members import ChangeMember, RemoveMember
from marketer_desktop.services.invite_member import Invitation, InviteMember
from marketer_desktop.services.profile import Profile, SaveProfile
from marketer_desktop.services.team import ListMembers, Member, MemberList
from marketer_desktop.ui.pages.team.invite_sheet import InviteSheet
from marketer_desktop.ui.pages.team.name_sheet import NameSheet
from marketer_desktop.ui.pages.team.page import TeamPage
from marketer_desktop.ui.widgets.sheet import Sheet
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

PROFILE = Profile(user_id=1, name="", organization_id=1, organization="N", preferences={})


def members(*names: str | None) -> MemberList:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return MemberList(
        members=[
            Member(
                member_id=n + 100,
                user_id=n,
                name=name,
                email=None,
                role="owner",
                joined_at=at,
                is_you=n == 1,
            )
            for n, name in enumerate(names, 1)
        ]
    )


def of_server(*more: Member, **told: Any) -> MemberList:
    rights = {"invites": True, "changes": True, "removes": True, "makes_owners": True}
    found = [*members("Ada").members, *more]
    about = {**rights, "members": found, "is_local": False, "server": "https://team.example.com"}
    return MemberList(**{**about, **told})


def other(role: str = "member", *, invited: bool = False) -> Member:
    return Member(
        member_id=102,
        user_id=2,
        name=None,
        email="bo@example.com",
        role=role,
        joined_at=None if invited else datetime(2026, 3, 2, 12, tzinfo=UTC),
        is_you=False,
    )


class Scene:
    """The page in a window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.frame = QWidget()
        self.frame.resize(1064, 748)
        qtbot.addWidget(self.frame)
        self.frame.show()
        self.window = FakeWindow({ListMembers: members("Ada"), SaveProfile: PROFILE}, self.frame)
        self.page = TeamPage(self.window.context)
        qtbot.addWidget(self.page)
        self.page.resize(1064, 748)
        self.page.show()

    async def show(self, found: MemberList) -> None:
        self.window.engine.answers[ListMembers] = found
        self.page.shown()
        await self.window.settle()

    def cells(self) -> list[str]:
        model = self.page.table.model()
        return [
            str(model.index(row, column).data())
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


async def test_someone_alone_is_told_how_to_have_a_team(scene: Scene) -> None:
    await scene.show(members(None))
    assert scene.cells() == ["You", "Owner", "1 Mar 2026", "Change your name"]
    assert scene.page.alone.isVisible()


async def test_members_are_listed_with_their_roles(scene: Scene) -> None:
    await scene.show(members("Ada", "Björn"))
    assert scene.cells()[0::4] == ["Ada (you)", "Björn"]
    assert not scene.page.alone.isVisible()


async def test_people_rename_themselves_and_nobody_else(scene: Scene, qtbot: QtBot) -> None:
    await scene.show(members("Ada", "Björn"))
    scene.page.table.activated_row.emit(102)
    assert scene.frame.findChild(NameSheet) is None
    scene.page.table.activated_row.emit(101)
    sheet = scene.frame.findChild(NameSheet)
    assert sheet is not None and sheet.name.text() == "Ada"
    sheet.name.clear()
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert sheet.field.error == "Enter a name." and sheet.isVisible()
    qtbot.keyClicks(sheet.name, " Ada Berg ")
    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)
    await scene.window.settle()
    assert scene.window.engine.of(SaveProfile) == [SaveProfile(name="Ada Berg")]
    assert len(scene.window.engine.of(ListMembers)) == 2


async def test_someone_alone_is_led_to_connecting_an_account(scene: Scene) -> None:
    await scene.show(members(None))
    assert not scene.page.invite.isVisible()
    scene.page.alone.action.emit()
    assert scene.window.go.went == [("settings", {"section": "account"})]


async def test_the_team_of_a_server_has_invitations(scene: Scene) -> None:
    await scene.show(of_server(other(invited=True)))
    assert scene.cells()[4:] == ["bo@example.com", "Member", "Invited", "Actions"]
    assert scene.page.invite.isVisible() and not scene.page.alone.isVisible()


async def test_who_may_not_invite_sees_no_button(scene: Scene) -> None:
    await scene.show(of_server(invites=False))
    assert not scene.page.invite.isVisible() and not scene.page.alone.isVisible()


def invite_sheet(scene: Scene) -> InviteSheet:
    scene.page.invite.click()
    sheet = scene.frame.findChild(InviteSheet)
    assert sheet is not None
    return sheet


async def test_somebody_is_invited_and_the_link_can_be_handed_over(scene: Scene) -> None:
    await scene.show(of_server())
    scene.window.engine.answers[InviteMember] = Invitation(
        id=9,
        email="bo@example.com",
        role="viewer",
        link="https://team.example.com/invitations/secret",
        expires_at=datetime(2026, 3, 8, tzinfo=UTC),
        mail_sent=False,
    )
    sheet = invite_sheet(scene)
    sheet.invite.click()
    assert sheet.email_field.error == "Enter an e-mail address."
    sheet.email.setText(" bo@example.com ")
    sheet.role.set_value("viewer")
    sheet.invite.click()
    await scene.window.settle()
    assert scene.window.engine.of(InviteMember) == [
        InviteMember(email="bo@example.com", role=Role.VIEWER)
    ]
    assert sheet.link.text() == "https://team.example.com/invitations/secret"
    assert "hand over this link yourself" in sheet.said.text()
    assert not sheet.invite.isVisible()


async def test_offline_it_says_so_and_keeps_what_was_typed(
    scene: Scene, log_problems: Problems
) -> None:
    await scene.show(of_server())
    offline = "team.example.com cannot be reached, and only the server can invite."
    scene.window.engine.answers[InviteMember] = ServiceError(offline)
    sheet = invite_sheet(scene)
    sheet.email.setText("bo@example.com")
    sheet.invite.click()
    await scene.window.settle()
    assert sheet.isVisible() and sheet.email_field.error == offline
    assert sheet.email.text() == "bo@example.com" and not sheet.invite.is_loading
    log_problems.records.clear()


def chosen(scene: Scene, text: str) -> None:
    (line,) = [each for each in scene.page._presenter.lines if not each.is_you]
    found = [item for item in scene.page.items(line) if item is not None and item.text == text]
    found[0].chosen()


async def test_a_role_is_changed_from_the_menu(scene: Scene) -> None:
    await scene.show(of_server(other()))
    scene.window.engine.answers[ChangeMember] = None
    chosen(scene, "Make an admin")
    await scene.window.settle()
    assert scene.window.engine.of(ChangeMember) == [ChangeMember(member_id=102, role=Role.ADMIN)]


@pytest.mark.parametrize(
    ("invited", "item", "action"),
    [(False, "Remove", "Remove"), (True, "Take invitation back", "Take back")],
)
async def test_somebody_is_removed_after_a_question(
    scene: Scene, invited: bool, item: str, action: str
) -> None:
    await scene.show(of_server(other(invited=invited)))
    scene.window.engine.answers[RemoveMember] = None
    chosen(scene, item)
    await scene.window.settle()
    assert scene.window.engine.of(RemoveMember) == []
    (sheet,) = scene.frame.findChildren(Sheet)
    buttons = sheet.findChildren(QPushButton)
    next(button for button in buttons if button.text() == action).click()
    await scene.window.settle()
    assert scene.window.engine.of(RemoveMember) == [RemoveMember(member_id=102)]


async def test_an_admin_is_told_who_changes_owners(scene: Scene) -> None:
    await scene.show(of_server(other("owner"), makes_owners=False))
    scene.page.table.activated_row.emit(102)
    assert [text for text, _, _ in scene.window.go.toasts] == ["Only owners change this role."]


async def test_what_cannot_be_read_can_be_tried_again(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    scene.window.engine.answers[ListMembers] = ServiceError("The database is restarting.")
    scene.page.shown()
    await scene.window.settle()
    scene.window.engine.answers[ListMembers] = members("Ada")
    buttons = scene.page.findChildren(QPushButton)
    qtbot.mouseClick(next(b for b in buttons if b.text() == "Try again"), Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.page.table.isVisible() and scene.cells()[0] == "Ada (you)"
    log_problems.records.clear()
