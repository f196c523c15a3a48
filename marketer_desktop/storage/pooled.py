"""Sees before a pooled connection is used again whether its server is still there."""

import selectors
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError, InvalidatePoolError

TRUSTED_S = 5.0  # for which a connection is taken for alive if nothing has come over it
USED = "marketer_used"


def look_before_use(engine: Engine) -> None:
    """Replace what PostgreSQL has dropped, as it does when it is restarted.

    The server is asked only where there is a reason: on the way there and back it would take
    longer than most statements.
    """

    def look(connection: Any, record: Any, proxy: Any) -> None:
        if connection.driver_connection.closed:  # by a cancelled query that was cut off
            raise DisconnectionError
        used = record.info.get(USED)
        if used is None or (time.monotonic() - used < TRUSTED_S and not _has_news(connection)):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkout", look)
    event.listen(engine, "checkin", _note)


def _note(connection: Any, record: Any) -> None:
    record.info[USED] = time.monotonic()


def _has_news(connection: Any) -> bool:
    """Whether anything has come that nobody asked for, such as a farewell."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection.driver_connection.fileno(), selectors.EVENT_READ)
        return bool(selector.select(0))
