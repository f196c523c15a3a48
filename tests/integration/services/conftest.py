"""An engine's parts for the tests of services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear, running_parts
from tests.fakes.scripted_chat_model import ScriptedChatModel


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' environment does not decide for them."""
    for name in ("MODEL", "DATABASE_URL", "POOL_SIZE"):
        monkeypatch.delenv(f"MARKETER_{name}", raising=False)


@pytest.fixture
def model() -> ScriptedChatModel:
    """A model that knows about coffee."""
    return ScriptedChatModel(about="coffee")


@pytest.fixture
async def parts(
    migrated_url: str,
    tmp_path: Path,
    model: ScriptedChatModel,
    shared_embeddings: MiniLmEmbeddings,
) -> AsyncIterator[Parts]:
    """Real parts but for the model."""
    async with running_parts(migrated_url, tmp_path / "data", model, shared_embeddings) as parts:
        yield parts


@pytest.fixture
def ear() -> Ear:
    """Hears what a service emits."""
    return Ear()
