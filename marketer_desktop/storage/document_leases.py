"""Who has the content of a document: one task of all processes on a database at a time."""

import asyncio
import math
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg.errors import LockNotAvailable

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.outage import DatabaseOutage

LEASES = 0x646F63  # the class of these locks; any number will do if every process uses the same
QUIET_S = 30.0  # after which a connection is tried: it may be dead without a word


class Taken(Exception):
    """Somebody else has the content, and keeps it for longer than one would wait."""


class DocumentLeases:
    """Each an advisory lock on a connection of its own, so gone when its process is."""

    def __init__(self, url: str) -> None:
        self._url = url

    @asynccontextmanager
    async def alone_with(
        self, content_hash: str, patience: float = math.inf
    ) -> AsyncIterator[None]:
        """Have a content (its SHA-256 in hex) alone; raises `Taken` after seconds of waiting.

        If the connection is lost, so is the content: what is inside is cancelled then, and
        `DatabaseOutage` is raised.
        """
        try:
            connection = await Connection.connect(
                **connection_parameters(self._url), autocommit=True
            )
        except psycopg.OperationalError as error:
            raise DatabaseOutage from error
        try:
            await _lock(connection, content_key(content_hash), patience)
            async with _while_connected(connection):
                yield
        finally:
            await connection.close()  # the server lets go of the lock


async def _lock(connection: Connection, key: int, patience: float) -> None:
    try:
        if patience <= 0:
            cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (LEASES, key))
            if await cursor.fetchone() != (True,):
                raise Taken
            return
        if patience < math.inf:
            limit = f"{math.ceil(patience * 1000)}ms"
            await connection.execute("SELECT set_config('lock_timeout', %s, false)", (limit,))
        await connection.execute("SELECT pg_advisory_lock(%s, %s)", (LEASES, key))
    except LockNotAvailable as error:
        raise Taken from error
    except psycopg.OperationalError as error:
        raise DatabaseOutage from error


@asynccontextmanager
async def _while_connected(connection: Connection) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(None) as limit:
            watching = asyncio.create_task(_end_when_lost(connection, limit))
            try:
                yield
            finally:
                watching.cancel()
                await asyncio.wait([watching])
    except TimeoutError as error:
        if limit.expired():
            raise DatabaseOutage from error
        raise


async def _end_when_lost(connection: Connection, limit: asyncio.Timeout) -> None:
    try:
        while True:
            async for _ in connection.notifies(timeout=QUIET_S):
                pass
            await connection.execute("SELECT 1")
    except psycopg.Error:
        limit.reschedule(asyncio.get_running_loop().time())


def content_key(content_hash: str) -> int:
    """The key of the locks of a content, four bytes; two contents may share one."""
    return zlib.crc32(content_hash.encode()) - 2**31
