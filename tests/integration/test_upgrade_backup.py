"""Before an existing database is changed there is a backup; a failed change leaves no trace."""

import shutil
from functools import partial
from pathlib import Path

import psycopg
import pytest

from marketer_desktop.bootstrap.engine import start_engine
from marketer_desktop.services import back_up as backups
from marketer_desktop.services.back_up import back_up_before
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage import migration
from marketer_desktop.storage.backup import BackupError, read_backup
from marketer_desktop.storage.full_disk import DiskIsFull
from marketer_desktop.storage.migration import (
    MigrationError,
    current_and_head,
    downgrade,
    upgrade,
)
from marketer_desktop.system.places import packaged

BAD_REVISION = """
from alembic import op

revision, down_revision = "0999", "{head}"


def upgrade() -> None:
    op.execute("CREATE TABLE half_made (id int)")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""


@pytest.fixture
def head(migrated_url: str) -> str:
    """The newest revision."""
    return current_and_head(migrated_url)[1]


@pytest.fixture
def bad_revision(head: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more revision, which makes a table and then fails."""
    shutil.copytree(packaged("alembic"), tmp_path / "alembic")
    script = tmp_path / "alembic" / "versions" / "0999_bad.py"
    script.write_text(BAD_REVISION.format(head=head), "utf-8")
    monkeypatch.setattr(migration, "packaged", lambda name: tmp_path / name)


def tables(url: str) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(query)]


def kept(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "backups").iterdir())


async def test_an_engine_backs_up_before_it_changes_the_tables_and_says_so(
    migrated_url: str, head: str, tmp_path: Path
) -> None:
    downgrade(migrated_url, "0004")
    said: list[str] = []
    engine = await start_engine(
        Settings(data_dir=tmp_path, database_url=migrated_url, model=None), said.append
    )
    await engine.stop()
    assert said[:3] == ["Preparing the database", "Backing up the database", *said[:1]]
    (file,) = kept(tmp_path)
    assert file.name.startswith(f"before-{head}-2")
    assert read_backup(file) == "0004"
    assert current_and_head(migrated_url)[0] == head


def test_an_empty_database_and_one_up_to_date_need_no_backup(
    database_url: str, migrated_url: str
) -> None:
    def refuse(revision: str) -> Path:
        raise AssertionError(revision)

    assert upgrade(database_url, refuse)
    assert upgrade(migrated_url, refuse) == []


def test_without_a_backup_nothing_is_changed(migrated_url: str) -> None:
    downgrade(migrated_url, "0004")
    before = tables(migrated_url)

    def fail(revision: str) -> Path:
        raise DiskIsFull

    with pytest.raises(DiskIsFull):
        upgrade(migrated_url, fail)
    assert (current_and_head(migrated_url)[0], tables(migrated_url)) == ("0004", before)


@pytest.mark.usefixtures("bad_revision")
def test_a_failed_change_leaves_the_database_as_it_was_and_names_the_backup(
    migrated_url: str, tmp_path: Path, head: str
) -> None:
    downgrade(migrated_url, "0004")  # the good revisions go back with the bad one
    before = tables(migrated_url)
    with pytest.raises(MigrationError) as caught:
        upgrade(migrated_url, partial(back_up_before, migrated_url, tmp_path))
    (file,) = kept(tmp_path)
    assert f"A backup of it lies in {file}." in str(caught.value)
    assert "as it was before, at revision 0004" in str(caught.value)
    assert (current_and_head(migrated_url)[0], tables(migrated_url)) == ("0004", before)
    assert read_backup(file) == "0004"


def test_a_newer_database_is_not_touched(migrated_url: str) -> None:
    with psycopg.connect(migrated_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    def refuse(revision: str) -> Path:
        raise AssertionError(revision)

    before = tables(migrated_url)
    with pytest.raises(MigrationError, match=r"newer version .* Nothing was changed"):
        upgrade(migrated_url, refuse)
    assert tables(migrated_url) == before


def test_three_are_kept_even_if_the_clock_goes_back(
    migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock:
        year = 2030

        @classmethod
        def now(cls, zone: object) -> object:
            from datetime import UTC, datetime

            return datetime(cls.year, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(backups, "datetime", Clock)
    abandoned = backups.backups_folder(tmp_path) / ".before-x.dump-abc.part"
    abandoned.write_text("", "utf-8")
    mine = backups.backups_folder(tmp_path) / "marketer-1.dump"
    mine.write_text("", "utf-8")
    made = [back_up_before(migrated_url, tmp_path, "x") for _ in range(3)]
    Clock.year = 2020
    made.append(back_up_before(migrated_url, tmp_path, "x"))
    assert kept(tmp_path) == sorted([mine, *made[1:]])


def test_a_backup_that_has_no_room_is_not_begun(
    migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10**9, 10**9, 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: full)
    with pytest.raises(BackupError, match=r"no room .* Nothing was changed"):
        back_up_before(migrated_url, tmp_path, "x")
    assert kept(tmp_path) == []
