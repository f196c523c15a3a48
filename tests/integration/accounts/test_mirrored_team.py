"""The team of a server's organization, from a desktop: invitations by request, roles by sync."""

import httpx
import pytest
from sqlalchemy import select, update

from marketer_desktop.domain.permissions import Role
from marketer_desktop.hybrid.account.accounts import accounts_of
from marketer_desktop.hybrid.sync.round import Round
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.change_members import ChangeMember, RemoveMember
from marketer_desktop.services.departures import ShowDepartures
from marketer_desktop.services.invite_member import Invitation, InviteMember
from marketer_desktop.services.organizations import SwitchOrganization
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.server_accounts import ServerAccount
from marketer_desktop.services.server_problems import Unreachable
from marketer_desktop.services.team import ListMembers, Member, MemberList
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow
from tests.factories.engines import Ear
from tests.factories.joined import SERVER, Desk
from tests.factories.serving import Teammate, add_teammate

FRIEND = "bo@example.com"


class Team:
    """A desktop that works in the organization of its account."""

    def __init__(self, desk: Desk, account: ServerAccount) -> None:
        self.desk, self.account = desk, account

    async def sync(self) -> None:
        session = await (await accounts_of(self.desk.parts)).session(self.account.id)
        outcome = await Round(self.desk.parts, session, self.account.id).attempt()
        assert outcome.kind == "done", outcome

    async def begin(self) -> None:
        await self.sync()
        async with self.desk.parts.database.unit_of_work() as work:
            number = await work.session.scalar(
                select(OrganizationRow.id).where(OrganizationRow.name == "My Company")
            )
        assert number is not None
        call = SwitchOrganization(organization_id=number)
        await carry_out(call, self.desk.parts, Ear())

    async def members(self) -> MemberList:
        return await carry_out(ListMembers(), self.desk.parts, Ear())

    async def friend(self) -> Member:
        found = [each for each in (await self.members()).members if each.email == FRIEND]
        assert len(found) == 1
        return found[0]

    async def invite(self, role: Role = Role.MEMBER) -> Invitation:
        call = InviteMember(email=FRIEND, role=role)
        return await carry_out(call, self.desk.parts, Ear())


@pytest.fixture
async def team(desk: Desk, owner: Teammate) -> Team:
    team = Team(desk, await desk.connect(owner.email))
    await team.begin()
    return team


async def at_the_server(parts: Parts) -> list[tuple[str, str, bool]]:
    """Address, role and whether they have joined, of all but the owner."""
    async with parts.database.unit_of_work() as work:
        found = await work.session.execute(
            select(UserRow.email, OrganizationMemberRow.role, OrganizationMemberRow.joined_at)
            .join(UserRow, UserRow.id == OrganizationMemberRow.user_id)
            .where(OrganizationMemberRow.is_active, UserRow.email == FRIEND)
        )
        return [(email, role, joined is not None) for email, role, joined in found]


async def test_the_server_invites_and_the_invitation_comes_with_the_next_sync(
    team: Team, parts: Parts
) -> None:
    told = await team.invite(Role.VIEWER)
    assert told.email == FRIEND and told.link.startswith(f"{SERVER}/invitations/")
    assert await at_the_server(parts) == [(FRIEND, "viewer", False)]
    await team.sync()
    friend = await team.friend()
    assert (friend.role, friend.joined_at) == ("viewer", None)
    left = (await carry_out(ShowDepartures(kind="invite"), team.desk.parts, Ear())).departures
    assert [each.destination for each in left] == ["localhost"]
    assert FRIEND not in left[0].what


async def test_offline_nobody_is_invited_and_it_is_said_why(team: Team, parts: Parts) -> None:
    def unplugged(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    team.desk.way.instead = unplugged
    with pytest.raises(Unreachable, match=r"only the server can invite\. Nothing was sent"):
        await team.invite()
    assert await at_the_server(parts) == []
    assert len((await team.members()).members) == 1


async def test_a_full_plan_at_the_server_is_a_limit_here(team: Team, parts: Parts) -> None:
    async with parts.database.unit_of_work() as work:
        await work.session.execute(update(OrganizationRow).values(max_users=1))
        await work.commit()
    with pytest.raises(PlanExceeded, match="room for 1 person"):
        await team.invite()


async def test_what_else_the_server_refuses_is_said_in_its_words(team: Team) -> None:
    await team.invite()
    team.desk.way.instead = lambda request: (
        httpx.Response(429, json={"error": {"message": "Too many requests."}, "success": False})
        if request.method == "POST"
        else None
    )
    with pytest.raises(ServiceError, match="Too many requests") as refused:
        await team.invite()
    assert not isinstance(refused.value, PlanExceeded)


async def test_roles_and_removals_go_with_the_sync(team: Team, parts: Parts) -> None:
    async with parts.database.unit_of_work() as work:
        row = await work.session.scalar(
            select(OrganizationRow).where(OrganizationRow.name == "My Company")
        )
    assert row is not None
    await add_teammate(parts, FRIEND, (row.id, row.slug), "member")
    await team.sync()
    friend = await team.friend()
    call = ChangeMember(member_id=friend.member_id, role=Role.ADMIN)
    await carry_out(call, team.desk.parts, Ear())
    assert await at_the_server(parts) == [(FRIEND, "member", True)]
    await team.sync()
    assert await at_the_server(parts) == [(FRIEND, "admin", True)]
    await carry_out(RemoveMember(member_id=friend.member_id), team.desk.parts, Ear())
    await team.sync()
    assert await at_the_server(parts) == []
