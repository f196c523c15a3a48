"""A pooled connection is looked at before it is used again, and asked only where it has to be."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from marketer_desktop.storage import pooled
from marketer_desktop.storage.database import Database
from tests.patience import becomes_true

MINE = text("SELECT pg_backend_pid()")


async def end(url: str, process: int) -> None:
    """Have PostgreSQL drop a connection, as a restart does."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SELECT pg_terminate_backend(%s)", [process])

        async def gone() -> bool:
            found = await connection.execute(
                "SELECT 1 FROM pg_stat_activity WHERE pid = %s", [process]
            )
            return await found.fetchone() is None

        await becomes_true(gone)


async def served_by(database: Database) -> int:
    async with database.autocommit() as work:
        return int(await work.session.scalar(MINE) or 0)


async def test_what_was_dropped_while_it_lay_idle_is_replaced(
    database: Database, migrated_url: str
) -> None:
    before = await served_by(database)
    assert await served_by(database) == before
    await end(migrated_url, before)
    assert await served_by(database) != before


async def test_the_server_is_asked_only_after_a_long_silence(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    dialect = database._engine.sync_engine.dialect
    ping = dialect.do_ping

    def counted(connection: Any) -> bool:
        asked.append(connection)
        return bool(ping(connection))

    monkeypatch.setattr(dialect, "do_ping", counted)
    for _ in range(3):
        await served_by(database)
    assert asked == []
    monkeypatch.setattr(pooled, "TRUSTED_S", 0.0)
    before = await served_by(database)
    assert len(asked) == 1 and await served_by(database) == before
