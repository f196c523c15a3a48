"""The overview: what goes on, what was used this month, and the projects, counted honestly."""

import calendar
from datetime import date, datetime, timedelta

from marketer_desktop.services.organizations import CreateOrganization, create_organization
from marketer_desktop.services.overview import Overview, ShowOverview, month_usage, show_overview
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import (
    ArchiveProject,
    CreateProject,
    archive_project,
    create_project,
)
from marketer_desktop.storage.repositories.workspaces import Workspace
from tests.factories.engines import Ear
from tests.factories.projects import add_activity, add_model_call

RUN = {"run_id": "x", "model": "starter", "step": "writing", "job": None}


async def here(parts: Parts) -> Workspace:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        await work.commit()
    return place


async def seen(parts: Parts, recent: int = 8) -> Overview:
    return await show_overview(ShowOverview(recent=recent), parts, Ear())


def local(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute).astimezone()


async def test_a_new_installation_has_used_nothing(parts: Parts) -> None:
    overview = await seen(parts)
    today = date.today()
    assert (overview.activities, overview.projects) == ([], [])
    assert (overview.usage.requests, overview.usage.credits) == (0, 0)
    assert overview.usage.storage_bytes == 0
    assert overview.usage.per_day == [0] * calendar.monthrange(today.year, today.month)[1]
    assert Overview.model_validate(overview.model_dump(mode="json")) == overview


async def test_the_last_activities_say_where_they_belong_and_how_they_stand(parts: Parts) -> None:
    place = await here(parts)
    content = {"final_content": "…", "metadata": {"title": "Tea at its best", "word_count": 212}}
    await add_activity(parts, place.campaign_id, "Iced tea", status="completed", content=content)
    cut_off = await add_activity(
        parts, place.campaign_id, "Hot tea", status="generating", workflow_state=RUN
    )
    async with parts.database.unit_of_work() as work:
        now = datetime.now().astimezone()
        await work.run_events.append(cut_off, "finished", "seo_research", 20, {}, now)
        await work.run_events.append(cut_off, "started", "writing", 40, {}, now)
        await work.commit()
    for number in range(3):
        await add_activity(parts, place.campaign_id, f"Thing {number}", status="archived")
    first, second = (await seen(parts)).activities
    assert (first.topic, first.status, first.progress, first.step) == (
        "Hot tea",
        "interrupted",
        40,
        "writing",
    )
    assert (second.title, second.word_count, second.status) == ("Tea at its best", 212, "completed")
    assert (second.campaign, second.project, second.progress) == ("General", "My content", None)
    assert len((await seen(parts, recent=1)).activities) == 1


async def test_usage_counts_model_calls_of_this_month_and_client(parts: Parts, ear: Ear) -> None:
    place = await here(parts)
    activity = await add_activity(parts, place.campaign_id, "Iced tea")
    first = date(2026, 3, 1)
    for moment in (
        local(first, 0, 0),
        local(first, 23, 59),
        local(date(2026, 3, 31), 23, 59),
    ):
        await add_model_call(parts, activity, moment, 800)
    await add_model_call(parts, activity, local(first), 5000, model=None)
    await add_model_call(parts, activity, local(first - timedelta(days=1), 23, 59), 5000)
    await add_model_call(parts, activity, local(date(2026, 4, 1), 0, 0), 5000)
    async with parts.database.unit_of_work() as work:
        for size, digit in ((1_000, "a"), (2_500_000_000 % 2**31, "b")):
            await work.documents.add(
                organization_id=place.organization_id,
                project_id=place.project_id,
                uploaded_by=place.user_id,
                filename="x.pdf",
                file_path="x.pdf",
                content_hash=digit * 64,
                file_size=size,
            )
        await work.commit()
        usage = await month_usage(work, place.organization_id, date(2026, 3, 17))
    assert (usage.month, usage.requests, usage.credits) == (first, 3, 2.4)
    assert usage.per_day == [2, *[0] * 29, 1]
    assert usage.storage_bytes == 1_000 + 2_500_000_000 % 2**31
    other = await create_organization(CreateOrganization(name="Acme"), parts, ear)
    async with parts.database.unit_of_work() as work:
        theirs = await month_usage(work, other.organization_id, date(2026, 3, 17))
    assert (theirs.requests, theirs.storage_bytes) == (0, 0)


async def test_an_archived_project_is_not_shown(parts: Parts, ear: Ear) -> None:
    place = await here(parts)
    await add_activity(parts, place.campaign_id, "Iced tea", status="published")
    (project,) = (await seen(parts)).projects
    assert (project.name, project.activity_count, project.published_count) == ("My content", 1, 1)
    await create_project(CreateProject(name="Other"), parts, ear)
    await archive_project(ArchiveProject(project_id=place.project_id), parts, ear)
    overview = await seen(parts)
    assert [project.name for project in overview.projects] == ["Other"]
    assert overview.activities == []
