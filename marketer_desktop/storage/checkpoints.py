"""LangGraph's saver on PostgreSQL, in the schema `langgraph`."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection

SETUP_LOCK = 0x63686B70  # any number will do, as long as every process uses the same
PATIENCE_S = 60.0
POLL_S = 0.05
# The lease of a run hangs on this connection: the server must notice soon that a host is gone.
KEEPALIVE = ("tcp_keepalives_idle=15", "tcp_keepalives_interval=5", "tcp_keepalives_count=3")


class CheckpointsBusy(RuntimeError):
    """Another process is still setting up the checkpoint tables."""


@asynccontextmanager
async def open_checkpointer(url: str) -> AsyncIterator[AsyncPostgresSaver]:
    """Yield a saver on a connection of its own, its tables up to date.

    One saver serves one run: it has a single lock, so runs that shared it would wait for each
    other. The schema comes with the first migration.
    """
    parameters: dict[str, Any] = connection_parameters(url, "search_path=langgraph", *KEEPALIVE)
    async with await Connection.connect(
        **parameters, autocommit=True, prepare_threshold=0, row_factory=dict_row
    ) as connection:
        saver = AsyncPostgresSaver(connection)
        if not await _up_to_date(connection):
            await _set_up(saver, connection)
        yield saver


async def _up_to_date(connection: AsyncConnection[dict[str, Any]]) -> bool:
    cursor = await connection.execute("SELECT to_regclass('checkpoint_migrations') AS known")
    row = await cursor.fetchone()
    if row is None or row["known"] is None:
        return False
    cursor = await connection.execute("SELECT max(v) AS newest FROM checkpoint_migrations")
    row = await cursor.fetchone()
    newest = len(AsyncPostgresSaver.MIGRATIONS) - 1
    return row is not None and row["newest"] is not None and row["newest"] >= newest


async def _set_up(saver: AsyncPostgresSaver, connection: AsyncConnection[dict[str, Any]]) -> None:
    """Set the tables up, one process at a time.

    The lock is polled: the saver builds indexes concurrently and so waits for every statement
    under way, a statement that waits for the lock included.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not await _try_lock(connection):
        if time.monotonic() > deadline:
            raise CheckpointsBusy(
                "Another process has been preparing the database for a minute. "
                "Wait until it has finished, or end it, and try again."
            )
        await asyncio.sleep(POLL_S)
    try:
        await saver.setup()
    finally:
        await connection.execute("SELECT pg_advisory_unlock(%s)", (SETUP_LOCK,))


async def _try_lock(connection: AsyncConnection[dict[str, Any]]) -> bool:
    cursor = await connection.execute("SELECT pg_try_advisory_lock(%s) AS locked", (SETUP_LOCK,))
    row = await cursor.fetchone()
    return row is not None and bool(row["locked"])
