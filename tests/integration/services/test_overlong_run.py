"""A run that takes too long: it stops, what it has written is kept, and it can go on."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from marketer_desktop.llm.places import Guest
from marketer_desktop.services import allowance
from marketer_desktop.services.activities import ResumeActivity, resume_activity
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.activity_text import markdown_of
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.overlong_run import markdown
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.show_draft import Draft, DraftPart
from marketer_desktop.storage.tables import ActivityRow
from tests.factories.engines import Ear
from tests.factories.uses import uses_of
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems

BRIEF = GenerateContent(topic="fresh coffee for the office", words=250)


class StallingModel(ScriptedChatModel):
    """Says nothing more once it has answered `answers` times."""

    answers: int = 1000

    @property
    def stalled(self) -> bool:
        """Whether it has come that far."""
        return self.finished.total() >= self.answers

    async def _astream(
        self, messages: list[BaseMessage], *args: Any, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        if self.stalled:
            await asyncio.sleep(600)
        async for chunk in super()._astream(messages, *args, **options):
            yield chunk


@pytest.fixture
def model() -> StallingModel:
    return StallingModel(about="coffee")


@pytest.fixture
def one_second(parts: Parts, model: StallingModel, monkeypatch: pytest.MonkeyPatch) -> Parts:
    """A second for a run, counted from the moment at which the model says nothing more."""
    parts.settings.run_seconds = 1
    monkeypatch.setattr(allowance, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(Guest, "kept_waiting", property(lambda guest: not model.stalled))
    return parts


async def stored(parts: Parts, activity_id: int) -> ActivityRow:
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(activity_id)
    assert row is not None
    return row


async def stopped(
    parts: Parts, model: StallingModel, answers: int, problems: Problems
) -> ActivityReport:
    model.answers = answers
    report = await asyncio.wait_for(generate_content(BRIEF, parts, Ear()), 60)
    assert [record.message for record in problems.records] == ["run took too long"]
    problems.records.clear()
    return report


async def test_it_stops_keeps_its_draft_and_goes_on(
    one_second: Parts, model: StallingModel, log_problems: Problems
) -> None:
    report = await stopped(one_second, model, 9, log_problems)
    assert report.status == "failed"
    assert report.error is not None
    assert "longer than 1 seconds and was stopped; what was written so far is kept" in report.error
    assert "MARKETER_RUN_SECONDS" in report.error
    row = await stored(one_second, report.activity_id)
    assert markdown_of(row).startswith("# ")
    assert "\n\n## " in markdown_of(row)
    assert report.word_count > 20
    ((_, tokens, _),) = await uses_of(one_second.database, report.activity_id)
    assert tokens == report.tokens > 0
    finished = dict(model.finished)
    model.answers = 1000
    again = ResumeActivity(activity_id=report.activity_id)
    done = await resume_activity(again, one_second, Ear())
    assert (done.status, done.error) == ("completed", None)
    assert "**Sources**" in markdown_of(await stored(one_second, report.activity_id))
    assert "**Sources**" not in markdown_of(row)
    assert {key: model.finished[key] for key in finished} == finished


async def test_what_was_not_begun_leaves_no_text(
    one_second: Parts, model: StallingModel, log_problems: Problems
) -> None:
    report = await stopped(one_second, model, 0, log_problems)
    assert report.status == "failed"
    assert (await stored(one_second, report.activity_id)).content is None


def test_a_short_form_has_no_headings() -> None:
    draft = Draft(
        parts=[
            DraftPart(node="title", style="title", text="Coffee"),
            DraftPart(node="a", style="paragraph", text="It is fresh."),
            DraftPart(node="b", style="heading", text="Why"),
            DraftPart(node="c", style="paragraph", text=""),
        ]
    )
    assert markdown(draft, BRIEF.type) == "# Coffee\n\nIt is fresh.\n\n## Why\n"
    assert markdown(draft, type(BRIEF.type)("linkedin")) == "It is fresh.\n"
    assert markdown(Draft(parts=draft.parts[:1]), BRIEF.type) == ""
