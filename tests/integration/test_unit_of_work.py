"""The unit of work: what it keeps, what it undoes, and what it lends to others."""

import asyncio

import psycopg
import pytest

from marketer_desktop.storage.addresses import (
    BadDatabaseUrl,
    connection_parameters,
    plain_url,
)
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.tables import ProjectRow


async def test_committed_rows_stay_and_can_be_read_after_the_end(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        project = await work.session.get_one(ProjectRow, here.project_id)
        await work.audit.record(None, None, "user.login", details={"way": "local"})
        await work.commit()
    assert project.name == "My content"
    assert project.created_at.utcoffset() is not None
    assert await _count(database) == 1


async def test_a_changed_row_knows_the_new_time_at_once(database: Database) -> None:
    async with database.unit_of_work() as work:
        here = await work.workspaces.local_workspace()
        await work.commit()
        project = await work.session.get_one(ProjectRow, here.project_id)
        before = project.updated_at
        project.description = "All about roofs"
        await work.commit()
    assert project.updated_at > before


async def test_what_is_not_committed_is_undone(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.audit.record(None, None, "user.login")
    assert await _count(database) == 0


async def test_an_error_undoes_what_came_after_the_commit(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.unit_of_work() as work:
            await work.audit.record(None, None, "first")
            await work.commit()
            await work.audit.record(None, None, "second")
            raise ZeroDivisionError
    assert await _count(database) == 1


async def test_a_cancelled_unit_gives_its_connection_back(migrated_url: str) -> None:
    database = Database(migrated_url, pool_size=1)
    started = asyncio.Event()

    async def never_ending() -> None:
        async with database.unit_of_work() as work:
            await work.audit.record(None, None, "user.login")
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ending())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.wait_for(_count(database), 5) == 0
    await database.close()


async def test_the_drivers_connection_writes_in_the_same_transaction(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.audit.record(None, None, "ours")
        connection = await work.driver_connection()
        assert isinstance(connection, psycopg.AsyncConnection)
        cursor = await connection.execute("SELECT count(*) FROM audit_logs")
        assert await cursor.fetchone() == (1,)
        await connection.execute("INSERT INTO audit_logs (action, status) VALUES ('x', 'success')")
        await work.rollback()
    assert await _count(database) == 0


async def test_a_pool_survives_the_loss_of_its_connections(
    database: Database, migrated_url: str
) -> None:
    assert await _count(database) == 0
    with psycopg.connect(migrated_url, autocommit=True) as connection:
        connection.execute(
            # It waits until they are gone.
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert await _count(database) == 0


async def test_the_ledger_names_an_outage_as_any_other_work_does(database: Database) -> None:
    with pytest.raises(DatabaseOutage):
        async with database.ledger():
            raise psycopg.OperationalError("server closed the connection unexpectedly")
    assert database.connections_in_use == 0


async def test_the_server_tells_its_version(database: Database) -> None:
    assert (await database.server_version()).startswith("PostgreSQL 1")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
async def test_any_common_address_will_do(migrated_url: str, scheme: str) -> None:
    database = Database(migrated_url.replace("postgresql", scheme, 1), pool_size=1)
    assert await _count(database) == 0
    await database.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "", "/var/lib/data", "postgresql://[::1/d"])
def test_other_addresses_are_refused_in_plain_words(url: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="database address"):
        connection_parameters(url)


def test_options_of_the_address_are_kept() -> None:
    parameters = connection_parameters(
        "postgres://u:p%20w@h/d?options=-cwork_mem%3D8MB&application_name=mine", "search_path=x"
    )
    assert parameters["options"] == "-cwork_mem=8MB -ctimezone=UTC -csearch_path=x"
    assert parameters["application_name"] == "mine"
    assert parameters["password"] == "p w"
    assert plain_url("postgres://u@h/d") == "postgresql://u@h/d"


async def _count(database: Database) -> int:
    async with database.unit_of_work() as work:
        connection = await work.driver_connection()
        cursor = await connection.execute("SELECT count(*) FROM audit_logs")
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])
