"""The sample piece: a finished activity, made once."""

import asyncio
import re
from pathlib import Path

from marketer_desktop.domain.words import count_words
from marketer_desktop.services.activities import (
    ListActivities,
    ShowActivity,
    list_activities,
    show_activity,
)
from marketer_desktop.services.content import OpenContent, open_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.passages import ShowPassage, show_passage
from marketer_desktop.services.sample_piece import OpenSamplePiece, SamplePiece, open_sample_piece
from tests.factories.engines import Ear


async def opened(parts: Parts) -> SamplePiece:
    return await open_sample_piece(OpenSamplePiece(), parts, Ear())


async def test_it_is_a_finished_activity_with_its_sources(parts: Parts) -> None:
    sample = await opened(parts)
    shown = await show_activity(ShowActivity(activity_id=sample.activity_id), parts, Ear())
    assert (shown.status, shown.model, shown.title) == (
        "completed",
        "starter",
        f"Sample: {sample.title}",
    )
    assert shown.brief["topic"] == f"Sample: {sample.title}"
    assert len(shown.steps) == 5
    assert shown.duration_ms == sum(step.duration_ms for step in shown.steps)
    assert shown.path is not None
    text = Path(shown.path).read_text("utf-8")
    assert text.startswith(f"# {sample.title}\n")
    assert shown.sources
    for source in shown.sources:
        assert f"[{source.n}]" in text
        assert source.end - source.start == len(source.text)


async def test_it_says_as_many_words_as_it_has(parts: Parts) -> None:
    sample = await opened(parts)
    shown = await show_activity(ShowActivity(activity_id=sample.activity_id), parts, Ear())
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(sample.activity_id)
    assert row is not None and row.content is not None
    body = row.content["final_content"].split("\n---\n")[0]
    assert count_words(re.sub(r"\[\d+\]", "", body)) == shown.word_count


async def test_it_is_made_once_however_often_it_is_asked_for(parts: Parts) -> None:
    samples = await asyncio.gather(*(opened(parts) for _ in range(3)))
    assert len({sample.activity_id for sample in samples}) == 1
    listed = await list_activities(ListActivities(), parts, Ear())
    assert len(listed.activities) == 1


async def test_a_deleted_sample_comes_back(parts: Parts) -> None:
    first = await opened(parts)
    async with parts.database.unit_of_work() as work:
        await work.session.delete(await work.activities.get(first.activity_id))
        await work.commit()
    again = await opened(parts)
    assert again.activity_id != first.activity_id


async def test_the_editor_opens_it_and_its_passages(parts: Parts) -> None:
    sample = await opened(parts)
    content = await open_content(OpenContent(activity_id=sample.activity_id), parts, Ear())
    assert content.markdown == sample.markdown
    shown = await show_activity(ShowActivity(activity_id=sample.activity_id), parts, Ear())
    for source in shown.sources:
        call = ShowPassage(document_id=0, start=source.start, end=source.end)
        assert (await show_passage(call, parts, Ear())).text == source.text
