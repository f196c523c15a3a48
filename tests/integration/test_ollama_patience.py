"""Waiting for Ollama: for its slots, for its return, and for as long as it asks, but no longer."""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from marketer_desktop.llm.answering import Answer, Writer
from marketer_desktop.llm.errors import ModelTimeout, ModelUnavailable
from marketer_desktop.llm.ollama_chat import OllamaChat, open_ollama_chat
from marketer_desktop.llm.ollama_host import slots
from marketer_desktop.llm.pulse import Pulse
from marketer_desktop.llm.retrying import Patience
from tests.factories.runs import never
from tests.fakes.ollama_payloads import CHAT
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.ollama_troubles import Trouble

HASTE = Patience(first=0.01, most=0.05)
LONG = Patience(first=20.0, most=30.0)
TEXT = "Ten words of cedar, and then there are ten more."
CALLS = 5
SILENCE = 0.6  # longer than any pause of a server that works, shorter than the wait for a slot
BUSY = Trouble("refuse", status=503)


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with OllamaServer(lambda body: TEXT) as running:
        yield running


def _open(address: str, silence: float = 30.0, pulse: Pulse | None = None) -> OllamaChat:
    return open_ollama_chat(address, CHAT.name, context_tokens=2048, timeout=silence, pulse=pulse)


class Said(list[str]):
    """What was told of a call; `event` once it was the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.event = asyncio.Event()
        self.times: list[float] = []

    def hear(self, why: str) -> None:
        self.append(why)
        self.times.append(time.monotonic())
        self.event.set()


async def _ask(chat: OllamaChat, said: Said, patience: Patience = HASTE) -> Answer:
    options = {"max_tokens": 60, "seed": 1}
    writer = Writer(chat, never, patience=patience)
    return await writer.write(("", "Cedar?"), options, lambda text: None, said.hear)


async def _all_at_once(server: OllamaServer, *, sharing: bool) -> list[Answer | BaseException]:
    """More calls than slots; each with a pulse of its own unless they share one."""
    pulse = Pulse()
    chats = [_open(server.address, SILENCE, pulse if sharing else Pulse()) for _ in range(CALLS)]
    try:
        calls = (_ask(chat, Said()) for chat in chats)
        return await asyncio.gather(*calls, return_exceptions=True)
    finally:
        for chat in chats:
            await chat.aclose()


async def test_a_call_that_waits_for_a_slot_is_not_silent() -> None:
    with OllamaServer(lambda body: TEXT, slots=1, token_seconds=0.03) as server:
        began = time.monotonic()
        answers = await _all_at_once(server, sharing=True)
        assert time.monotonic() - began > 2 * SILENCE
        assert [getattr(answer, "text", answer) for answer in answers] == [TEXT] * CALLS
        assert len(server.requests) == CALLS


async def test_calls_that_know_nothing_of_each_other_would_give_up() -> None:
    with OllamaServer(lambda body: TEXT, slots=1, token_seconds=0.03) as server:
        answers = await _all_at_once(server, sharing=False)
    assert any(isinstance(answer, ModelTimeout) for answer in answers)


@pytest.mark.parametrize(
    ("named", "expected"), [("1", 1), (" 3 ", 3), ("9", 5), ("0", 5), ("", 5), ("many", 5)]
)
def test_no_more_calls_than_ollama_has_slots(named: str, expected: int) -> None:
    assert slots({"OLLAMA_NUM_PARALLEL": named}, 5) == expected
    assert slots({}, 5) == 5


async def test_a_server_that_goes_and_comes_back_is_waited_for() -> None:
    with OllamaServer(lambda body: TEXT) as before:
        address = before.address
        chat = _open(address)
        assert (await _ask(chat, Said())).text == TEXT
    said = Said()
    async with aclosing(chat):
        call = asyncio.create_task(_ask(chat, said, Patience(0.1, 0.2, passing_calls=40)))
        await said.event.wait()
        with OllamaServer(lambda body: TEXT, port=int(address.rpartition(":")[2])):
            assert (await call).text == TEXT
    assert said[0] == "The model server cannot be reached; trying again in 1 s."


async def test_a_server_that_stays_away_is_given_up() -> None:
    with OllamaServer() as before:
        address = before.address
    said = Said()
    async with aclosing(_open(address)) as chat:
        with pytest.raises(ModelUnavailable, match="ollama serve"):
            await _ask(chat, said)
    assert len(said) == HASTE.passing_calls - 1


async def test_waiting_is_told_and_can_be_cancelled(server: OllamaServer) -> None:
    server.misbehave(BUSY)
    said = Said()
    async with aclosing(_open(server.address)) as chat:
        call = asyncio.create_task(_ask(chat, said, LONG))
        await said.event.wait()
        began = time.monotonic()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert time.monotonic() - began < 1
    assert re.fullmatch(r"The model server is busy; trying again in (2\d|30) s\.", said[0])
    assert len(server.requests) == 1


async def test_a_server_gets_the_pause_that_it_asks_for(server: OllamaServer) -> None:
    server.misbehave(Trouble("refuse", status=429, headers={"Retry-After": "0.4"}), times=2)
    async with aclosing(_open(server.address)) as chat:
        began = time.monotonic()
        assert (await _ask(chat, Said())).text == TEXT
        assert time.monotonic() - began > 0.8


async def test_a_storm_makes_no_more_calls_than_are_allowed_and_pauses_grow(
    server: OllamaServer,
) -> None:
    server.misbehave(BUSY)
    patience = Patience(first=0.1, most=0.8, passing_calls=4)
    heard = [Said() for _ in range(4)]
    async with aclosing(_open(server.address)) as chat:
        calls = (_ask(chat, said, patience) for said in heard)
        results = await asyncio.gather(*calls, return_exceptions=True)
    assert all("too many calls waiting" in str(result) for result in results)
    assert len(server.requests) == 4 * len(heard)
    for first, second, third in (said.times for said in heard):
        assert second - first > 0.1 and third - second > 0.2
