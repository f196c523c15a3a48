"""What tests of the rooms above storage share."""

from collections.abc import AsyncIterator

import pytest

from marketer_desktop.storage.database import Database


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """A pool on a database with all our tables and no rows."""
    database = Database(migrated_url, pool_size=8)
    yield database
    await database.close()
