"""What other processes on the same database say: PostgreSQL's LISTEN on a connection of its own."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import NamedTuple

from psycopg import InterfaceError, OperationalError
from psycopg.sql import SQL, Identifier

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection

QUIET_S = 30.0  # of silence, after which the connection is tried: it may be dead without a word
RECONNECT_S = 1.0


class Said(NamedTuple):
    """A text, and the channel that it was said on."""

    channel: str
    text: str


async def listen(
    url: str, *channels: str, lock: tuple[int, int] | None = None
) -> AsyncGenerator[Said | None, None]:
    """Yield what is said on the channels, for ever.

    None comes whenever listening begins: something may have been said before. Who listens holds
    the advisory `lock`, a sign of life that goes with the process.
    """
    while True:
        try:
            async with aclosing(_heard(url, channels, lock)) as heard:
                async for said in heard:
                    yield said
        except (OperationalError, InterfaceError):
            await asyncio.sleep(RECONNECT_S)


async def _heard(
    url: str, channels: tuple[str, ...], lock: tuple[int, int] | None
) -> AsyncGenerator[Said | None, None]:
    async with await Connection.connect(**connection_parameters(url), autocommit=True) as listening:
        if lock is not None:
            await listening.execute("SELECT pg_advisory_lock_shared(%s, %s)", lock)
        for channel in channels:
            await listening.execute(SQL("LISTEN {}").format(Identifier(channel)))
        yield None
        while True:
            async with aclosing(listening.notifies(timeout=QUIET_S)) as notes:
                async for note in notes:
                    yield Said(note.channel, note.payload)
            await listening.execute("SELECT 1")
