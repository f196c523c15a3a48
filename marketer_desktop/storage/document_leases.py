"""Who has the content of a document: one task of all processes on a database at a time."""

import asyncio
import contextlib
import math
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.outage import DatabaseOutage

LEASES = 0x646F63  # the class of these locks; any number will do if every process uses the same
POLL = 0.05


class Taken(Exception):
    """Somebody else has the content, and keeps it for longer than one would wait."""


class DocumentLeases:
    """Those of one process: advisory locks on one connection, so gone when the process is.

    The connection is there while any is held, however many those are.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._held: set[int] = set()
        self._turn = asyncio.Lock()
        self._connection: Connection | None = None

    @asynccontextmanager
    async def alone_with(
        self, content_hash: str, patience: float = math.inf
    ) -> AsyncIterator[None]:
        """Have a content (its SHA-256 in hex) alone; raises `Taken` after seconds of waiting."""
        number = _number(content_hash)
        deadline = time.monotonic() + patience
        while not await self._take(number):
            if time.monotonic() >= deadline:
                raise Taken
            await asyncio.sleep(POLL)
        try:
            yield
        finally:
            await self._give_back(number)

    async def _take(self, number: int) -> bool:
        if number in self._held:
            return False
        self._held.add(number)
        try:
            async with self._turn:
                taken = await self._lock(number)
        except BaseException as error:
            await self._give_back(number)
            if isinstance(error, psycopg.OperationalError):
                raise DatabaseOutage from error
            raise
        if not taken:
            self._held.discard(number)
            await self._close_unless_held()
        return taken

    async def _lock(self, number: int) -> bool:
        if self._connection is None or self._connection.broken:
            parameters = connection_parameters(self._url)
            self._connection = await Connection.connect(**parameters, autocommit=True)
        cursor = await self._connection.execute(
            "SELECT pg_try_advisory_lock(%s, %s)", (LEASES, number)
        )
        row = await cursor.fetchone()
        return row is not None and bool(row[0])

    async def _give_back(self, number: int) -> None:
        self._held.discard(number)
        await self._close_unless_held()
        async with self._turn:
            if self._connection is not None:
                # If the connection was lost, so was the lock.
                with contextlib.suppress(psycopg.OperationalError):
                    await self._connection.execute(
                        "SELECT pg_advisory_unlock(%s, %s)", (LEASES, number)
                    )

    async def _close_unless_held(self) -> None:
        async with self._turn:
            if not self._held and self._connection is not None:
                connection, self._connection = self._connection, None
                await connection.close()  # the server lets go of every lock


def _number(content_hash: str) -> int:
    """A key of a lock, four bytes; two contents may share one."""
    return zlib.crc32(content_hash.encode()) - 2**31
