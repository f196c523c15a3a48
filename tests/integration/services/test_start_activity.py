"""A brief from the wizard starts a run at once, and the next brief begins with its choices."""

from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.activities import (
    ListActivities,
    ShowActivity,
    list_activities,
    show_activity,
)
from marketer_desktop.services.brief_suggestions import (
    BriefChoices,
    SuggestBrief,
    last_choices,
    suggest_brief,
    with_choices,
)
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.start_activity import StartActivity, start_activity
from marketer_desktop.storage.tables import CampaignRow
from tests.factories.engines import Ear
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true

TOPIC = "fresh coffee for the office"


def brief(**values: Any) -> StartActivity:
    return StartActivity.model_validate({"topic": TOPIC, "type": "email", "words": 60, **values})


async def status(parts: Parts, activity_id: int) -> str:
    return (await show_activity(ShowActivity(activity_id=activity_id), parts, Ear())).status


async def all_end(parts: Parts) -> None:
    """Wait for the runs: a database is dropped late while a worker is still connecting to it."""

    async def no_run_is_left() -> bool:
        listed = (await list_activities(ListActivities(), parts, Ear())).activities
        return all(activity.status != "generating" for activity in listed)

    await becomes_true(no_run_is_left)


async def test_it_returns_at_once_and_the_run_goes_on(
    parts: Parts, model: ScriptedChatModel
) -> None:
    model.pause = 0.05
    started = await start_activity(brief(seo_priority="high"), parts, Ear())
    assert await status(parts, started.activity_id) == "generating"
    assert started.model == "starter"
    model.pause = 0

    async def is_done() -> bool:
        return await status(parts, started.activity_id) in {"completed", "needs_attention"}

    await becomes_true(is_done)
    shown = await show_activity(ShowActivity(activity_id=started.activity_id), parts, Ear())
    assert (shown.brief["seo_priority"], shown.brief["words"]) == ("high", 60)


async def test_the_piece_is_filed_under_the_campaign(parts: Parts) -> None:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project("Spring")
        launch = CampaignRow(
            project_id=place.project_id, owner_id=place.user_id, name="Product launch"
        )
        work.session.add(launch)
        await work.commit()
    named = await start_activity(brief(campaign_id=launch.id), parts, Ear())
    general = await start_activity(brief(project_id=place.project_id), parts, Ear())
    nowhere = await start_activity(brief(), parts, Ear())
    async with parts.database.unit_of_work() as work:
        rows = [
            await work.activities.get(started.activity_id) for started in (named, general, nowhere)
        ]
        default = await work.workspaces.local_workspace()
        await work.commit()
    campaigns = [row.campaign_id for row in rows if row]
    assert campaigns == [launch.id, place.campaign_id, default.campaign_id]
    await all_end(parts)


async def test_the_next_brief_begins_with_the_last_choices(parts: Parts, tmp_path: Path) -> None:
    first = await suggest_brief(SuggestBrief(), parts, Ear())
    assert (first.choices, first.keywords, first.model) == (BriefChoices(), [], "starter")
    note = tmp_path / "note.md"
    note.write_text("Coffee is roasted on Tuesday.", "utf-8")
    taken = await ingest_documents(IngestDocuments(paths=[note]), parts, Ear())
    document = taken.results[0].document_id
    assert document
    for values in (
        {"keywords": ["crm", "lead scoring"], "words": 90},
        {"type": "blog", "words": 250, "keywords": ["CRM", "email"], "tone": "friendly"},
        {"keywords": ["new"], "seo_priority": "low", "document_ids": [document], "words": 80},
    ):
        await start_activity(brief(**values), parts, Ear())
    suggested = await suggest_brief(SuggestBrief(), parts, Ear())
    assert [word.casefold() for word in suggested.keywords[:2]] == ["crm", "new"]
    assert set(suggested.keywords[2:]) == {"lead scoring", "email"}
    choices = suggested.choices
    assert choices.words == {ContentType.EMAIL: 80, ContentType.BLOG: 250}
    assert (choices.type, choices.tone, choices.seo_priority) == ("email", "professional", "low")
    assert choices.document_ids == [document]
    assert choices.campaign_id is not None
    await all_end(parts)


async def test_a_brief_that_makes_no_sense_starts_nothing(parts: Parts) -> None:
    wrong: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({"topic": " "}, WrongUse, "topic"),
        ({"words": 9000}, WrongUse, "words"),
        ({"keywords": [str(n) for n in range(11)]}, WrongUse, "keywords"),
        ({"document_ids": [4711]}, ServiceError, "Choose the documents again"),
    ]
    for values, error, message in wrong:
        with pytest.raises(error, match=message):
            await start_activity(brief(**values), parts, Ear())
    started = await start_activity(brief(), parts, Ear())
    listed = (await list_activities(ListActivities(), parts, Ear())).activities
    assert [activity.activity_id for activity in listed] == [started.activity_id]
    await all_end(parts)


def test_choices_are_kept_for_each_organization() -> None:
    one = with_choices({}, 1, BriefChoices(tone="friendly"))
    both = with_choices(one, 2, BriefChoices(tone="technical"))
    assert last_choices(both, 1).tone == "friendly"
    assert last_choices(both, 2).tone == "technical"
    assert last_choices(both, 3) == BriefChoices()
    assert last_choices({"last_brief": {"1": {"type": "poem"}}}, 1) == BriefChoices()
