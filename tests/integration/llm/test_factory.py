"""The factory opens models of Ollama, and says why when it cannot."""

from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from marketer_desktop.llm.choice import STARTER, ModelChoice
from marketer_desktop.llm.errors import ModelNotFound, ModelUnavailable
from marketer_desktop.llm.factory import MOST_CALLS, OLLAMA_CONTEXT, ModelFactory
from marketer_desktop.llm.starter import StarterServer
from tests.factories.engines import NOBODY
from tests.fakes.ollama_payloads import EMBEDDER
from tests.fakes.ollama_server import OllamaServer

LLAMA = ModelChoice("ollama", "llama3.2:3b")


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    with OllamaServer() as server:
        yield server


@pytest.fixture
def factory(ollama: OllamaServer, tmp_path: Path) -> ModelFactory:
    return ModelFactory(StarterServer(tmp_path), ollama.address)


async def test_a_model_of_ollama_is_opened_with_its_context(factory: ModelFactory) -> None:
    opened = await factory.open(LLAMA)
    assert (opened.choice, opened.parallel) == (LLAMA, MOST_CALLS)
    assert opened.context_tokens == OLLAMA_CONTEXT
    async with aclosing(opened):
        assert (await opened.chat.bind(max_tokens=5).ainvoke("Write about coffee.")).text
    assert not await opened.recover(0.0)


async def test_the_default_is_ollamas_first_chat_model(
    factory: ModelFactory, tmp_path: Path
) -> None:
    assert await factory.default_choice() == LLAMA
    with OllamaServer(models=[EMBEDDER]) as only_embeds:
        other = ModelFactory(StarterServer(tmp_path), only_embeds.address)
        assert await other.default_choice() == STARTER
    assert await ModelFactory(StarterServer(tmp_path), NOBODY).default_choice() == STARTER


async def test_a_model_that_ollama_lacks_is_explained(factory: ModelFactory) -> None:
    with pytest.raises(ModelNotFound, match="ollama pull phi9"):
        await factory.open(ModelChoice("ollama", "phi9"))


async def test_an_ollama_that_is_silent_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=rf"{NOBODY}.*--model starter"):
        await ModelFactory(StarterServer(tmp_path), NOBODY).open(LLAMA)
