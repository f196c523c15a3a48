"""What is unsafe about Ollama is said by the doctor and wherever models are listed."""

from collections.abc import Iterator

import pytest

from marketer_desktop.services.diagnose import Diagnose, diagnose
from marketer_desktop.services.models import ListModels, list_models
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear
from tests.fakes import ollama_payloads
from tests.fakes.ollama_server import OllamaServer


@pytest.fixture
def old_ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaServer]:
    monkeypatch.setattr(ollama_payloads, "VERSION", "0.9.6")
    with OllamaServer() as server:
        yield server


async def test_an_old_ollama_is_named_with_the_version_to_get(
    parts: Parts, ear: Ear, old_ollama: OllamaServer
) -> None:
    parts.models.ollama_host = old_ollama.address
    (warning,) = (await list_models(ListModels(), parts, ear)).warnings
    assert "Ollama 0.9.6 has known security holes" in warning
    found = await diagnose(Diagnose(), parts, ear)
    part = next(part for part in found.parts if part.name == "ollama")
    assert (part.state, part.advice) == ("warning", warning)
