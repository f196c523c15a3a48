"""The embedded PostgreSQL killed, damaged, or with something else in its place."""

import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError, start_failure
from marketer_desktop.storage.full_disk import is_full_disk
from tests.embedded_server import MakeServer, kill, pid_of, remember, remembered, setting
from tests.factories.small_disk import NEEDS_ROOT, small_disk


def test_it_comes_back_after_every_kill(make: MakeServer) -> None:
    server = make()
    for number in range(5):
        url = server.start()
        remember(url, f"{number}")
        with closing(psycopg.connect(url, autocommit=True)) as busy:
            busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1000000000)")
            kill(pid_of(server))
            assert remembered(server.start()) == [f"{each}" for each in range(number + 1)]


def test_numbers_of_a_dead_server_may_belong_to_others_by_now(
    make: MakeServer, place: Path
) -> None:
    server = make()
    server.start()
    folder = server.state().folder
    lines = (folder / "postmaster.pid").read_text().splitlines()
    kill(pid_of(server))
    # A process of the same account: PostgreSQL takes it for a server that is still alive.
    with subprocess.Popen(["sleep", "600"], user=folder.stat().st_uid) as other:
        try:
            lines[0] = str(other.pid)
            (folder / "postmaster.pid").write_text("\n".join(lines))
            (place / "run" / ".s.PGSQL.5432.lock").write_text("\n".join(lines))
            assert server.state().running is False
            assert setting(server.start(), "port") == "5432"
            assert other.poll() is None
        finally:
            other.kill()


def test_a_server_whose_socket_was_tidied_away_is_replaced(make: MakeServer, place: Path) -> None:
    server = make()
    server.start()
    before = pid_of(server)
    (place / "run" / ".s.PGSQL.5432").unlink()
    server.start()
    assert pid_of(server) != before


def test_a_killed_initdb_is_done_again(make: MakeServer, place: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from marketer_desktop.storage.embedded.server import EmbeddedPostgres\n"
        "EmbeddedPostgres(Path(sys.argv[1]), Path(sys.argv[2])).start()\n"
    )
    command = [sys.executable, "-c", script, str(place / "data"), str(place / "run")]
    with subprocess.Popen(command) as owner:
        deadline = time.monotonic() + 60
        while not list((place / "data").glob(".postgres-*.draft/data/global")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        family = psutil.Process(owner.pid).children(recursive=True)
        owner.kill()
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
    psutil.wait_procs(family, timeout=10)
    assert not (place / "data" / "postgres").exists()
    assert setting(make().start(), "server_version").startswith("16.")
    assert not list((place / "data").glob(".postgres-*"))


def test_a_folder_that_is_no_database_is_refused(make: MakeServer, place: Path) -> None:
    folder = place / "data" / "postgres"
    folder.mkdir(parents=True)
    (folder / "holiday.jpg").write_bytes(b"")
    (place / "data" / "postgres.password").write_text("x")
    with pytest.raises(EmbeddedPostgresError, match="not a whole database"):
        make().start()
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_what_is_wrong_with_a_data_folder_is_said(make: MakeServer, place: Path) -> None:
    server = make()
    server.start()
    server.stop()
    folder, password = server.state().folder, place / "data" / "postgres.password"

    password.rename(place / "password")
    with pytest.raises(EmbeddedPostgresError, match=r"postgres.password .* is missing"):
        server.start()
    password.write_text("another")
    with pytest.raises(EmbeddedPostgresError, match="does not accept the password"):
        server.start()
    assert server.state().running is False
    (place / "password").replace(password)

    (folder / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 15"):
        server.start()
    (folder / "PG_VERSION").write_text("16\n")

    control = folder / "global" / "pg_control"
    content = control.read_bytes()
    control.write_bytes(bytes(len(content)))
    with pytest.raises(EmbeddedPostgresError, match=r"does not start(?s:.*)PG_CONTROL_VERSION"):
        server.start()
    control.write_bytes(content)
    assert setting(server.start(), "server_version").startswith("16.")


@NEEDS_ROOT
def test_a_full_disk_is_said_although_the_log_has_no_room_for_it() -> None:
    with small_disk(120) as disk:
        disk.fill()
        full = start_failure(disk.folder, "2026-11-23 LOG:  starting Postg")
        assert is_full_disk(full) and "Postg" not in str(full)
        disk.tidy()
        other = start_failure(disk.folder, "FATAL:  no such thing")
        assert not is_full_disk(other) and "no such thing" in str(other)


def test_a_data_folder_that_cannot_be_made_is_said(make: MakeServer, place: Path) -> None:
    (place / "file").write_text("")
    with pytest.raises(EmbeddedPostgresError, match="cannot be used"):
        make(place / "file" / "data").start()
