"""Projects and campaigns: made, shown, changed, archived; each client has its own."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.events.change import Change
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.campaigns import (
    ArchiveCampaign,
    CreateCampaign,
    UpdateCampaign,
    archive_campaign,
    create_campaign,
    update_campaign,
)
from marketer_desktop.services.organizations import CreateOrganization, create_organization
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import (
    ArchiveProject,
    CreateProject,
    ListProjects,
    ProjectDetails,
    ShowProject,
    UpdateProject,
    archive_project,
    create_project,
    list_projects,
    show_project,
    update_project,
)
from marketer_desktop.storage.tables import AuditLogRow
from tests.factories.engines import Ear
from tests.factories.projects import add_activity


async def created(parts: Parts, name: str) -> int:
    return (await create_project(CreateProject(name=name), parts, Ear())).project_id


async def shown(parts: Parts, project_id: int) -> ProjectDetails:
    return await show_project(ShowProject(project_id=project_id), parts, Ear())


async def listed(parts: Parts, *, archived: bool = False) -> list[str]:
    found = await list_projects(ListProjects(archived=archived), parts, Ear())
    return [project.name for project in found.projects]


async def audited(parts: Parts) -> list[tuple[str, int | None]]:
    async with parts.database.unit_of_work() as work:
        rows = await work.session.scalars(select(AuditLogRow).order_by(AuditLogRow.id))
        return [(row.action, row.resource_id) for row in rows]


async def test_a_project_is_made_with_a_campaign_and_changed(parts: Parts, ear: Ear) -> None:
    async with parts.bus.watch() as queue:
        number = await created(parts, "  Spring launch ")
        told = queue.get_nowait()
    voice = BrandVoice(tone="warm", preferred=["we brew"], forbidden=["synergy", "SYNERGY"])
    change = UpdateProject(
        project_id=number,
        name="Spring",
        description="All of it",
        default_keywords=["coffee"],
        visibility="private",
        brand_voice=voice,
    )
    await update_project(change, parts, ear)
    found = await shown(parts, number)
    assert (found.name, found.description, found.visibility) == ("Spring", "All of it", "private")
    assert found.default_tone == "professional"
    assert found.default_keywords == ["coffee"]
    assert found.brand_voice.forbidden == ["synergy"]
    assert [campaign.name for campaign in found.campaigns] == ["General"]
    assert (told, found.documents) == (Change(subject="projects"), [])
    assert await audited(parts) == [("project.create", number), ("project.update", number)]
    whole = ProjectDetails.model_validate(found.model_dump(mode="json"))
    assert whole == found


async def test_a_list_counts_what_lies_outside_the_archive(parts: Parts, ear: Ear) -> None:
    number = await created(parts, "Spring")
    (general,) = (await shown(parts, number)).campaigns
    saved = await create_campaign(CreateCampaign(project_id=number, name="Teaser"), parts, ear)
    for status in ("published", "published", "draft", "archived"):
        await add_activity(parts, general.campaign_id, "Iced tea", status=status)
    await add_activity(parts, saved.campaign_id, "Hot tea", status="approved")
    (line,) = (await list_projects(ListProjects(), parts, ear)).projects
    assert (line.activity_count, line.published_count, line.document_count) == (4, 2, 0)
    assert [campaign.name for campaign in line.campaigns] == ["General", "Teaser"]
    groups = {each.name: each.activities for each in (await shown(parts, number)).campaigns}
    assert [line.topic for line in groups["Teaser"]] == ["Hot tea"]
    assert sorted(line.status for line in groups["General"]) == ["draft", "published", "published"]


async def test_what_was_touched_last_comes_first(parts: Parts, ear: Ear) -> None:
    first, second = await created(parts, "First"), await created(parts, "Second")
    assert await listed(parts) == ["Second", "First"]
    (general,) = (await shown(parts, first)).campaigns
    await add_activity(parts, general.campaign_id, "A late one")
    assert await listed(parts) == ["First", "Second"]
    await update_project(UpdateProject(project_id=second, description="New"), parts, ear)
    assert await listed(parts) == ["Second", "First"]


async def test_an_archived_project_waits_and_comes_back(parts: Parts, ear: Ear) -> None:
    number = await created(parts, "Spring")
    with pytest.raises(ServiceError, match="only project"):
        await archive_project(ArchiveProject(project_id=number), parts, ear)
    await created(parts, "Summer")
    await archive_project(ArchiveProject(project_id=number), parts, ear)
    assert await listed(parts) == ["Summer"]
    assert sorted(await listed(parts, archived=True)) == ["Spring", "Summer"]
    with pytest.raises(ServiceError, match="in the archive already"):
        await created(parts, "SPRING")
    await archive_project(ArchiveProject(project_id=number, archived=False), parts, ear)
    assert sorted(await listed(parts)) == ["Spring", "Summer"]
    assert [action for action, _ in await audited(parts)][2:] == [
        "project.archive",
        "project.restore",
    ]


async def test_the_default_project_stays_the_default_under_another_name(
    parts: Parts, ear: Ear
) -> None:
    async def default() -> int:
        async with parts.database.unit_of_work() as work:
            place = await work.workspaces.local_workspace()
            await work.commit()
        return place.project_id

    number = await default()
    for name in ("Acme", "Acme Limited"):
        await update_project(UpdateProject(project_id=number, name=name), parts, ear)
    assert await default() == number
    assert await listed(parts) == ["Acme Limited"]
    other = await created(parts, "Winter")
    await archive_project(ArchiveProject(project_id=number), parts, ear)
    assert await default() == other
    await archive_project(ArchiveProject(project_id=number, archived=False), parts, ear)
    assert await default() == number


async def test_a_campaign_has_goal_dates_and_budget(parts: Parts, ear: Ear) -> None:
    number = await created(parts, "Spring")
    asked: dict[str, Any] = {
        "name": "Teaser",
        "goal": "500 trials",
        "start_date": date(2026, 3, 1),
        "end_date": date(2026, 3, 31),
        "budget_amount": Decimal("1200.50"),
        "budget_currency": "EUR",
        "status": "planning",
    }
    saved = await create_campaign(CreateCampaign(project_id=number, **asked), parts, ear)
    teaser = (await shown(parts, number)).campaigns[1]
    assert {name: getattr(teaser, name) for name in asked} == asked
    change = UpdateCampaign(campaign_id=saved.campaign_id, name="Teaser", status="completed")
    await update_campaign(change, parts, ear)
    teaser = (await shown(parts, number)).campaigns[1]
    assert (teaser.goal, teaser.end_date, teaser.budget_amount) == (None, None, None)
    assert teaser.status == "completed"
    await archive_campaign(ArchiveCampaign(campaign_id=saved.campaign_id), parts, ear)
    assert [each.name for each in (await shown(parts, number)).campaigns] == ["General"]
    actions = [action for action, _ in await audited(parts)]
    assert actions[1:] == ["campaign.create", "campaign.update", "campaign.archive"]


def test_a_campaign_does_not_end_before_it_starts() -> None:
    dates: dict[str, Any] = {"start_date": date(2026, 3, 2), "end_date": date(2026, 3, 1)}
    with pytest.raises(ValidationError, match="ends before it starts"):
        CreateCampaign(project_id=1, name="Teaser", **dates)


async def test_another_client_sees_nothing_of_it(parts: Parts, ear: Ear) -> None:
    number = await created(parts, "Spring")
    (general,) = (await shown(parts, number)).campaigns
    await create_organization(CreateOrganization(name="Acme"), parts, ear)
    assert await listed(parts, archived=True) == []
    for attempt in (
        shown(parts, number),
        update_project(UpdateProject(project_id=number, name="Mine"), parts, ear),
        archive_project(ArchiveProject(project_id=number), parts, ear),
        create_campaign(CreateCampaign(project_id=number, name="Mine"), parts, ear),
        archive_campaign(ArchiveCampaign(campaign_id=general.campaign_id), parts, ear),
    ):
        with pytest.raises(ServiceError, match="not there any more"):
            await attempt
    assert await created(parts, "Spring") != number


async def test_work_in_a_project_is_filed_under_a_campaign_that_is_there(
    parts: Parts, ear: Ear
) -> None:
    number = await created(parts, "Spring")
    (general,) = (await shown(parts, number)).campaigns
    saved = await create_campaign(CreateCampaign(project_id=number, name="Teaser"), parts, ear)
    await archive_campaign(ArchiveCampaign(campaign_id=general.campaign_id), parts, ear)
    async with parts.database.unit_of_work() as work:
        by_name = await work.workspaces.project("spring")
        by_number = await work.workspaces.of_project(number)
    assert by_name == by_number
    assert by_name.campaign_id == saved.campaign_id
    await archive_campaign(ArchiveCampaign(campaign_id=saved.campaign_id), parts, ear)

    async def filed() -> int:
        async with parts.database.unit_of_work() as work:
            place = await work.workspaces.of_project(number)
            await work.commit()
        return place.campaign_id

    assert len(set(await asyncio.gather(*(filed() for _ in range(4))))) == 1
    assert [each.name for each in (await shown(parts, number)).campaigns] == ["General"]
