"""A backup is whole and of one moment, or not there; a restore replaces all of it, or nothing."""

import threading
from pathlib import Path

import psycopg
import pytest

from marketer_desktop.storage.backup import BackupError, back_up, read_backup
from marketer_desktop.storage.migration import differences
from marketer_desktop.storage.postgres_programs import own_program, run_program
from marketer_desktop.storage.restore import restore

BULK = "INSERT INTO users (email, name) SELECT 'u' || n || '@b.example', md5(n::text)"
BULK += " FROM generate_series(1, {}) AS n"


def run(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def names(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM organizations ORDER BY id")]


def databases(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT datname FROM pg_database")]


def add(url: str, name: str) -> None:
    run(url, f"INSERT INTO organizations (name, slug) VALUES ('{name}', lower('{name}'))")


@pytest.fixture
def backup(migrated_url: str, tmp_path: Path) -> Path:
    """Made of a database with the organization `Acme`; there is another one by now."""
    add(migrated_url, "Acme")
    run(migrated_url, "CREATE TABLE langgraph.probe AS SELECT 7 AS number")
    back_up(migrated_url, tmp_path / "kept.dump")
    add(migrated_url, "Later")
    run(migrated_url, "DROP TABLE langgraph.probe")
    return tmp_path / "kept.dump"


def test_a_restored_database_is_as_it_was_in_all_schemas(migrated_url: str, backup: Path) -> None:
    assert read_backup(backup) == "0015"
    told: list[str] = []
    restore(migrated_url, backup, lambda: told.append("swapped"))
    assert names(migrated_url) == ["Acme"]
    with psycopg.connect(migrated_url) as connection:
        assert connection.execute("SELECT number FROM langgraph.probe").fetchone() == (7,)
        connection.execute("SELECT * FROM procrastinate.procrastinate_jobs")
    assert differences(migrated_url) == []
    assert told == ["swapped"]
    add(migrated_url, "Next")  # numbers go on where they stood
    assert not [name for name in databases(migrated_url) if "_re" in name]


def test_a_backup_is_of_one_moment_while_others_write(migrated_url: str, tmp_path: Path) -> None:
    """Every transaction adds to two tables, the first and the last to be dumped."""
    run(migrated_url, "CREATE TABLE public.a_first (n int); CREATE TABLE public.z_last (n int)")
    run(migrated_url, BULK.format(20_000))
    done = threading.Event()

    def write() -> None:
        with psycopg.connect(migrated_url, autocommit=True) as connection:
            while not done.is_set():
                with connection.transaction():
                    connection.execute("INSERT INTO a_first VALUES (1)")
                    connection.execute("INSERT INTO z_last VALUES (1)")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        back_up(migrated_url, tmp_path / "kept.dump")
    finally:
        done.set()
        writer.join()
    restore(migrated_url, tmp_path / "kept.dump", lambda: None)
    with psycopg.connect(migrated_url) as connection:
        count = "SELECT (SELECT count(*) FROM a_first), (SELECT count(*) FROM z_last)"
        row = connection.execute(count).fetchone()
    assert row is not None
    assert row[0] == row[1]


def test_a_file_that_is_there_is_replaced_only_by_force(migrated_url: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.dump"
    file.write_text("a letter", "utf-8")
    with pytest.raises(BackupError, match="--force"):
        back_up(migrated_url, file)
    assert file.read_text("utf-8") == "a letter"
    made = back_up(migrated_url, file, overwrite=True)
    assert made.bytes == file.stat().st_size > 10_000
    assert [path.name for path in tmp_path.iterdir()] == ["mine.dump"]


@pytest.mark.parametrize("place", ["missing/kept.dump", "."])
def test_a_place_that_cannot_be_written_is_named(
    migrated_url: str, tmp_path: Path, place: str
) -> None:
    with pytest.raises(BackupError, match=str(tmp_path)):
        back_up(migrated_url, tmp_path / place)


def test_a_backup_that_is_stopped_leaves_nothing(migrated_url: str, tmp_path: Path) -> None:
    run(migrated_url, BULK.format(200_000))

    class Enough(Exception):
        pass

    def stop(count: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        back_up(migrated_url, tmp_path / "kept.dump", on_bytes=stop)
    assert list(tmp_path.iterdir()) == []


def test_half_a_backup_is_refused(migrated_url: str, backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-20_000])
    with pytest.raises(BackupError, match="not a whole backup"):
        read_backup(backup)
    with pytest.raises(BackupError, match="database is as it was"):
        restore(migrated_url, backup, lambda: None)
    assert names(migrated_url) == ["Acme", "Later"]
    assert not [name for name in databases(migrated_url) if "_re" in name]


def test_something_else_is_not_a_backup(database_url: str, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.dump"
    with pytest.raises(BackupError, match="There is no backup"):
        read_backup(foreign)
    foreign.write_text("Dear reader", "utf-8")
    with pytest.raises(BackupError, match="not a whole backup"):
        read_backup(foreign)
    run_program([own_program("pg_dump"), "--format=custom", f"--file={foreign}"], database_url)
    with pytest.raises(BackupError, match="another program"):
        read_backup(foreign)


def test_a_failure_before_the_names_change_leaves_all_as_it_was(
    migrated_url: str, backup: Path
) -> None:
    def fail() -> None:
        raise OSError(5, "the disk went away")

    with pytest.raises(OSError, match="went away"):
        restore(migrated_url, backup, fail)
    assert names(migrated_url) == ["Acme", "Later"]
    assert not [name for name in databases(migrated_url) if "_re" in name]


def test_a_database_in_use_is_left_alone(migrated_url: str, backup: Path) -> None:
    with (
        psycopg.connect(migrated_url),
        pytest.raises(BackupError, match="Somebody else is connected"),
    ):
        restore(migrated_url, backup, lambda: None)
    assert names(migrated_url) == ["Acme", "Later"]


def test_the_database_may_be_named_anywhere_in_the_address(migrated_url: str, backup: Path) -> None:
    name = str(psycopg.conninfo.conninfo_to_dict(migrated_url)["dbname"])
    elsewhere = migrated_url.replace(f"/{name}?", f"/postgres?dbname={name}&")
    restore(elsewhere, backup, lambda: None)
    assert names(migrated_url) == ["Acme"]
