"""The connection that everything here makes: one that is never left half made."""

import asyncio
from typing import Any, Self

from psycopg import AsyncConnection

PATIENCE_S = 5.0  # for a server that no longer answers


class Connection(AsyncConnection[Any]):
    """A connection to PostgreSQL.

    psycopg drops a half-made one when its caller is cancelled, but closes its socket only when
    garbage is collected. Until then the server waits for a password, and whoever drops a database
    waits for the server: a minute, by its settings.
    """

    @classmethod
    async def connect(cls, *args: Any, **kwargs: Any) -> Self:
        """Connect; if the caller is cancelled meanwhile, finish that first, then close."""
        making = asyncio.create_task(super().connect(*args, **kwargs))
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            # Whoever cancels once more does not wait for it: it is closed all the same.
            making.add_done_callback(_close)
            await asyncio.wait([making], timeout=PATIENCE_S)
            making.cancel()
            raise


def _close(making: "asyncio.Task[Connection]") -> None:
    if not making.cancelled() and making.exception() is None:
        making.result().pgconn.finish()
