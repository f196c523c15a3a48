"""A caller that gives up while it connects leaves nothing half open behind."""

import asyncio
import gc
from collections.abc import Iterator

import psycopg
import pytest

from marketer_desktop.jobs.queue import Queue
from marketer_desktop.storage.addresses import connection_parameters
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


async def given_up(steps: int, url: str) -> None:
    connecting = asyncio.create_task(Connection.connect(**connection_parameters(url)))
    for _ in range(steps):
        await asyncio.sleep(0.0005)
    connecting.cancel()
    (made,) = await asyncio.gather(connecting, return_exceptions=True)
    if isinstance(made, Connection):
        await made.close()


async def test_giving_up_at_any_moment_leaves_nothing(database_url: str, uncollected: None) -> None:
    for steps in range(8):
        await given_up(steps, database_url)
    await asyncio.to_thread(every_session_answers, database_url)


async def test_a_queue_may_be_stopped_as_soon_as_it_is_started(
    migrated_url: str, uncollected: None
) -> None:
    for _ in range(4):
        queue = Queue(connection_parameters(migrated_url, "search_path=procrastinate"), Connection)
        await queue.start()
        await asyncio.sleep(0)
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
