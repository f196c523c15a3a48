"""What goes to models elsewhere is noted, with its size and without a word of it."""

from typing import Any, cast

import pytest

from marketer_desktop.llm.answering import Writer
from marketer_desktop.llm.choice import STARTER, ModelChoice
from marketer_desktop.services.departures import ShowDepartures, show_departures
from marketer_desktop.services.model_departures import note_check, on_send
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear
from tests.fakes.scripted_chat_model import ScriptedChatModel

PROMPT = ("Write about coffee.", "Sixty grams for a litre. Ünïcode.")
OPTIONS = {"max_tokens": 50, "seed": 1, "temperature": 0.0}


async def never(began: float) -> bool:
    return False


def unheard(text: str) -> None:
    pass


async def ask(parts: Parts, choice: ModelChoice) -> None:
    writer = Writer(ScriptedChatModel(about="coffee"), never, on_send=on_send(parts, choice))
    await writer.write(PROMPT, cast("dict[str, Any]", OPTIONS), unheard, unheard)


async def test_every_request_to_a_cloud_is_noted(parts: Parts) -> None:
    choice = ModelChoice("mistral", "mistral-small-latest")
    await ask(parts, choice)
    await ask(parts, choice)
    (left,) = (await show_departures(ShowDepartures(), parts, Ear())).departures
    assert (left.kind, left.destination, left.times) == ("model_call", "api.mistral.ai", 2)
    assert left.bytes == 2 * sum(len(text.encode()) for text in PROMPT)
    assert "coffee" not in left.what and "mistral:mistral-small-latest" in left.what


@pytest.mark.parametrize("choice", [STARTER, ModelChoice("ollama", "llama3")])
async def test_what_stays_on_this_computer_is_not(parts: Parts, choice: ModelChoice) -> None:
    assert on_send(parts, choice) is None


async def test_an_ollama_on_another_machine_is_elsewhere(parts: Parts) -> None:
    parts.models.ollama_host = "http://studio.lan:11434"
    await ask(parts, ModelChoice("ollama", "llama3"))
    (left,) = (await show_departures(ShowDepartures(), parts, Ear())).departures
    assert left.destination == "studio.lan"


async def test_the_check_of_a_key_says_that_no_text_went_with_it(parts: Parts) -> None:
    note_check(parts, "openai")
    (left,) = (await show_departures(ShowDepartures(), parts, Ear())).departures
    assert (left.kind, left.destination, left.bytes) == ("key_check", "api.openai.com", 0)
    assert "none of your texts" in left.what
