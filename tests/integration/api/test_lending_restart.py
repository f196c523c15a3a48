"""A server that is started again finds its agent, and what the agent was asked."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from marketer_desktop.hybrid.agent import lend
from marketer_desktop.hybrid.agent.lend import LentModels
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.services.parts import Parts
from tests.factories.agent_hub import agent_hub, answer_to, question, questions_of
from tests.factories.serving import Teammate
from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.ollama_payloads import CHAT
from tests.fakes.ollama_server import OllamaServer
from tests.patience import becomes_true


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


async def test_the_agent_is_back_and_goes_on_with_what_it_was_asked(
    parts: Parts, owner: Teammate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lend, "FIRST_WAIT", 0.02)
    monkeypatch.setattr(lend, "LONGEST_WAIT", 0.05)
    asked, scope = question("Coffee?", CHAT.name), uuid4()
    with OllamaServer(lambda body: "Keep it closed. " * 12, token_seconds=0.05) as ollama:
        models = ModelFactory(StarterServer(tmp_path), ollama.address)
        async with agent_hub(parts) as first:
            way = CuttingProxy(port_of(first.server.url))
            await way.__aenter__()
            key = (await first.socket(owner)).key
            lent = LentModels(models, way.address, key, lambda: None)
            await first.has(1)
            questions = questions_of(parts, owner, scope)
            asking = asyncio.create_task(answer_to(questions, asked))

            async def is_writing() -> bool:
                return [each.state for each in lent.lending.requests] == ["writing"]

            await becomes_true(is_writing)
            way.refuses = True
            way.cut()
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        async with agent_hub(parts) as second:
            way._port, way.refuses = port_of(second.server.url), False
            await second.has(1)
            text, _ = await answer_to(questions_of(parts, owner, scope), asked)
            assert text == "Keep it closed. " * 12
        await lent.close()
        await way.__aexit__(None, None, None)
        assert set(ollama.finished.values()) == {1}
