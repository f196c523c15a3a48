"""A database that does not answer, told apart from errors of ours."""

import psycopg
from sqlalchemy.exc import DBAPIError

# Connection exceptions, and a server that is told to stop, has crashed, or is starting.
GONE = ("08", "57P01", "57P02", "57P03")


class DatabaseOutage(RuntimeError):
    """The connection was lost or refused; nothing of the transaction was kept."""

    def __init__(self) -> None:
        super().__init__(
            "The database does not answer just now. What was saved is safe; try again in a moment."
        )


def is_outage(error: BaseException | None) -> bool:
    """Whether `error` says that the server is gone, not that a statement is wrong."""
    if isinstance(error, DatabaseOutage):
        return True
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return error.sqlstate is None or error.sqlstate.startswith(GONE)
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or is_outage(error.orig)
    # Other libraries on the database wrap what it said in errors of their own.
    return error is not None and is_outage(error.__cause__)
