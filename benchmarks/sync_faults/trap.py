"""Lets the next commit of a database end badly: a full disk, or the end of its process."""

from urllib.parse import urlsplit

from psycopg.errors import AdminShutdown, DiskFull

from marketer_desktop.storage.connection import Connection

_commit = Connection.commit
_traps: dict[str, BaseException] = {}  # by the name of the database


class Killed(BaseException):
    """The process is gone; what it had not committed never was."""


def disk_full() -> DiskFull:
    """What a commit says then."""
    return DiskFull("could not extend file: No space left on device")


def shut_down() -> AdminShutdown:
    """The database was stopped in the midst."""
    return AdminShutdown("terminating connection due to administrator command")


class Trap:
    """Of the commits to the database at `url`, the next ends with what was set."""

    def __init__(self, url: str) -> None:
        self._name = urlsplit(url).path.strip("/")
        Connection.commit = _trapped  # type: ignore[method-assign,assignment]

    def set(self, error: BaseException) -> None:
        """From now on; it is for one commit."""
        _traps[self._name] = error

    def clear(self) -> None:
        """None was made; the fault has not struck."""
        _traps.pop(self._name, None)


async def _trapped(connection: Connection) -> None:
    error = _traps.pop(connection.info.dbname, None)
    if error is None:
        await _commit(connection)
        return
    if isinstance(error, DiskFull):
        await connection.rollback()  # as PostgreSQL does with what it cannot commit
    else:
        await connection.close()  # as the system does for a dead process
    raise error
