"""A cancelled call of the built-in model: what it held is free within a second."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import httpx
import psutil
import pytest

from marketer_desktop.llm.starter import Layout, StarterServer
from marketer_desktop.llm.starter_chat import StarterChat, open_starter_chat
from tests.patience import becomes_true

pytestmark = pytest.mark.starter
LAYOUT = Layout(threads=1, slots=2, tokens_per_second=10.0, processors=os.cpu_count() or 1)
SECOND = 1.0
# Longer to read than all of this test may take.
LONG = "Coffee grows on mountains, where nights are cold and mornings wet. " * 110


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[StarterServer]:
    (tmp_path / "starter.json").write_text(json.dumps(asdict(LAYOUT)), "utf-8")
    server = StarterServer(tmp_path)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def chat(server: StarterServer) -> AsyncIterator[StarterChat]:
    chat = open_starter_chat(server)
    yield chat
    await chat.aclose()


class Call:
    """A call of its own, which counts what it hears."""

    def __init__(self, chat: StarterChat, prompt: str, max_tokens: int) -> None:
        self.heard = 0
        self.task = asyncio.create_task(self._listen(chat, prompt, max_tokens))

    async def _listen(self, chat: StarterChat, prompt: str, max_tokens: int) -> None:
        async for _ in chat.bind(max_tokens=max_tokens, seed=1).astream(prompt):
            self.heard += 1

    async def speaks(self) -> None:
        async def spoken() -> bool:
            return bool(self.heard)

        await becomes_true(spoken)

    async def cancelled(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


def alive(server: StarterServer) -> bool:
    return server.running


async def busy_slots(server: StarterServer) -> int:
    """How many slots llama.cpp itself says that it works on."""
    headers = {"Authorization": f"Bearer {server.key}"}
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        answer = await client.get(f"{server.address}/slots", headers=headers)
    return sum(slot["is_processing"] for slot in answer.json())


async def test_a_call_that_is_cancelled_while_it_speaks_frees_its_slot(
    server: StarterServer, chat: StarterChat
) -> None:
    call = Call(chat, "Write about coffee.", 1500)
    await call.speaks()
    assert await busy_slots(server) == 1
    await call.cancelled()
    began = time.monotonic()
    while await busy_slots(server):
        assert time.monotonic() - began < SECOND
    assert server.running


async def test_a_server_that_reads_for_nobody_starts_anew(
    server: StarterServer, chat: StarterChat
) -> None:
    address, process = server.address, psutil.Process(server._process.pid)  # type: ignore[union-attr]
    calls = [Call(chat, LONG, 5), Call(chat, LONG[20:], 5)]
    await asyncio.sleep(0.5)
    await calls[0].cancelled()
    assert alive(server)  # the other one still waits for its answer
    await calls[1].cancelled()
    began = time.monotonic()
    assert not alive(server)
    with suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() - began < SECOND
    await Call(chat, "Write about coffee.", 3).task
    assert server.address == address
    assert not calls[0].heard
    assert not calls[1].heard


async def test_a_server_that_others_use_goes_on(server: StarterServer, chat: StarterChat) -> None:
    process = server._process
    other = Call(chat, "Write about tea.", 40)
    await other.speaks()
    long = Call(chat, LONG[: len(LONG) // 8], 5)
    await asyncio.sleep(0.1)
    await long.cancelled()
    await other.task
    assert other.heard > 10
    assert server._process is process
    assert server.running
