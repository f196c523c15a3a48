"""Live runs: waiting, under way, cut off and ended lately, and their drafts."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.eta import PastRun
from marketer_desktop.jobs.queue import CONCURRENCY
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.choice import STARTER
from marketer_desktop.services.activities import (
    CancelActivity,
    ResumeActivity,
    ShowActivity,
    cancel_activity,
    resume_activity,
    show_activity,
)
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.follow_activity import follow
from marketer_desktop.services.generate_content import start
from marketer_desktop.services.live_runs import ListRuns, LiveRun, list_runs
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.regenerate import RegenerateActivity, regenerate_activity
from marketer_desktop.services.show_draft import Draft, ShowDraft, show_draft
from tests.factories.engines import Ear, running_parts
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true


async def started(parts: Parts, **brief: object) -> int:
    """A run that nobody follows."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        await work.commit()
    asked = Brief.model_validate({"topic": "fresh coffee for the office", "words": 250} | brief)
    return await start(parts, place, asked, STARTER)


async def runs(parts: Parts) -> list[LiveRun]:
    return (await list_runs(ListRuns(), parts, Ear())).runs


async def run(parts: Parts, activity_id: int) -> LiveRun:
    return next(run for run in await runs(parts) if run.activity_id == activity_id)


async def draft(parts: Parts, activity_id: int) -> Draft:
    return await show_draft(ShowDraft(activity_id=activity_id), parts, Ear())


async def until(parts: Parts, activity_id: int, status: str, step: str | None = None) -> LiveRun:
    async def reached() -> bool:
        found = await run(parts, activity_id)
        return found.status == status and step in (None, found.step)

    await becomes_true(reached)
    return await run(parts, activity_id)


async def test_a_run_is_listed_from_its_start_to_its_end(
    parts: Parts, model: ScriptedChatModel
) -> None:
    assert await runs(parts) == []
    model.pause = 0.1
    number = await started(parts)
    writing = await until(parts, number, "generating", "writing")
    assert (writing.title, writing.type, writing.position) == (
        "fresh coffee for the office",
        "blog",
        0,
    )
    assert writing.progress == 40 and writing.eta_seconds is not None
    model.pause = 0
    done = await until(parts, number, "completed")
    assert (done.progress, done.eta_seconds, done.step) == (100, None, "social_media")
    assert done.title != writing.title


async def test_runs_beyond_those_at_once_wait_with_their_place(
    parts: Parts, model: ScriptedChatModel
) -> None:
    model.pause = 30
    first = [await started(parts) for _ in range(CONCURRENCY)]
    for number in first:
        await until(parts, number, "generating")
    behind = [await started(parts) for _ in range(2)]
    assert [(await run(parts, number)).status for number in behind] == ["waiting"] * 2
    assert [(await run(parts, number)).position for number in behind] == [1, 2]
    cancelled = await cancel_activity(CancelActivity(activity_id=behind[0]), parts, Ear())
    assert cancelled.status == "cancelled"
    assert (await run(parts, behind[1])).position == 1


async def test_what_ended_long_ago_is_not_listed(parts: Parts) -> None:
    number = await started(parts, type="email", words=60)
    await until(parts, number, "completed")
    async with parts.database.unit_of_work() as work:
        await work.session.execute(
            text("UPDATE activities SET workflow_completed_at = now() - interval '61 minutes'")
        )
        await work.commit()
    assert await runs(parts) == []


async def test_a_cancelled_run_is_resumed_without_waiting_and_only_once(
    parts: Parts, model: ScriptedChatModel
) -> None:
    model.pause = 0.1
    number = await started(parts)
    await until(parts, number, "generating", "writing")
    await cancel_activity(CancelActivity(activity_id=number), parts, Ear())
    stopped = await run(parts, number)
    assert (stopped.status, stopped.step, stopped.progress) == ("cancelled", "writing", 40)
    async with parts.bus.watch() as changes:
        told = await resume_activity(ResumeActivity(activity_id=number, follow=False), parts, Ear())
        assert told.status == "generating"
        assert "subject='activities'" in repr(changes.get_nowait())
    assert (await run(parts, number)).status in ("waiting", "generating")
    model.pause = 0
    await until(parts, number, "completed")


