"""Work on the database that is cancelled anywhere, even more than once, leaves nothing behind."""

import asyncio
import gc
import random
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import text

from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.missing import MissingRow
from tests.patience import becomes_true

ROUNDS, TASKS = 12, 100
ONE = text("SELECT 1")


@pytest.fixture
def no_collection() -> Iterator[None]:
    """What garbage collection would tidy up stays."""
    gc.disable()
    yield
    gc.enable()


async def look(database: Database) -> None:
    async with database.autocommit() as work:
        await work.session.execute(ONE)


async def look_up(database: Database) -> None:
    with suppress(MissingRow):
        async with database.ledger() as calls:
            await calls.fail(0, "of no run")


async def write(database: Database) -> None:
    async with database.unit_of_work() as work:
        await (await work.driver_connection()).execute("SELECT 1")
        await work.commit()


async def write_within(database: Database) -> None:
    async with database.unit_of_work() as work:
        within = await database.within(work)
        async with within.unit_of_work() as part:
            await part.session.execute(ONE)
            await part.commit()
        await look(within)
        await work.commit()


async def cancel_anywhere(database: Database) -> None:
    """Begin much, and cancel a part of it at any moment; the rest has to come to its end."""
    tasks: dict[asyncio.Task[None], bool] = {}
    for _ in range(TASKS):
        kind = random.choice((look, look_up, write, write_within))
        tasks[asyncio.create_task(kind(database))] = False
        await asyncio.sleep(random.random() * 0.003)
        for task in random.sample(sorted(tasks, key=id), min(2, len(tasks))):
            tasks[task] = task.cancel() or tasks[task]
    await asyncio.wait(tasks)
    assert all(tasks[task] if task.cancelled() else task.exception() is None for task in tasks)


async def test_no_connection_is_lost(migrated_url: str, no_collection: None) -> None:
    for size in range(ROUNDS):
        database = Database(migrated_url, pool_size=1 + size % 4)
        await cancel_anywhere(database)
        assert database.connections_in_use == 0
        await database.close()

    async def nobody_there() -> bool:
        async with await psycopg.AsyncConnection.connect(migrated_url) as connection:
            found = await connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return await found.fetchone() == (0,)

    await becomes_true(nobody_there)
