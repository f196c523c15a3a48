"""Organizations: several clients on one machine, and the one that work goes to."""

import pytest
from sqlalchemy import select

from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.change import Change
from marketer_desktop.llm.choice import STARTER
from marketer_desktop.services.activities import ListActivities, list_activities
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.generate_content import start
from marketer_desktop.services.organizations import (
    CreateOrganization,
    ListOrganizations,
    OrganizationEntry,
    RenameOrganization,
    SwitchOrganization,
    create_organization,
    list_organizations,
    rename_organization,
    switch_organization,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.profile import SavePreferences, save_preferences
from marketer_desktop.storage.tables import AuditLogRow, UserRow
from tests.factories.engines import Ear


async def made(parts: Parts, name: str, *, switch: bool = True) -> OrganizationEntry:
    return await create_organization(CreateOrganization(name=name, switch=switch), parts, Ear())


async def names(parts: Parts) -> list[tuple[str, bool]]:
    found = await list_organizations(ListOrganizations(), parts, Ear())
    return [(entry.name, entry.is_current) for entry in found.organizations]


async def place(parts: Parts) -> tuple[int, int]:
    async with parts.database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        await work.commit()
    return here.organization_id, here.project_id


async def test_the_first_organization_is_there_and_current(parts: Parts) -> None:
    assert await names(parts) == [("This computer", True)]


async def test_a_client_is_added_and_work_goes_to_it(parts: Parts, ear: Ear) -> None:
    home, home_project = await place(parts)
    acme = await made(parts, "Acme & Söhne")
    assert (acme.slug, acme.plan, acme.role, acme.is_current) == (
        "acme-sohne",
        "local",
        "owner",
        True,
    )
    there, project = await place(parts)
    assert there == acme.organization_id != home
    assert project != home_project
    await switch_organization(SwitchOrganization(organization_id=home), parts, ear)
    assert await place(parts) == (home, home_project)
    assert await names(parts) == [("This computer", True), ("Acme & Söhne", False)]


async def test_a_run_belongs_to_the_client_it_was_started_for(parts: Parts, ear: Ear) -> None:
    async with parts.database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        await work.commit()
    await start(parts, here, Brief(topic="fresh coffee", words=60), STARTER)
    await made(parts, "Acme")
    assert (await list_activities(ListActivities(), parts, ear)).activities == []
    await switch_organization(SwitchOrganization(organization_id=here.organization_id), parts, ear)
    assert len((await list_activities(ListActivities(), parts, ear)).activities) == 1


async def test_names_may_repeat_and_slugs_do_not(parts: Parts, ear: Ear) -> None:
    slugs = [(await made(parts, name)).slug for name in ("Acme", "ACME", "Acme 2", "Local")]
    assert slugs == ["acme", "acme-2", "acme-2-2", "local-2"]


async def test_a_new_name_keeps_the_slug_and_is_told(parts: Parts, ear: Ear) -> None:
    acme = await made(parts, "Acme", switch=False)
    assert not acme.is_current
    async with parts.bus.watch() as queue:
        call = RenameOrganization(organization_id=acme.organization_id, name=" Acme Limited ")
        renamed = await rename_organization(call, parts, ear)
        assert queue.get_nowait() == Change(subject="organizations")
    assert (renamed.name, renamed.slug) == ("Acme Limited", "acme")
    async with parts.database.unit_of_work() as work:
        rows = await work.session.scalars(select(AuditLogRow).order_by(AuditLogRow.id))
        actions = [(row.action, row.resource_id) for row in rows]
    assert actions == [
        ("organization.create", acme.organization_id),
        ("organization.rename", acme.organization_id),
    ]


async def test_other_preferences_stay_and_a_lost_choice_falls_back(parts: Parts, ear: Ear) -> None:
    home, _ = await place(parts)
    await save_preferences(SavePreferences(values={"theme": "dark"}), parts, ear)
    acme = await made(parts, "Acme")
    async with parts.database.unit_of_work() as work:
        preferences = await work.session.scalar(select(UserRow.preferences))
    assert preferences == {"theme": "dark", "organization_id": acme.organization_id}
    await save_preferences(SavePreferences(values={"organization_id": 4711}), parts, ear)
    assert (await place(parts))[0] == home


async def test_an_organization_that_is_not_there(parts: Parts, ear: Ear) -> None:
    for attempt in (
        switch_organization(SwitchOrganization(organization_id=99), parts, ear),
        rename_organization(RenameOrganization(organization_id=99, name="X"), parts, ear),
    ):
        with pytest.raises(ServiceError, match="not there any more"):
            await attempt
    assert await names(parts) == [("This computer", True)]
