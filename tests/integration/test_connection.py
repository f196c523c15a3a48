"""A caller that gives up while it connects leaves nothing half open behind."""

import asyncio
import gc
from collections.abc import Iterator

import psycopg
import pytest

from marketer_desktop.jobs.queue import Queue
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.checkpoints import open_checkpointer
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Without the collector, whose coming by chance would close what was forgotten."""
    gc.disable()
    yield
    gc.enable()


def every_session_answers(url: str) -> None:
    """Raises unless all sessions of the server answer: dropping a database waits for each."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET statement_timeout = '3s'")
        connection.execute("CREATE DATABASE probe")
        connection.execute("DROP DATABASE probe")


async def connect_and_close(url: str, kept: list[BaseException]) -> None:
    try:
        connection = await Connection.connect(**connection_parameters(url))
    except asyncio.CancelledError as error:
        kept.append(error)  # and with it what was under way when it came
        raise
    await connection.close()


async def test_giving_up_at_any_moment_leaves_nothing(database_url: str, uncollected: None) -> None:
    kept: list[BaseException] = []
    for steps in range(12):
        connecting = asyncio.create_task(connect_and_close(database_url, kept))
        await asyncio.sleep(0.001 * steps)
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
    await asyncio.to_thread(every_session_answers, database_url)
    assert kept


async def test_a_queue_may_be_stopped_as_soon_as_its_jobs_begin(
    migrated_url: str, database: Database, uncollected: None
) -> None:
    async def run(activity_id: int) -> None:
        async with open_checkpointer(migrated_url):
            await asyncio.Event().wait()

    for steps in range(8):
        queue = Queue(connection_parameters(migrated_url, "search_path=procrastinate"), Connection)
        queue.bind(run)
        await queue.start()
        async with database.unit_of_work() as work:
            await queue.defer(await work.driver_connection(), steps)
            await work.commit()
        await asyncio.sleep(0.002 * steps)
        await queue.stop()
    await asyncio.to_thread(every_session_answers, migrated_url)


async def test_a_unit_of_work_may_be_cancelled_while_it_connects(
    migrated_url: str, uncollected: None
) -> None:
    for steps in range(6):
        database = Database(migrated_url, pool_size=1)
        asking = asyncio.create_task(database.server_version())
        for _ in range(steps):
            await asyncio.sleep(0.001)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await database.close()
    await asyncio.to_thread(every_session_answers, migrated_url)


async def test_a_server_that_refuses_is_an_error_as_ever(database_url: str) -> None:
    nobody = connection_parameters(database_url) | {"port": "9"}
    with pytest.raises(psycopg.OperationalError):
        await Connection.connect(**nobody)


async def test_a_server_that_never_answers_is_left_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("marketer_desktop.storage.connection.PATIENCE_S", 0.05)
    callers: list[asyncio.StreamWriter] = []
    silent = await asyncio.start_server(lambda _, writer: callers.append(writer), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    address = f"postgresql://anna@127.0.0.1:{port}/none"
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(Connection.connect(**connection_parameters(address)), 0.05)
    gc.collect()
    for caller in callers:
        caller.close()
        await caller.wait_closed()
    silent.close()
    await silent.wait_closed()
