"""Outline first: the run stops, survives a restart, and goes on as somebody has edited it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.activities import (
    CancelActivity,
    ListActivities,
    ResumeActivity,
    ShowActivity,
    cancel_activity,
    list_activities,
    resume_activity,
    show_activity,
)
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.live_runs import ListRuns, list_runs
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.pause_runs import GoOn, PauseRuns, go_on, pause_runs
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.services.review_outline import (
    ApproveOutline,
    Outline,
    ShowOutline,
    approve_outline,
    show_outline,
)
from marketer_desktop.services.show_draft import ShowDraft, show_draft
from tests.factories.engines import Ear, running_parts
from tests.fakes.passages import OFFICES
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true

TOPIC = "fresh coffee for the office"
EDITED = [
    OutlineSection(heading="Who drinks coffee at work", points=["What do teams like?"], words=40),
    OutlineSection(heading="What coffee costs", points=["Why is cheap coffee dear?"], words=80),
    OutlineSection(heading="Where to begin", points=[], words=40),
]


def brief(**values: Any) -> GenerateContent:
    asked = {"topic": TOPIC, "words": 200, "keywords": ["morning"], "review_outline": True}
    return GenerateContent.model_validate({**asked, **values})


async def outline_of(parts: Parts, activity_id: int) -> Outline:
    return await show_outline(ShowOutline(activity_id=activity_id), parts, Ear())


async def status_of(parts: Parts, activity_id: int) -> str:
    return (await show_activity(ShowActivity(activity_id=activity_id), parts, Ear())).status


async def test_a_run_stops_after_the_outline_and_says_so_everywhere(
    parts: Parts, ear: Ear, model: ScriptedChatModel
) -> None:
    report = await generate_content(brief(), parts, ear)
    assert (report.status, report.path, report.error) == (OUTLINE_REVIEW, None, None)
    assert [section.heading for section in report.outline if not section.heading] == []
    assert len(report.outline) == 3
    assert (ear.heard[-1]["kind"], ear.heard[-1]["data"]) == ("waiting", {"for": "outline"})
    assert ear.heard[-1]["progress"] == 40
    calls = model.calls
    activity_id = report.activity_id
    (listed,) = (await list_activities(ListActivities(), parts, ear)).activities
    (run,) = (await list_runs(ListRuns(), parts, ear)).runs
    assert listed.status == run.status == await status_of(parts, activity_id) == OUTLINE_REVIEW
    outline = await outline_of(parts, activity_id)
    assert (outline.waiting, outline.words, outline.keyphrase) == (True, 200, "morning")
    assert outline.sections == report.outline
    headings = [
        p.text
        for p in (await show_draft(ShowDraft(activity_id=activity_id), parts, ear)).parts
        if p.style == "heading"
    ]
    assert headings == [section.heading for section in outline.sections]
    await pause_runs(PauseRuns(), parts, ear)
    assert (await go_on(GoOn(), parts, ear)).activity_ids == []
    with pytest.raises(ServiceError, match="outline_review: there is nothing to resume"):
        await resume_activity(ResumeActivity(activity_id=activity_id), parts, ear)
    assert model.calls == calls


async def test_the_edited_outline_is_what_gets_written(parts: Parts, ear: Ear) -> None:
    started = await generate_content(brief(), parts, ear)
    again = Ear()
    call = ApproveOutline(activity_id=started.activity_id, sections=EDITED, follow=True)
    report = await approve_outline(call, parts, again)
    assert report.status in {"completed", "needs_attention"}, report.error
    assert [event["step"] for event in again.of("started")] == [
        "writing",
        "editing",
        "social_media",
    ]
    assert report.path is not None
    text = await asyncio.to_thread(Path(report.path).read_text, "utf-8")
    places = [text.index(section.heading.partition(" ")[0]) for section in EDITED]
    assert places == sorted(places)
    assert 180 <= report.word_count <= 220
    lengths = [len(part.split()) for part in text.split("\n## ")[1:]]
    assert lengths[1] > lengths[0], "the second section has twice the budget"
    shown = await show_activity(ShowActivity(activity_id=report.activity_id), parts, ear)
    assert [event.seq for event in shown.events] == list(range(1, len(shown.events) + 1))
    outline = await outline_of(parts, report.activity_id)
    assert (outline.waiting, outline.sections, report.outline) == (False, EDITED, [])
    prompts = await asked(parts, report.activity_id)
    assert any("What do teams like?" in prompt for prompt in prompts)


async def asked(parts: Parts, activity_id: int) -> list[str]:
    """What the model was asked in the run."""
    async with parts.database.unit_of_work() as work:
        calls = await work.executions.of_activity(activity_id)
    return [(call.input_data or {}).get("user", "") for call in calls]


async def test_points_that_are_facts_of_a_document_are_quoted(
    parts: Parts, ear: Ear, tmp_path: Path
) -> None:
    document = tmp_path / "offices.md"
    document.write_text(OFFICES, "utf-8")
    started = await generate_content(
        brief(type="email", words=80, documents=[document]), parts, ear
    )
    (section,) = (await outline_of(parts, started.activity_id)).sections
    fact = next(point for point in section.points if point in " ".join(OFFICES.split()))
    only = OutlineSection(points=[fact], words=80)
    call = ApproveOutline(activity_id=started.activity_id, sections=[only], follow=True)
    report = await approve_outline(call, parts, ear)
    assert report.path is not None
    assert fact in await asyncio.to_thread(Path(report.path).read_text, "utf-8")
    assert [source.document for source in report.sources] == ["offices.md"]


async def test_it_waits_over_a_restart_and_goes_on_as_proposed(
    migrated_url: str, tmp_path: Path, shared_embeddings: MiniLmEmbeddings, ear: Ear
) -> None:
    model = ScriptedChatModel(about="coffee")
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        started = await generate_content(brief(), parts, ear)
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        assert await status_of(parts, started.activity_id) == OUTLINE_REVIEW
        before = await outline_of(parts, started.activity_id)
        model.pause, known = 0.1, model.finished.total()
        await approve_outline(ApproveOutline(activity_id=started.activity_id), parts, ear)

        async def is_writing() -> bool:
            return model.finished.total() > known

        await becomes_true(is_writing)
    # The engine ended in the middle of the writing: what was approved is not asked for again.
    model.pause = 0
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        assert await status_of(parts, started.activity_id) == "interrupted"
        call = ResumeActivity(activity_id=started.activity_id)
        assert (await resume_activity(call, parts, Ear())).status in {
            "completed",
            "needs_attention",
        }
        after = await outline_of(parts, started.activity_id)
        assert (after.sections, after.waiting) == (before.sections, False)


async def test_a_waiting_run_is_cancelled_and_taken_up_again(parts: Parts, ear: Ear) -> None:
    started = await generate_content(brief(type="email", words=60), parts, ear)
    call = CancelActivity(activity_id=started.activity_id)
    assert (await cancel_activity(call, parts, ear)).status == "cancelled"
    with pytest.raises(ServiceError, match="no outline that waits"):
        await approve_outline(ApproveOutline(activity_id=started.activity_id), parts, ear)
    resumed = await resume_activity(ResumeActivity(activity_id=started.activity_id), parts, Ear())
    assert resumed.status == OUTLINE_REVIEW
    done = ApproveOutline(activity_id=started.activity_id, follow=True)
    assert (await approve_outline(done, parts, ear)).status in {"completed", "needs_attention"}


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        (EDITED[:2], "at least 3"),
        ([*EDITED[:2], OutlineSection(words=50)], "no heading"),
        ([*EDITED, EDITED[0]], "same heading"),
    ],
)
async def test_an_outline_that_cannot_be_written_is_refused(
    parts: Parts, ear: Ear, sections: list[OutlineSection], message: str
) -> None:
    started = await generate_content(brief(), parts, ear)
    call = ApproveOutline(activity_id=started.activity_id, sections=sections)
    with pytest.raises(ServiceError, match=message):
        await approve_outline(call, parts, ear)
    assert (await outline_of(parts, started.activity_id)).waiting


async def test_there_is_no_outline_of_what_was_never_planned(parts: Parts, ear: Ear) -> None:
    with pytest.raises(ServiceError, match="no activity 77"):
        await outline_of(parts, 77)
    report = await generate_content(brief(type="email", words=60, review_outline=False), parts, ear)
    assert not (await outline_of(parts, report.activity_id)).waiting
    with pytest.raises(ServiceError, match="no outline that waits"):
        await approve_outline(ApproveOutline(activity_id=report.activity_id), parts, ear)
