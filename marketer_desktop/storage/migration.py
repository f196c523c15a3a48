"""Brings a database to the newest revision, or back, and tells whether models and it agree."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.catalogue import catalogue_differences
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.storage.tables import Base
from marketer_desktop.system.places import packaged

MIGRATION_LOCK = 0x6D61726B  # any number will do, as long as every process uses the same
PATIENCE_S = 120.0
POLL_S = 0.1


class MigrationError(RuntimeError):
    """The database could not be brought to the wanted revision; the message says what to do."""


# Hears the revision that is wanted; returns where the backup lies.
BackUp = Callable[[str], Path]


def upgrade(url: str, back_up: BackUp | None = None, to: str = "head") -> list[str]:
    """Apply what is missing, one process at a time, and return the applied revisions in order.

    Before a database that has tables of ours is changed, `back_up` is called; if it raises, the
    database stays as it is. All revisions are applied in one transaction; `to` is the last one.
    """
    with _connect(url) as connection:
        _lock(connection)
        before = _revision(connection)
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        _refuse_unknown(script, before)
        head = script.get_current_head() or ""
        behind = before is not None and before != head
        kept = back_up(head) if behind and back_up is not None else None
        try:
            command.upgrade(config, to)
        except SQLAlchemyError as error:
            if is_full_disk(error):
                raise DiskIsFull from error
            raise _as_before(before, head, kept, error) from error
        applied = script.iterate_revisions(to, before or "base")
        return [revision.revision for revision in reversed(list(applied))]


def refuse_newer(revision: str) -> None:
    """Raise MigrationError if this app does not know `revision`."""
    _refuse_unknown(ScriptDirectory.from_config(_config()), revision)


def _as_before(
    before: str | None, head: str, kept: Path | None, error: SQLAlchemyError
) -> MigrationError:
    backup = f" A backup of it lies in {kept}." if kept else ""
    return MigrationError(
        f"The database could not be brought to revision {head}. It is as it was before, at "
        f"revision {before or 'none'}.{backup} Go back to the version of the app you had, and "
        f"report this. PostgreSQL said: {getattr(error, 'orig', None) or error}"
    )


def downgrade(url: str, revision: str) -> None:
    """Go back to `revision`; `base` leaves nothing of ours in the database."""
    with _connect(url) as connection:
        _lock(connection)
        config = _config(connection)
        _refuse_unknown(ScriptDirectory.from_config(config), _revision(connection))
        command.downgrade(config, revision)
        if _revision(connection) is None:
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
            connection.commit()


def current_and_head(url: str) -> tuple[str | None, str]:
    """The revision the database is at (None: empty), and the newest one this app knows."""
    with _connect(url) as connection:
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
        if head is None:
            raise MigrationError("The application's migrations are missing: install it again.")
        return _revision(connection), head


def differences(url: str) -> list[str]:
    """What models and database disagree about, one sentence each; empty when all is well."""
    with _connect(url) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        compared = [repr(difference) for difference in compare_metadata(context, Base.metadata)]
        connection.rollback()
        return compared + catalogue_differences(connection)


@contextmanager
def _connect(url: str) -> Iterator[Connection]:
    parameters = connection_parameters(
        url, "search_path=public", "lock_timeout=10s", "statement_timeout=300s"
    )
    engine = create_engine("postgresql+psycopg://", poolclass=NullPool, connect_args=parameters)
    with engine.connect() as connection:
        yield connection


def _lock(connection: Connection) -> None:
    """Take the migration lock; it is given back when the connection ends.

    Polled rather than waited for: a waiting statement holds a snapshot, and whoever builds an
    index concurrently under the same lock would wait for it in turn.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": MIGRATION_LOCK}):
        connection.rollback()
        if time.monotonic() > deadline:
            raise MigrationError(
                "Another process has been changing the database for two minutes. "
                "Wait until it has finished, or end it, and try again."
            )
        time.sleep(POLL_S)
    connection.commit()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # The place may contain a percent sign, which the configuration format would interpret.
    config.set_main_option("script_location", str(packaged("alembic")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    return revision


def _refuse_unknown(script: ScriptDirectory, revision: str | None) -> None:
    try:
        script.get_revision(revision or "base")
    except CommandError as error:
        raise MigrationError(
            f"A newer version of Marketer Desktop has written this database (revision {revision})."
            " Nothing was changed. Update the application, then try again."
        ) from error
