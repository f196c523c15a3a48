"""The members of the organization that is worked in."""

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.profile import SaveProfile, save_profile
from marketer_desktop.services.team import ListMembers, list_members
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow
from tests.factories.engines import Ear


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
