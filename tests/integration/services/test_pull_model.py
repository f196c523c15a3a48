"""Getting a model through Ollama: its progress, its failures, and stopping in the middle."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import ollama
import pytest

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.errors import ModelNotFound, ModelUnavailable
from marketer_desktop.llm.ollama_host import pull
from marketer_desktop.llm.recommended import GB, RECOMMENDED, recommended
from marketer_desktop.services import pull_model as service
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.models import UseModel, use_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.pull_model import (
    PullModel,
    RecommendModels,
    pull_model,
    recommend_models,
)
from tests.factories.engines import Ear, running_parts
from tests.fakes.ollama_payloads import EMBEDDER, FakeModel
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true

NAME = "qwen3:0.6b"  # the one that the server can get


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with OllamaServer() as server:
        yield server


@pytest.fixture
async def with_ollama(
    server: OllamaServer,
    migrated_url: str,
    tmp_path: Path,
    model: ScriptedChatModel,
    shared_embeddings: MiniLmEmbeddings,
) -> AsyncIterator[Parts]:
    async with running_parts(
        migrated_url, tmp_path, model, shared_embeddings, server.address
    ) as parts:
        yield parts


@pytest.mark.parametrize(
    ("memory_gb", "names"),
    [
        (2, ["gemma3:1b"]),
        (4, ["gemma3:1b"]),
        (8, ["gemma3:4b", "qwen3:4b-instruct", "llama3.2:3b", "gemma3:1b"]),
        (15.4, ["qwen3:8b", "gemma3:4b", "qwen3:4b-instruct", "llama3.2:3b"]),
    ],
)
def test_the_memory_decides_what_is_recommended(memory_gb: float, names: list[str]) -> None:
    assert [model.name for model in recommended(int(memory_gb * GB))] == names


def test_a_model_leaves_room_for_everything_else() -> None:
    assert all(model.download_gb < model.memory_gb / 2 for model in RECOMMENDED)


async def test_progress_is_told_once_a_percent_and_the_model_can_be_used(
    with_ollama: Parts, ear: Ear
) -> None:
    async with with_ollama.bus.watch() as changes:
        entry = await pull_model(PullModel(name=NAME), with_ollama, ear)
        assert "subject='models'" in repr(changes.get_nowait())
    assert entry.name == f"ollama:{NAME}"
    assert (await use_model(UseModel(name=entry.name), with_ollama, ear)).chosen
    assert [event["percent"] for event in ear.of("pull")][:6] == [None, 0, 24, 49, 74, 100]
    assert ear.heard[-1]["status"] == "success"
    assert ear.heard[5]["completed"] == ear.heard[5]["total"] == entry.size_bytes


async def test_it_says_what_ollamas_own_client_says(server: OllamaServer) -> None:
    client = ollama.AsyncClient(server.address, trust_env=False)
    theirs = [
        (step.status, step.completed or 0)
        async for step in await client.pull(NAME, stream=True)
        if step.total
    ]
    await client._client.aclose()
    ours = [
        (step.status, step.completed)
        async for step in pull(server.address, NAME)
        if step.status.startswith("pulling ") and step.total
    ]
    assert ours == theirs and len(ours) == 5


async def test_cancelling_stops_the_download(
    with_ollama: Parts, server: OllamaServer, ear: Ear
) -> None:
    server.pull_seconds = 0.05
    pulling = asyncio.create_task(pull_model(PullModel(name=NAME), with_ollama, ear))

    async def half_way() -> bool:
        return any((event["percent"] or 0) > 40 for event in ear.of("pull"))

    await becomes_true(half_way)
    pulling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pulling
    await asyncio.sleep(0.3)
    assert server.pulled[-1] != "success" and NAME not in server.models


async def test_an_unknown_model_is_named_with_where_to_look(with_ollama: Parts, ear: Ear) -> None:
    with pytest.raises(ModelNotFound, match=r"no model “phi99”.*ollama\.com/library"):
        await pull_model(PullModel(name="phi99"), with_ollama, ear)


async def test_a_model_that_does_not_write_is_refused(
    with_ollama: Parts, server: OllamaServer, ear: Ear
) -> None:
    server.pullable[EMBEDDER.name] = EMBEDDER
    with pytest.raises(ServiceError, match="does not write texts"):
        await pull_model(PullModel(name="nomic-embed-text"), with_ollama, ear)


async def test_without_ollama_the_download_says_what_to_do(parts: Parts, ear: Ear) -> None:
    with pytest.raises(ModelUnavailable, match=r"not downloaded. Nothing answers.*Start Ollama"):
        await pull_model(PullModel(name=NAME), parts, ear)


async def test_recommendations_know_what_is_there(
    with_ollama: Parts, server: OllamaServer, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "total_memory", lambda: 16 * GB)
    server.models["gemma3:4b"] = FakeModel("gemma3:4b")
    told = await recommend_models(RecommendModels(), with_ollama, ear)
    assert told.memory_gb == 16
    installed = {model.name for model in told.models if model.installed}
    assert installed == {"gemma3:4b", "llama3.2:3b"}
