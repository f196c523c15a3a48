"""A database that does not answer, told apart from errors of ours."""

import psycopg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

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
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | InterfaceError)
