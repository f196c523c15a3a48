"""Passages are rewritten as a stream, cleaned, and what is new in them is named."""

import asyncio
from typing import Any

import pytest
from pydantic import ValidationError

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.rewrite import RewritePassage, Rewritten, rewrite_passage
from tests.factories.contents import add_content
from tests.factories.engines import Ear
from tests.fakes.saying_model import SayingModel
from tests.patience import becomes_true


@pytest.fixture
def model() -> SayingModel:
    return SayingModel(about="tea", sayings=['Sure! Here is the text:\n\n"Coffee costs little."'])


async def rewrite(parts: Parts, ear: Ear, **values: Any) -> Rewritten:
    activity_id = await add_content(parts)
    call = {"activity_id": activity_id, "text": "A cup costs 40 cents[1].", **values}
    return await rewrite_passage(RewritePassage.model_validate(call), parts, ear)


async def usage(parts: Parts) -> list[dict[str, Any]]:
    async with parts.database.unit_of_work() as work:
        connection = await work.driver_connection()
        cursor = await connection.execute(
            "SELECT metadata FROM usage_events WHERE event_type = 'llm_request'"
        )
        return [row[0] for row in await cursor.fetchall()]


async def test_the_answer_streams_and_is_cleaned_and_counted(
    parts: Parts, ear: Ear, model: SayingModel
) -> None:
    told = await rewrite(
        parts, ear, command="shorten", context_before="Before.", context_after="After."
    )
    assert told == Rewritten(text="Coffee costs little.", invented=[], lost_citations=[1])
    assert "".join(event["text"] for event in ear.of("delta")) == model.sayings[0]
    (asked,) = model.asked
    for part in ("Shorten", "A cup costs 40 cents[1].", "…Before.", "After.…", "professional"):
        assert part in asked
    (used,) = await usage(parts)
    assert used["tokens"] > 5
    assert used["model"] == "starter"
    assert parts.models.closed == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"command": "expand"}, "Expand the text"),
        ({"command": "rephrase"}, "in other words"),
        ({"command": "tone", "tone": "technical"}, "in a technical tone"),
        ({"command": "own", "instruction": "Make it rhyme"}, "Make it rhyme. Keep names"),
    ],
)
async def test_each_command_asks_for_its_own(
    parts: Parts, ear: Ear, model: SayingModel, values: dict[str, Any], wanted: str
) -> None:
    await rewrite(parts, ear, **values)
    assert wanted in model.asked[0]


async def test_what_nobody_said_before_is_named(parts: Parts, ear: Ear, model: SayingModel) -> None:
    model.sayings = ["A cup costs 55 cents in Berlin[1]."]
    told = await rewrite(parts, ear, command="rephrase")
    assert told.invented == ["55", "Berlin"]
    assert told.lost_citations == []


async def test_an_incomplete_wish_is_refused() -> None:
    with pytest.raises(ValidationError, match="Say what is to be done"):
        RewritePassage(activity_id=1, command="own", text="a")
    with pytest.raises(ValidationError, match="Choose a tone"):
        RewritePassage(activity_id=1, command="tone", text="a")


async def test_too_much_text_and_an_empty_answer_are_said_plainly(
    parts: Parts, ear: Ear, model: SayingModel
) -> None:
    with pytest.raises(ServiceError, match="Choose a shorter passage"):
        await rewrite(parts, ear, command="shorten", text="word " * 3000)
    assert model.asked == []
    model.sayings = [" "]
    with pytest.raises(ServiceError, match="Your text is as it was"):
        await rewrite(parts, ear, command="shorten")


async def test_a_cancelled_rewrite_stops_the_model(
    parts: Parts, ear: Ear, model: SayingModel
) -> None:
    model.pause = 30
    task = asyncio.create_task(rewrite(parts, ear, command="shorten"))

    async def asked() -> bool:
        return model.at_once == 1

    await becomes_true(asked)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.at_once == 0
    assert parts.models.closed == 1  # type: ignore[attr-defined]
    assert await usage(parts) == []
