"""Calls to the model of a run: within budget, few at once, with a second chance."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.outputs import ChatGenerationChunk

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.eta import Forecast, expected_work
from marketer_desktop.llm.budget import PromptTooLong
from marketer_desktop.llm.errors import StreamCutShort, cut_short
from marketer_desktop.llm.retrying import Patience
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.tables import AgentExecutionRow
from marketer_desktop.workflow.ledger import Ledger
from marketer_desktop.workflow.model_calls import ModelCalls
from marketer_desktop.workflow.progress import RunProgress
from tests.factories.runs import add_run, make_calls
from tests.fakes.saying_model import SayingModel
from tests.fakes.scripted_chat_model import ScriptedChatModel, ScriptedFailure

PROMPT = ("You write.", "Explain coffee")


class Desk:
    """A ledger, what progress was told, and the rows that were written."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database, self.ledger = database, ledger
        self.told: list[tuple[str, str, int, dict[str, Any]]] = []

    def calls(self, model: ScriptedChatModel, **options: Any) -> ModelCalls:
        progress = RunProgress(
            lambda *event: self.told.append(event),
            Forecast(expected_work(ContentType.BLOG, 600, small=True)),
        )
        return make_calls(model, self.ledger, progress, **options)

    def draft(self) -> str:
        """The draft as it stands on a screen."""
        text = ""
        for kind, _, _, data in self.told:
            if kind == "draft" and "restart" in data:
                assert text.endswith(data["vain"])
                text = text.removesuffix(data["vain"])
            elif kind == "draft":
                text += data["delta"]
        return text

    async def rows(self) -> list[AgentExecutionRow]:
        async with self._database.unit_of_work() as work:
            return list(await work.executions.of_activity(self.ledger.run.activity_id))


@pytest.fixture
async def desk(database: Database) -> Desk:
    return Desk(database, Ledger(database, await add_run(database, Brief(topic="coffee"))))


async def test_an_answer_is_streamed_counted_and_kept(desk: Desk) -> None:
    model = ScriptedChatModel(about="coffee")
    text = await desk.calls(model).ask("editor", "editing/length", PROMPT, 12)
    drafts = [data for kind, _, _, data in desk.told if kind == "draft"]
    assert "".join(data["delta"] for data in drafts) == text
    assert len(text.split()) == len(drafts) == 12
    assert {data["node"] for data in drafts} == {"editing/length"}
    (row,) = await desk.rows()
    assert (row.tokens_input, row.tokens_output) == (4, 12)
    assert row.output_data == {"text": text}
    assert row.input_data is not None
    assert row.input_data["options"]["max_tokens"] == 12


async def test_a_retry_asks_anew_and_a_repetition_does_not(desk: Desk) -> None:
    model = ScriptedChatModel(about="coffee")
    calls = desk.calls(model)
    texts = [await calls.ask("editor", "place", PROMPT, 12, attempt) for attempt in (1, 2, 1)]
    assert texts[0] == texts[2] != texts[1]
    assert list(model.counts.values()) == [1, 1]


async def test_an_overlong_prompt_is_refused_before_anything_is_written(desk: Desk) -> None:
    model = ScriptedChatModel(about="coffee")
    with pytest.raises(PromptTooLong):
        await desk.calls(model, context_tokens=40).ask("editor", "place", PROMPT, 30)
    assert (model.calls, await desk.rows()) == (0, [])


async def test_no_more_calls_at_once_than_the_model_takes(desk: Desk) -> None:
    model = ScriptedChatModel(about="coffee", pause=0.02)
    calls = desk.calls(model, parallel=2)
    await asyncio.gather(*(calls.ask("editor", f"place/{n}", PROMPT, 5) for n in range(6)))
    assert (model.calls, model.most_at_once) == (6, 2)


async def test_a_server_that_was_started_again_gets_a_second_call(desk: Desk) -> None:
    model = ScriptedChatModel(about="coffee", fail_at={1})
    asked: list[float] = []

    async def revived(began: float) -> bool:
        asked.append(began)
        return True

    text = await desk.calls(model, recover=revived).ask("editor", "place", PROMPT, 5)
    assert (model.calls, len(asked)) == (2, 1)
    assert [row.status for row in await desk.rows()] == ["completed"]
    assert desk.draft() == text


class BreakingModel(ScriptedChatModel):
    """Breaks off in the middle of its first answers."""

    broken: int

    async def _astream(self, *args: Any, **options: Any) -> AsyncIterator[ChatGenerationChunk]:
        number = self.calls
        pieces = 0
        async for chunk in super()._astream(*args, **options):
            if number < self.broken and pieces == 3:
                raise cut_short()
            pieces += 1
            yield chunk


async def test_a_broken_answer_is_asked_for_anew_and_its_draft_taken_back(desk: Desk) -> None:
    model = BreakingModel(about="coffee", broken=2)
    calls = desk.calls(model, patience=Patience(first=0.01, most=0.02))
    text = await calls.ask("editor", "place", PROMPT, 12)
    assert len(text.split()) == 12 and desk.draft() == text
    assert set(model.counts.values()) == {3}, "the very same request each time"
    whys = [data["restart"] for _, _, _, data in desk.told if "restart" in data]
    assert whys == ["The model's answer broke off; trying again in 1 s."] * 2
    assert [row.status for row in await desk.rows()] == ["completed"]


async def test_a_model_that_only_breaks_off_fails_the_call_with_its_reason(desk: Desk) -> None:
    model = BreakingModel(about="coffee", broken=99)
    calls = desk.calls(model, patience=Patience(first=0.01, most=0.02))
    with pytest.raises(StreamCutShort):
        await calls.ask("editor", "place", PROMPT, 12)
    (row,) = await desk.rows()
    assert row.status == "failed" and row.error_message and "broke off" in row.error_message


async def test_thoughts_reach_neither_the_draft_nor_the_text(desk: Desk) -> None:
    model = SayingModel(about="coffee", sayings=["<think>Coffee? Beans.</think> It wakes you."])
    text = await desk.calls(model).ask("editor", "place", PROMPT, 12)
    assert text == desk.draft() == "It wakes you."
    assert not any("hink" in str(data) for kind, _, _, data in desk.told if kind == "draft")


async def test_a_second_failure_is_final(desk: Desk) -> None:
    model = ScriptedChatModel(about="coffee", fail_at={1, 2})

    async def revived(began: float) -> bool:
        return True

    with pytest.raises(ScriptedFailure):
        await desk.calls(model, recover=revived).ask("editor", "place", PROMPT, 5)
    assert model.calls == 2
    (row,) = await desk.rows()
    assert (row.status, row.error_message) == ("failed", "The scripted model was told to fail.")


async def test_a_failure_of_a_server_that_lives_is_final(desk: Desk) -> None:
    model = ScriptedChatModel(about="coffee", fail_at={1})
    with pytest.raises(ScriptedFailure):
        await desk.calls(model).ask("editor", "place", PROMPT, 5)
    assert model.calls == 1
