"""A lost database is told as what it is; a wrong statement is not taken for one."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from marketer_desktop.storage.database import Database
from marketer_desktop.storage.outage import DatabaseOutage, is_outage

END_MYSELF = text("SELECT pg_terminate_backend(pg_backend_pid())")


async def test_a_lost_connection_is_an_outage_and_the_next_transaction_works(
    database: Database,
) -> None:
    with pytest.raises(DatabaseOutage, match="try again in a moment"):
        async with database.unit_of_work() as work:
            await work.session.execute(END_MYSELF)
    async with database.unit_of_work() as work:
        assert await work.session.scalar(text("SELECT 7")) == 7


async def test_nobody_at_the_address_is_an_outage(tmp_path: object) -> None:
    database = Database(f"postgresql://nobody@/none?host={tmp_path}&port=5999")
    with pytest.raises(DatabaseOutage):
        async with database.unit_of_work() as work:
            await work.session.execute(text("SELECT 1"))
    await database.close()


async def test_a_wrong_statement_is_not_an_outage(database: Database) -> None:
    with pytest.raises(ProgrammingError):
        async with database.unit_of_work() as work:
            await work.session.execute(text("SELECT * FROM nowhere"))


def wrapped(said: Exception) -> Exception:
    """What another library makes of what the database said."""
    error = RuntimeError("Database error.")
    error.__cause__ = said
    return error


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (wrapped(psycopg.OperationalError("the connection is lost")), True),
        (wrapped(psycopg.errors.UniqueViolation()), False),
        (OperationalError("UPDATE", {}, psycopg.errors.DeadlockDetected()), False),
        (OperationalError("UPDATE", {}, psycopg.errors.AdminShutdown()), True),
        (psycopg.OperationalError("the connection is lost"), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.CannotConnectNow(), True),
        (psycopg.errors.DiskFull(), False),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.UniqueViolation(), False),
        (ValueError(), False),
    ],
)
def test_a_library_below_ours_tells_an_outage_too(error: Exception, gone: bool) -> None:
    assert is_outage(error) is gone
