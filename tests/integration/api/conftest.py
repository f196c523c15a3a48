"""A team server over real parts."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.parts import Parts
from tests.factories.engines import running_parts
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of
from tests.fakes.scripted_chat_model import ScriptedChatModel


@pytest.fixture
async def parts(
    migrated_url: str, tmp_path: Path, shared_embeddings: MiniLmEmbeddings
) -> AsyncIterator[Parts]:
    """Real parts but for the model."""
    model = ScriptedChatModel(about="coffee")
    async with running_parts(migrated_url, tmp_path / "data", model, shared_embeddings) as parts:
        yield parts


@pytest.fixture
async def organization(parts: Parts) -> tuple[int, str]:
    """The number and slug of “My Company”."""
    return await add_organization(parts, "My Company")


@pytest.fixture
async def owner(parts: Parts, organization: tuple[int, str]) -> Teammate:
    """Who owns “My Company”."""
    return await add_teammate(parts, "user@example.com", organization)


@pytest.fixture
async def client(parts: Parts, owner: Teammate) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the owner."""
    async with client_of(parts, owner) as client:
        yield client
