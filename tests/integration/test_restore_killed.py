"""A restore that is killed in the middle leaves the database that was there, and no remains."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from marketer_desktop.bootstrap.database_alone import database_alone
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.backup import back_up
from marketer_desktop.storage.migration import upgrade

RESTORE = """
import sys
from pathlib import Path
from marketer_desktop.bootstrap.restore_backup import restore_backup
from marketer_desktop.settings.settings import Settings
say = lambda text: print(text, flush=True)
restore_backup(Settings(data_dir=Path(sys.argv[1]), model=None), Path(sys.argv[2]), say)
"""


@pytest.fixture
def settings(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.delenv("MARKETER_DATABASE_URL", raising=False)
    yield Settings(data_dir=short_folder / "restored", model=None)


def note(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE note SET word = %s", (word,))


def state(settings: Settings) -> tuple[str, list[str]]:
    """The word in the database, and the databases of ours that the server has."""
    with database_alone(settings, lambda text: None) as url, psycopg.connect(url) as connection:
        row = connection.execute("SELECT word FROM note").fetchone()
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'mark%'")
        assert row is not None
        return row[0], [each[0] for each in found]


def test_a_killed_restore_leaves_a_working_database(settings: Settings, tmp_path: Path) -> None:
    with database_alone(settings, lambda text: None) as url:
        upgrade(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'kept' AS word")
        back_up(url, tmp_path / "kept.dump")
        note(url, "present")

    command = [sys.executable, "-c", RESTORE, str(settings.data_dir), str(tmp_path / "kept.dump")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with process:
        wait_for_pg_restore(process)
        process.kill()
    assert process.returncode == -9
    assert state(settings) == ("present", ["marketer"])


def wait_for_pg_restore(process: "subprocess.Popen[str]") -> None:
    """Until the backup is being written into the fresh database."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        for child in psutil.Process(process.pid).children():
            try:
                if any("dbname=marketer_restoring" in word for word in child.cmdline()):
                    return
            except psutil.Error:
                continue
        time.sleep(0.002)
    raise AssertionError("The restore did not come so far.")
