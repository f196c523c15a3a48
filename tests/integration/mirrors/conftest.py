"""A team server and a desktop that is joined to it, without what writes and searches texts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from marketer_desktop.services.parts import Parts
from tests.factories.mirrors import Copy, bare_parts, join, over
from tests.factories.serving import Teammate, add_organization, add_teammate


@pytest.fixture
async def parts(migrated_url: str, tmp_path: Path) -> AsyncIterator[Parts]:
    """The server's."""
    async with bare_parts(migrated_url, tmp_path / "data") as parts:
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
async def copy(parts: Parts, second_url: str, owner: Teammate) -> AsyncIterator[Copy]:
    """A desktop that is joined to the server as the owner, and synced once."""
    async with over(parts, second_url) as own:
        copy = await join(own, parts, owner)
        await copy.synced()
        yield copy


@pytest.fixture
async def backup(
    parts: Parts, migrated_url: str, tmp_path: Path
) -> AsyncIterator[Callable[[], Awaitable[Parts]]]:
    """Copies the server's database as it is; the answer is the server that is restored from it."""
    async with AsyncExitStack() as stack:

        async def back_up() -> Parts:
            await parts.database.close()  # nobody may be connected to what is copied
            url = urlsplit(migrated_url)
            name = f"{url.path.strip('/')}_restored"
            copying = f"CREATE DATABASE {name} TEMPLATE {url.path.strip('/')}"
            await asyncio.to_thread(_execute, migrated_url, copying)
            stack.push_async_callback(
                asyncio.to_thread, _execute, migrated_url, f"DROP DATABASE {name} WITH (FORCE)"
            )
            restored = bare_parts(url._replace(path=f"/{name}").geturl(), tmp_path / name)
            return await stack.enter_async_context(restored)

        yield back_up


def _execute(url: str, statement: str) -> None:
    elsewhere = urlsplit(url)._replace(path="/postgres").geturl()
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(statement)
