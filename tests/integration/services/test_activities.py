"""Activities: listed, shown, cancelled in the middle, and taken up again."""

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest

from marketer_desktop.domain.brief import Brief
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.choice import STARTER, ModelChoice
from marketer_desktop.llm.factory import OpenModel
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
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.generate_content import GenerateContent, generate_content, start
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear, running_parts
from tests.factories.uses import uses_of
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems
from tests.patience import becomes_true

BRIEF = GenerateContent(topic="fresh coffee for the office", words=250)
EMAIL = GenerateContent(topic="fresh coffee for the office", type="email", words=60)  # type: ignore[arg-type]


async def begun(parts: Parts, ear: Ear) -> tuple[int, "asyncio.Task[ActivityReport]"]:
    """A run in the middle of its writing, and who follows it."""
    follower = asyncio.create_task(generate_content(BRIEF, parts, ear))

    async def writing() -> bool:
        return any(event["step"] == "writing" for event in ear.of("draft"))

    await becomes_true(writing)
    return int(ear.of("activity")[0]["activity_id"]), follower


async def start_alone(parts: Parts) -> int:
    """A run that nobody follows."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        await work.commit()
    return await start(parts, place, Brief(topic=BRIEF.topic, words=250), STARTER)


async def finished_calls(parts: Parts, activity_id: int) -> Counter[tuple[str, int, str]]:
    shown = await show_activity(ShowActivity(activity_id=activity_id), parts, Ear())
    return Counter(
        (e.node, e.attempt, e.input_hash) for e in shown.executions if e.status == "completed"
    )


async def resume(parts: Parts, activity_id: int, ear: Ear) -> ActivityReport:
    return await resume_activity(ResumeActivity(activity_id=activity_id), parts, ear)


async def test_a_run_is_cancelled_within_two_seconds_and_goes_on_later(
    parts: Parts, ear: Ear, model: ScriptedChatModel
) -> None:
    model.pause = 0.1
    activity_id, follower = await begun(parts, ear)
    before = time.monotonic()
    report = await cancel_activity(CancelActivity(activity_id=activity_id), parts, ear)
    assert (await follower).status == report.status == "cancelled"
    assert (ear.heard[-1]["kind"], ear.heard[-1]["step"]) == ("ended", "cancelled")

    async def still() -> bool:
        return model.at_once == 0

    await becomes_true(still)
    assert time.monotonic() - before < 2
    finished, calls = await finished_calls(parts, activity_id), model.calls
    await asyncio.sleep(0.3)
    assert model.calls == calls
    (before_it_went_on,) = await uses_of(parts.database, activity_id)
    model.pause = 0
    again = Ear()
    assert (await resume(parts, activity_id, again)).status == "completed"
    assert finished <= await finished_calls(parts, activity_id)
    uses = await uses_of(parts.database, activity_id)
    assert uses[0] == before_it_went_on
    spent = (await show_activity(ShowActivity(activity_id=activity_id), parts, ear)).tokens
    assert sum(tokens for _, tokens, _ in uses) == spent > before_it_went_on[1] > 0
    steps = [event["step"] for event in again.of("started")]
    assert steps == ["writing", "editing", "social_media"]
    shown = await show_activity(ShowActivity(activity_id=activity_id), parts, ear)
    assert [event.seq for event in shown.events] == list(range(1, len(shown.events) + 1))


async def test_a_run_goes_on_at_once_after_it_was_cancelled(
    parts: Parts, ear: Ear, model: ScriptedChatModel
) -> None:
    model.pause = 0.1
    activity_id, follower = await begun(parts, ear)
    await cancel_activity(CancelActivity(activity_id=activity_id), parts, ear)
    model.pause = 0
    report = await asyncio.wait_for(resume(parts, activity_id, Ear()), 30)
    assert report.status == "completed"
    await follower


async def test_a_run_that_failed_goes_on_and_its_message_goes(
    parts: Parts, ear: Ear, model: ScriptedChatModel, log_problems: Problems
) -> None:
    model.fail_at = {4}
    failed = await generate_content(BRIEF, parts, ear)
    assert (failed.status, bool(failed.error)) == ("failed", True)
    log_problems.records.clear()
    ((_, tokens, _),) = await uses_of(parts.database, failed.activity_id)
    assert tokens == failed.tokens > 0
    finished = await finished_calls(parts, failed.activity_id)
    report = await resume(parts, failed.activity_id, ear)
    assert (report.status, report.error) == ("completed", None)
    assert [step.name for step in report.steps][-1] == "social_media"
    assert finished <= await finished_calls(parts, failed.activity_id)


async def test_a_run_whose_engine_ended_is_interrupted_and_goes_on(
    migrated_url: str, tmp_path: Path, shared_embeddings: MiniLmEmbeddings, ear: Ear
) -> None:
    model = ScriptedChatModel(about="coffee", pause=0.1)
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        activity_id = await start_alone(parts)

        async def some_are_finished() -> bool:
            return model.finished.total() > 2

        await becomes_true(some_are_finished)
    model.pause = 0
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        (listed,) = (await list_activities(ListActivities(), parts, ear)).activities
        assert listed.status == "interrupted"
        finished = await finished_calls(parts, activity_id)
        assert (await resume(parts, activity_id, Ear())).status == "completed"
        assert finished <= await finished_calls(parts, activity_id)
        (listed,) = (await list_activities(ListActivities(), parts, ear)).activities
        assert (listed.status, bool(listed.word_count)) == ("completed", True)


async def test_a_running_activity_is_generating_and_not_interrupted(
    parts: Parts, ear: Ear, model: ScriptedChatModel
) -> None:
    model.pause = 0.1
    activity_id, follower = await begun(parts, ear)
    shown = await show_activity(ShowActivity(activity_id=activity_id), parts, ear)
    assert shown.status == "generating"
    assert [step.name for step in shown.steps] == ["seo_research", "research"]
    with pytest.raises(ServiceError, match="generating: there is nothing to resume"):
        await resume(parts, activity_id, ear)
    model.pause = 0
    assert (await follower).status == "completed"


async def test_activities_are_listed_newest_first(parts: Parts, ear: Ear) -> None:
    reports = [await generate_content(EMAIL, parts, ear) for _ in range(2)]
    listed = (await list_activities(ListActivities(), parts, ear)).activities
    assert [entry.activity_id for entry in listed] == [r.activity_id for r in reversed(reports)]
    assert (listed[0].type, listed[0].topic) == ("email", EMAIL.topic)
    assert listed[0].word_count == reports[1].word_count
    newest = (await list_activities(ListActivities(limit=1), parts, ear)).activities
    assert newest == listed[:1]


async def test_what_has_ended_is_neither_cancelled_nor_resumed(parts: Parts, ear: Ear) -> None:
    done = (await generate_content(EMAIL, parts, ear)).activity_id
    with pytest.raises(ServiceError, match=f"{done} is completed: there is no run to cancel"):
        await cancel_activity(CancelActivity(activity_id=done), parts, ear)
    with pytest.raises(ServiceError, match=f"{done} is completed: there is nothing to resume"):
        await resume(parts, done, ear)


async def test_a_number_that_is_none_is_answered_with_help(parts: Parts, ear: Ear) -> None:
    for attempt in (
        show_activity(ShowActivity(activity_id=77), parts, ear),
        cancel_activity(CancelActivity(activity_id=77), parts, ear),
        resume(parts, 77, ear),
    ):
        with pytest.raises(ServiceError, match=r"no activity 77.*activities list"):
            await attempt


async def test_a_run_cut_off_before_its_first_word_can_be_resumed(
    migrated_url: str, tmp_path: Path, shared_embeddings: MiniLmEmbeddings, ear: Ear
) -> None:
    model = ScriptedChatModel(about="coffee")
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        opening = asyncio.Event()

        async def never_opens(choice: ModelChoice) -> OpenModel:
            opening.set()
            await asyncio.Event().wait()
            raise AssertionError

        parts.models.open = never_opens  # type: ignore[method-assign]
        activity_id = await start_alone(parts)
        await opening.wait()
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        (listed,) = (await list_activities(ListActivities(), parts, ear)).activities
        assert listed.status == "interrupted"
        assert (await resume(parts, activity_id, ear)).status == "completed"
