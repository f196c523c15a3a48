"""The models of one machine lent to a server: both ends are real, the models are an Ollama's."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.hybrid.agent import lend
from marketer_desktop.hybrid.agent.lend import LentModels
from marketer_desktop.llm.errors import ModelNotFound
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.retrying import Patience, persistently
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.services.agent_keys import DeleteAgentKey, delete_agent_key
from marketer_desktop.services.agent_problems import NoAgent
from marketer_desktop.services.agent_questions import AgentQuestions
from marketer_desktop.services.parts import Parts
from tests.factories.agent_hub import Hub, agent_hub, answer_to, question, questions_of
from tests.factories.serving import Teammate
from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.ollama_payloads import CHAT
from tests.fakes.ollama_server import OllamaServer
from tests.guards import Problems, told
from tests.patience import becomes_true

AT_ONCE = 8
CUTS = 4


def echo(body: dict[str, list[dict[str, str]]]) -> str:
    """An answer that tells which question it belongs to, in many tokens."""
    return f"{body['messages'][-1]['content']} {'Coffee keeps its aroma in a closed tin. ' * 2}"


@pytest.fixture
async def hub(parts: Parts) -> AsyncIterator[Hub]:
    async with agent_hub(parts) as hub:
        yield hub


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    with OllamaServer(echo, token_seconds=0.002) as ollama:
        yield ollama


@pytest.fixture
def models(ollama: OllamaServer, tmp_path: Path) -> ModelFactory:
    """Those of the machine that lends."""
    return ModelFactory(StarterServer(tmp_path), ollama.address)


@asynccontextmanager
async def lent(
    hub: Hub, owner: Teammate, models: ModelFactory, server: str = ""
) -> AsyncIterator[LentModels]:
    """The models, lent to the server of the hub until the end."""
    place = await hub.socket(owner)
    lending = LentModels(models, server or place.server, place.key, lambda: None)
    try:
        yield lending
    finally:
        await lending.close()


async def stands(lending: LentModels, state: str) -> None:
    """Return when the connection is so."""

    async def so() -> bool:
        return lending.lending.state == state

    await becomes_true(so)


async def test_a_server_is_answered_by_the_models_here(
    hub: Hub, owner: Teammate, models: ModelFactory
) -> None:
    async with lent(hub, owner, models) as lending:
        await hub.has(1)
        questions = questions_of(hub.parts, owner)
        text, spent = await answer_to(questions, question("Coffee?", CHAT.name))
        assert text == echo(question("Coffee?"))
        assert spent.completion_tokens > 0
        seen = lending.lending
    assert (seen.state, seen.answered, seen.failed) == ("connected", 1, 0)
    [request] = seen.requests
    assert (request.state, request.model) == ("done", CHAT.name)
    assert request.completion_tokens == spent.completion_tokens
    assert "Coffee" not in seen.model_dump_json()
    assert not models.starter.running


async def test_a_model_that_is_gone_is_said_so(
    hub: Hub, owner: Teammate, models: ModelFactory, log_problems: Problems
) -> None:
    async with lent(hub, owner, models) as lending:
        await hub.has(1)
        await stands(lending, "connected")
        [link] = hub.parts.agents.links.values()
        link.hello.models.append("gone:latest")
        with pytest.raises(ModelNotFound, match="gone:latest"):
            await answer_to(questions_of(hub.parts, owner), question("Tea?", "gone:latest"))
        assert lending.lending.failed == 1
    assert len(told(log_problems.records)) == 1
    log_problems.records.clear()


async def test_the_server_may_ask_in_json(
    hub: Hub, owner: Teammate, models: ModelFactory, ollama: OllamaServer
) -> None:
    shape = {"type": "object", "properties": {"title": {"type": "string"}}}
    async with lent(hub, owner, models):
        await hub.has(1)
        asked = question("A title?", CHAT.name) | {"format": shape}
        asked["options"] = {"num_predict": 40, "seed": 7, "temperature": 0.2, "stop": ["END"]}
        await answer_to(questions_of(hub.parts, owner), asked)
    body = ollama.requests[-1].body
    assert body["format"] == shape
    assert {name: body["options"][name] for name in asked["options"]} == asked["options"]


async def test_who_pauses_is_asked_nothing_and_comes_back(
    hub: Hub, owner: Teammate, models: ModelFactory
) -> None:
    async with lent(hub, owner, models) as lending:
        await hub.has(1)
        await lending.pause()
        await hub.has(0)
        assert lending.lending.state == "paused"
        with pytest.raises(NoAgent):
            await answer_to(questions_of(hub.parts, owner), question("Coffee?", CHAT.name))
        await lending.go_on()
        await hub.has(1)
        await answer_to(questions_of(hub.parts, owner), question("Coffee?", CHAT.name))


async def test_a_pause_gives_up_what_is_under_way(
    hub: Hub, owner: Teammate, models: ModelFactory, ollama: OllamaServer
) -> None:
    ollama.token_seconds = 0.2
    async with lent(hub, owner, models) as lending:
        await hub.has(1)
        asking = asyncio.create_task(
            answer_to(questions_of(hub.parts, owner), question("Coffee?", CHAT.name))
        )

        async def is_writing() -> bool:
            return [each.state for each in lending.lending.requests] == ["writing"]

        await becomes_true(is_writing)
        await lending.pause()
        with pytest.raises(NoAgent):
            await asking
    assert [each.state for each in lending.lending.requests] == ["cancelled"]

    async def has_stopped() -> bool:
        return [call.outcome for call in ollama.requests] == ["aborted"]

    await becomes_true(has_stopped)


async def test_a_key_that_is_revoked_ends_it(
    hub: Hub, owner: Teammate, models: ModelFactory, log_problems: Problems
) -> None:
    async with lent(hub, owner, models) as lending:
        await hub.has(1)
        [link] = hub.parts.agents.links.values()
        acting = hub.parts.acting_as(owner.member)
        await delete_agent_key(DeleteAgentKey(key_id=link.key_id), acting, lambda event: None)
        await stands(lending, "refused")
        assert "revoked" in lending.lending.problem
        await lending.go_on()
        await stands(lending, "refused")
        assert "Make a new one" in lending.lending.problem
    assert all("the agent is refused" in each for each in told(log_problems.records))
    log_problems.records.clear()


async def asked_again(questions: AgentQuestions, request: dict[str, Any]) -> str:
    """The answer, asked for as runs do it."""

    async def ask() -> str:
        return (await answer_to(questions, request))[0]

    return await persistently(ask, lambda why: None, Patience(first=0.05))


async def test_cut_connections_leave_no_request_without_its_one_answer(
    hub: Hub,
    owner: Teammate,
    models: ModelFactory,
    ollama: OllamaServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lend, "FIRST_WAIT", 0.02)
    monkeypatch.setattr(lend, "LONGEST_WAIT", 0.05)
    monkeypatch.setenv("OLLAMA_NUM_PARALLEL", str(AT_ONCE))
    port = int(hub.server.url.rpartition(":")[2])
    chance = random.Random(7)
    async with CuttingProxy(port) as way, lent(hub, owner, models, way.address) as lending:
        for cut in range(CUTS):
            await stands(lending, "connected")
            asked = [question(f"Question {cut}.{n}?", CHAT.name) for n in range(AT_ONCE)]
            asking = [
                asyncio.create_task(asked_again(questions_of(hub.parts, owner), each))
                for each in asked
            ]
            await asyncio.sleep(chance.random() * 0.2)
            way.cut()
            assert await asyncio.gather(*asking) == [echo(each) for each in asked]
        states = {each.state for each in lending.lending.requests}
    assert states == {"done"}
    assert way.connections > CUTS
    assert set(ollama.finished.values()) == {1}
