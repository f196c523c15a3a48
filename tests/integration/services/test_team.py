"""The members of the organization that is worked in."""

from datetime import UTC, datetime

import pytest

from marketer_desktop.domain.plans import Plan
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.profile import SaveProfile, save_profile
from marketer_desktop.services.team import ListMembers, list_members
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow
from tests.factories.engines import Ear
from tests.factories.mirrored import SERVER, mirrored


async def test_someone_alone_is_the_owner(parts: Parts, ear: Ear) -> None:
    (me,) = (await list_members(ListMembers(), parts, ear)).members
    assert (me.role, me.name, me.email, me.is_you) == ("owner", None, None, True)
    assert me.joined_at is not None
    await save_profile(SaveProfile(name="Åsa Öberg"), parts, ear)
    (me,) = (await list_members(ListMembers(), parts, ear)).members
    assert me.name == "Åsa Öberg"


async def test_only_active_members_of_this_organization_are_listed(parts: Parts, ear: Ear) -> None:
    (me,) = (await list_members(ListMembers(), parts, ear)).members
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        other = OrganizationRow(name="Elsewhere", slug="elsewhere", plan="local")
        people = [UserRow(email=f"{name}@example.org", name=name) for name in ("Ben", "Cem", "Di")]
        work.session.add_all([other, *people])
        await work.session.flush()
        homes = [(place.organization_id, True), (place.organization_id, False), (other.id, True)]
        work.session.add_all(
            OrganizationMemberRow(
                user_id=person.id, organization_id=home, role="member", is_active=active
            )
            for person, (home, active) in zip(people, homes, strict=True)
        )
        await work.commit()
    members = (await list_members(ListMembers(), parts, ear)).members
    assert [(m.name, m.email, m.role, m.is_you) for m in members[1:]] == [
        ("Ben", "Ben@example.org", "member", False)
    ]
    assert members[0] == me


async def test_in_an_organization_of_this_computer_nobody_can_be_invited(
    parts: Parts, ear: Ear
) -> None:
    team = await list_members(ListMembers(), parts, ear)
    assert team.is_local and team.server == ""
    assert not (team.invites or team.changes or team.removes or team.makes_owners)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("owner", (True, True, True, True)),
        ("admin", (True, True, True, False)),
        ("member", (False, False, False, False)),
    ],
)
async def test_in_one_of_a_server_the_role_decides(
    parts: Parts, ear: Ear, role: str, rights: tuple[bool, ...]
) -> None:
    await mirrored(parts, Plan.PRO, datetime.now(UTC), role=role)
    team = await list_members(ListMembers(), parts, ear)
    assert (team.is_local, team.server) == (False, SERVER)
    assert (team.invites, team.changes, team.removes, team.makes_owners) == rights
