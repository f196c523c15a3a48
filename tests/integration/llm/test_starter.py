"""The built-in model in its child process: it starts, answers, comes back, and goes."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import asdict
from pathlib import Path

import httpx
import psutil
import pytest
from langchain_core.messages import AIMessageChunk

from marketer_desktop.llm import starter as starter_module
from marketer_desktop.llm.choice import STARTER
from marketer_desktop.llm.errors import ModelError, ModelUnavailable
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.starter import SLOT_TOKENS, Layout, StarterServer
from marketer_desktop.llm.starter_chat import open_starter_chat
from marketer_desktop.system.processes import ends_within
from tests.factories.engines import NOBODY

pytestmark = pytest.mark.starter
LAYOUT = Layout(threads=1, slots=2, tokens_per_second=10.0, processors=os.cpu_count() or 1)


class Watch:
    """Notes the processes that a server starts and ends."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.ended: list[int] = []

    def process(self) -> psutil.Process:
        return psutil.Process(self.started[-1])


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def server(tmp_path: Path, watch: Watch) -> AsyncIterator[StarterServer]:
    """A server on a machine that has been measured before."""
    (tmp_path / "starter.json").write_text(json.dumps(asdict(LAYOUT)), "utf-8")
    server = StarterServer(tmp_path, watch.started.append, watch.ended.append)
    yield server
    await server.stop()


async def answer(server: StarterServer, max_tokens: int = 8) -> AIMessageChunk:
    chat = open_starter_chat(server)
    whole: AIMessageChunk | None = None
    async with aclosing(chat):
        async for chunk in chat.bind(max_tokens=max_tokens, seed=1).astream("Write about coffee."):
            assert isinstance(chunk, AIMessageChunk)
            whole = chunk if whole is None else whole + chunk
    assert whole is not None
    return whole


async def test_it_answers_counts_and_goes(server: StarterServer, watch: Watch) -> None:
    await server.start()
    process = watch.process()
    whole = await answer(server)
    assert whole.text.strip()
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["output_tokens"] == 8
    assert whole.response_metadata["finish_reason"] == "length"
    again = await answer(server)
    assert again.text == whole.text
    await server.start()
    assert len(watch.started) == 1
    await server.stop()
    assert ends_within(process, 1)
    assert (server.running, watch.ended) == (False, watch.started)
    await server.stop()
    assert len(watch.ended) == 1


async def test_it_listens_on_loopback_and_asks_for_the_key(
    server: StarterServer, watch: Watch
) -> None:
    await server.start()
    assert server.address.startswith("http://127.0.0.1:")
    listening = [c for c in watch.process().net_connections() if c.status == psutil.CONN_LISTEN]
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}
    assert server.key not in " ".join(watch.process().cmdline())
    async with httpx.AsyncClient(trust_env=False) as client:
        body = {"prompt": "A", "n_predict": 1}
        refused = await client.post(f"{server.address}/completion", json=body)
    assert refused.status_code == 401


async def test_it_comes_back_after_kill_9_at_the_same_address(
    server: StarterServer, watch: Watch
) -> None:
    await server.start()
    address, began = server.address, time.monotonic()
    assert not await server.revive(began)
    long_answer = asyncio.create_task(answer(server, max_tokens=1000))
    await asyncio.sleep(0.3)
    watch.process().kill()
    with pytest.raises(ModelError):
        await long_answer
    assert await server.revive(began)
    assert server.address == address
    assert (await answer(server)).text.strip()
    assert len(watch.started) == 2


async def test_many_calls_that_failed_together_start_it_once(
    server: StarterServer, watch: Watch
) -> None:
    await server.start()
    began = time.monotonic()
    watch.process().kill()
    assert await asyncio.gather(*(server.revive(began) for _ in range(3))) == [True] * 3
    assert len(watch.started) == 2


async def test_the_factory_opens_it_with_its_limits(server: StarterServer) -> None:
    opened = await ModelFactory(server, NOBODY).open(STARTER)
    assert (opened.choice, opened.context_tokens, opened.parallel) == (STARTER, SLOT_TOKENS, 2)
    async with aclosing(opened):
        assert (await opened.chat.bind(max_tokens=3).ainvoke("Say yes.")).text


@pytest.mark.parametrize(
    "stored", ["", "not json", '{"threads": 1}', json.dumps(asdict(LAYOUT) | {"processors": 999})]
)
async def test_a_machine_that_is_not_known_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: str
) -> None:
    (tmp_path / "starter.json").write_text(stored, "utf-8")
    assert StarterServer(tmp_path).layout is None


async def test_measuring_keeps_what_it_found(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter_module, "PROBE_TOKENS", 2)
    server = StarterServer(tmp_path, watch.started.append, watch.ended.append)
    await server.start()
    try:
        assert (await answer(server, max_tokens=2)).text
        assert server.layout is not None
        assert 1 <= server.layout.threads <= (os.cpu_count() or 1)
        assert 1 <= server.layout.slots <= starter_module.MOST_SLOTS
        assert server.layout.tokens_per_second > 0
        assert StarterServer(tmp_path).layout == server.layout
    finally:
        await server.stop()
    assert watch.ended == watch.started
    assert not any(psutil.pid_exists(pid) for pid in watch.started)


async def test_a_child_that_dies_at_its_start_is_explained(
    server: StarterServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*words: object, **options: object) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", "input()"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(starter_module, "start_child", dies)
    with pytest.raises(ModelUnavailable, match=r"enough free memory.*starter\.log"):
        await server.start()
    assert not server.running
