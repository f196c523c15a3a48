"""Puts a backup in place of a database: restored beside it, brought up to date, then swapped."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import InsufficientPrivilege, ObjectInUse
from psycopg.sql import SQL, Composed, Identifier

from marketer_desktop.storage.addresses import plain_url
from marketer_desktop.storage.backup import BackupError
from marketer_desktop.storage.embedded.connection import ALWAYS_THERE, FRESH, REPLACED
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.storage.migration import upgrade
from marketer_desktop.storage.postgres_programs import ProgramFailure, own_program, run_program

SILENCE_SECONDS, POLL_SECONDS = 1.0, 0.05
REMARK = """
SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()
"""
OTHERS = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"


def restore(
    url: str, file: Path, before_swap: Callable[[], object], stop: Callable[[], object] = bool
) -> None:
    """Replace the database at `url`, to which nobody may be connected, by what `file` holds.

    Whatever goes wrong, the database stays as it was. If `stop` raises, which is asked several
    times a second, that ends it.
    """
    replace_database(url, partial(_fill, file=file, stop=stop), before_swap)


def replace_database(
    url: str,
    fill: Callable[[str], object],
    before_swap: Callable[[], object],
    remark: str | None = None,
) -> None:
    """Replace the database at `url` by a new one, which `fill` is given the address of.

    The two change names in one transaction, after `before_swap`; `remark` is then the comment on
    the database, which `remark_on` tells.
    """
    name = str(conninfo_to_dict(plain_url(url))["dbname"])
    fresh, replaced = f"{name}{FRESH}", f"{name}{REPLACED}"
    with _server(url) as server:
        _wait_for_silence(server, name)
        try:
            _drop(server, fresh, replaced)
            server.execute(_named("CREATE DATABASE {} TEMPLATE template0", fresh))
            if remark is not None:
                comment = SQL("COMMENT ON DATABASE {} IS {}")
                server.execute(comment.format(Identifier(fresh), remark))
            fill(_beside(url, fresh))
            before_swap()
            with server.transaction():
                server.execute(_named("ALTER DATABASE {} RENAME TO {}", name, replaced))
                server.execute(_named("ALTER DATABASE {} RENAME TO {}", fresh, name))
        finally:
            with suppress(psycopg.Error):  # the next restore, or the next start, removes it
                _drop(server, fresh, replaced)


def remark_on(url: str) -> str | None:
    """The comment on the database at `url`."""
    with psycopg.connect(plain_url(url)) as connection:
        row = connection.execute(REMARK).fetchone()
    return row[0] if row else None


def _wait_for_silence(server: Connection[Any], name: str) -> None:
    """Raise ObjectInUse now rather than at the end; a closed connection takes a moment to go."""
    deadline = time.monotonic() + SILENCE_SECONDS
    while server.execute(OTHERS, (name,)).fetchone():
        if time.monotonic() > deadline:
            raise ObjectInUse
        time.sleep(POLL_SECONDS)


def _fill(url: str, file: Path, stop: Callable[[], object]) -> None:
    command = [own_program("pg_restore"), "--exit-on-error", "--no-owner", "--no-privileges"]
    try:
        run_program([*command, str(file)], url, stop)
    except ProgramFailure as error:
        raise BackupError(
            f"{file} could not be restored; the database is as it was.\n{error}"
        ) from error
    upgrade(url)


def _drop(server: Connection[Any], *names: str) -> None:
    for name in names:
        server.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _named(statement: str, *names: str) -> Composed:
    return SQL(statement).format(*map(Identifier, names))


def _beside(url: str, database: str) -> str:
    """The address of another database of the same server, wherever `url` names its own."""
    parameters = conninfo_to_dict(plain_url(url)) | {"dbname": database}
    return f"postgresql:///?{urlencode(parameters, quote_via=quote)}"


@contextmanager
def _server(url: str) -> Iterator[Connection[Any]]:
    """A connection to another database of the same server, errors told as ours."""
    try:
        with psycopg.connect(_beside(url, ALWAYS_THERE), autocommit=True) as connection:
            yield connection
    except ObjectInUse as error:
        raise BackupError(
            "Somebody else is connected to the database, so it cannot be replaced; it is as it "
            "was. End the other programs that use it, then try again."
        ) from error
    except InsufficientPrivilege as error:
        raise BackupError(
            "The database's user may not make databases, which a restore needs; nothing was "
            "changed. Give it the right CREATEDB, or restore with pg_restore yourself."
        ) from error
    except psycopg.Error as error:
        if is_full_disk(error):
            raise DiskIsFull from error
        raise BackupError(f"The backup was not restored: {str(error).strip()}") from error
