"""A team server, and a desktop that may be joined to it; neither writes or searches texts."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from marketer_desktop.services.parts import Parts
from tests.factories.joined import Desk, desk_of
from tests.factories.mirrors import bare_parts
from tests.factories.serving import Teammate, add_organization, add_teammate
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use


@pytest.fixture
async def parts(migrated_url: str, tmp_path: Path) -> AsyncIterator[Parts]:
    """The server's."""
    async with bare_parts(migrated_url, tmp_path / "data") as parts:
        yield parts


@pytest.fixture
async def owner(parts: Parts) -> Teammate:
    """Who owns “My Company”."""
    company = await add_organization(parts, "My Company")
    return await add_teammate(parts, "user@example.com", company)


@pytest.fixture
def kept() -> Iterator[MemoryKeyring]:
    """The keyring of the desktop."""
    backend = MemoryKeyring()
    with keyring_in_use(backend):
        yield backend


@pytest.fixture
async def desk(
    parts: Parts, second_url: str, tmp_path: Path, kept: MemoryKeyring
) -> AsyncIterator[Desk]:
    """A desktop on a database of its own, with a way to the server."""
    async with desk_of(second_url, tmp_path / "desk", parts) as desk:
        yield desk
