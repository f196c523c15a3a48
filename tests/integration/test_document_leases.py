"""Whoever reads a document holds its content alone, also among processes that are killed."""

import asyncio
import sys

import pytest
from sqlalchemy import text

from marketer_desktop.storage.database import Database
from marketer_desktop.storage.document_leases import LEASES, Taken
from marketer_desktop.storage.outage import DatabaseOutage
from tests.patience import becomes_true

CONTENT, ANOTHER = "a" * 64, "b" * 64
HOLDER = f"""
import asyncio, sys
from marketer_desktop.storage.document_leases import DocumentLeases

async def main():
    async with DocumentLeases(sys.argv[1]).alone_with("{CONTENT}"):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_killed_process_gives_its_content_up(migrated_url: str) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, migrated_url, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    database = Database(migrated_url)
    with pytest.raises(Taken):
        async with database.documents.alone_with(CONTENT, 0):
            pass
    async with database.documents.alone_with(ANOTHER, 0):
        pass
    holder.kill()
    await holder.wait()
    async with database.documents.alone_with(CONTENT, 30):
        with pytest.raises(Taken):
            async with database.documents.alone_with(CONTENT, 0):
                pass
    await database.close()


async def waiting(database: Database) -> int:
    """How many wait in the server until they may have a content."""
    async with database.unit_of_work() as work:
        counted = text("SELECT count(*) FROM pg_locks WHERE classid = :leases AND NOT granted")
        return int(await work.session.scalar(counted, {"leases": LEASES}) or 0)


async def test_who_waits_does_not_ask_again_and_again(database: Database) -> None:
    async def one_waits() -> bool:
        return await waiting(database) == 1

    async def none_waits() -> bool:
        return await waiting(database) == 0

    async def wait_for_it(patience: float) -> None:
        async with database.documents.alone_with(CONTENT, patience):
            pass

    async with database.documents.alone_with(CONTENT):
        with pytest.raises(Taken):
            await wait_for_it(0.05)
        impatient = asyncio.create_task(wait_for_it(600))
        await becomes_true(one_waits)
        impatient.cancel()
        await becomes_true(none_waits)
        patient = asyncio.create_task(wait_for_it(600))
        await becomes_true(one_waits)
    await patient


async def test_who_loses_the_connection_stops(database: Database) -> None:
    begun, gone_on = asyncio.Event(), []

    async def read() -> None:
        async with database.documents.alone_with(CONTENT):
            begun.set()
            await asyncio.sleep(600)
            gone_on.append(CONTENT)

    reading = asyncio.create_task(read())
    await begun.wait()
    async with database.unit_of_work() as work:
        lost = text(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE classid = :leases AND granted"
        )
        assert (await work.session.scalars(lost, {"leases": LEASES})).all() == [True]
    with pytest.raises(DatabaseOutage):
        await asyncio.wait_for(reading, 30)
    assert gone_on == []
    async with database.documents.alone_with(CONTENT, 30):
        pass