async def test_a_resumed_run_in_the_queue_waits_and_is_not_resumed_again(
    parts: Parts, model: ScriptedChatModel
) -> None:
    model.pause = 30
    number = await started(parts)
    await until(parts, number, "generating")
    await cancel_activity(CancelActivity(activity_id=number), parts, Ear())
    others = [await started(parts) for _ in range(CONCURRENCY)]
    for other in others:
        await until(parts, other, "generating")
    again = ResumeActivity(activity_id=number, follow=False)
    assert (await resume_activity(again, parts, Ear())).status == "generating"
    waiting = await run(parts, number)
    assert (waiting.status, waiting.position) == ("waiting", 1)
    with pytest.raises(ServiceError, match="generating: there is nothing to resume"):
        await resume_activity(again, parts, Ear())


async def test_an_interrupted_run_shows_the_same_draft_after_a_restart(
    migrated_url: str, tmp_path: Path, shared_embeddings: MiniLmEmbeddings, ear: Ear
) -> None:
    model = ScriptedChatModel(about="coffee", pause=0.05)
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        number = await started(parts)
        assert (await draft(parts, number)) == Draft()
        await until(parts, number, "generating", "writing")

        async def some_text() -> bool:
            found = (await draft(parts, number)).parts
            return any(part.text for part in found if part.style == "paragraph")

        await becomes_true(some_text)
        before = await draft(parts, number)
    model.pause = 0
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        cut_off = await run(parts, number)
        assert (cut_off.status, cut_off.step) == ("interrupted", "writing")
        after = await draft(parts, number)
        texts = {part.node: part.text for part in after.parts}
        assert [part.node for part in before.parts] == list(texts)
        assert all(texts[part.node].startswith(part.text) for part in before.parts)
        assert before.parts[0].style == "title" and before.parts[0].text
        assert [part.style for part in before.parts].count("heading") == 3
        await resume_activity(ResumeActivity(activity_id=number), parts, ear)
        streamed = {event["data"]["node"] for event in ear.of("draft")}
        assert {node for node in streamed if node.startswith("writing/")} <= set(texts)
        shown = await show_activity(ShowActivity(activity_id=number), parts, Ear())
        finished = (await draft(parts, number)).markdown
        assert finished.startswith(f"# {shown.title}\n") and finished.count("\n## ") == 3


async def test_the_draft_is_put_together_once_it_is_written(
    parts: Parts, model: ScriptedChatModel, ear: Ear
) -> None:
    number = await started(parts)
    following = asyncio.create_task(follow(parts, number, ear))

    async def written() -> bool:
        return any(event["step"] == "writing" for event in ear.of("finished"))

    await becomes_true(written)
    assert (await draft(parts, number)).markdown.startswith("# ")
    await following


async def test_a_text_written_anew_shows_the_draft_of_its_new_run(
    parts: Parts, model: ScriptedChatModel
) -> None:
    number = await started(parts)
    await until(parts, number, "completed")
    old = (await draft(parts, number)).markdown
    model.pause = 0.1
    await regenerate_activity(RegenerateActivity(activity_id=number), parts, Ear())
    await until(parts, number, "generating", "writing")
    again = await run(parts, number)
    assert (again.progress, (await draft(parts, number)).markdown) == (40, "")
    await cancel_activity(CancelActivity(activity_id=number), parts, Ear())
    assert (await run(parts, number)).progress == 40
    assert (await draft(parts, number)).parts[0].text in old


async def test_the_next_run_expects_what_the_last_ones_took(parts: Parts) -> None:
    async def past(kind: str) -> list[PastRun]:
        async with parts.database.unit_of_work() as work:
            return list(await work.executions.past_runs(kind, STARTER.provider, STARTER.name, 1))

    assert await past("email") == []
    for words in (60, 80):
        number = await started(parts, type="email", words=words)
        await until(parts, number, "completed")
    (run,) = await past("email")
    assert run.words == 80
    assert run.work["seo_research"] > 0
    assert run.work["writing"] > 0
    assert await past("blog") == []
