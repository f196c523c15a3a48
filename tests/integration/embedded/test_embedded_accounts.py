"""The embedded PostgreSQL of root and of ordinary users, in folders open and closed to others."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from marketer_desktop.storage.embedded import installation as programs
from marketer_desktop.storage.embedded.account import Account
from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError
from tests.embedded_server import MakeServer, pid_of, remember, remembered

IS_ROOT = os.geteuid() == 0
ORDINARY = pwd.getpwnam("daemon").pw_uid


def test_a_private_parent_stays_private(make: MakeServer, place: Path, shared_place: Path) -> None:
    private = place / "private"
    private.mkdir(mode=0o700)
    server = make(private / "data")
    remember(server.start(), "kept")
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    folder = server.state().folder
    assert folder.is_relative_to(shared_place if IS_ROOT else private)
    server.stop()
    again = make(private / "data")
    assert remembered(again.start()) == ["kept"]
    assert again.state().folder == folder


def test_a_new_data_folder_never_finds_the_database_of_a_deleted_one(
    make: MakeServer, place: Path, shared_place: Path
) -> None:
    private = place / "private"
    for _ in range(2):
        private.mkdir(mode=0o700)
        server = make(private / "data")
        with psycopg.connect(server.start()) as connection:
            connection.execute("CREATE TABLE only_once ()")
        server.stop()
        shutil.rmtree(private)


@pytest.mark.skipif(not IS_ROOT, reason="only root keeps the database elsewhere")
def test_a_database_kept_elsewhere_and_lost_is_not_replaced(
    make: MakeServer, place: Path, shared_place: Path
) -> None:
    (place / "private").mkdir(mode=0o700)
    server = make(place / "private" / "data")
    server.start()
    server.stop()
    shutil.rmtree(server.state().folder)
    with pytest.raises(EmbeddedPostgresError, match="which is gone"):
        server.start()


def test_programs_in_a_private_folder_are_copied_once(
    make: MakeServer, runnable_place: Path, runnable_shared_place: Path
) -> None:
    private, shared = runnable_place / "private", runnable_shared_place
    private.mkdir(mode=0o700)
    package = programs.find_installation().parent
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, private / folder.name, ignore=programs.NOT_NEEDED)
    server = make(installation=private / package.name / "pginstall")
    server.start()
    program = Path(psutil.Process(pid_of(server)).exe())
    assert program.is_relative_to(shared if IS_ROOT else private)
    first = program.stat().st_ino
    server.stop()
    server.start()
    assert program.stat().st_ino == first
    server.stop()
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    if IS_ROOT:
        assert len(list(shared.iterdir())) == 1


@pytest.mark.skipif(not IS_ROOT, reason="only root needs a shared place")
def test_a_shared_place_that_became_private_stays_so(shared_place: Path) -> None:
    shared_place.mkdir(mode=0o700)
    other = programs.shared_place(Account(ORDINARY, ORDINARY))
    assert other == shared_place.with_name("shared-server")
    assert stat.S_IMODE(other.stat().st_mode) == 0o755
    assert stat.S_IMODE(shared_place.stat().st_mode) == 0o700


@pytest.mark.skipif(not IS_ROOT, reason="only root can lay a trap in another user's name")
def test_a_socket_folder_of_somebody_else_is_refused(make: MakeServer, place: Path) -> None:
    (place / "run").mkdir()
    os.chown(place / "run", ORDINARY, ORDINARY)
    with pytest.raises(EmbeddedPostgresError, match="belongs to another user"):
        make().start()


def test_an_ordinary_user_can_run_it(place: Path, runnable_shared_place: Path) -> None:
    """In a process that has given up root, if this one has it.

    It changes its user after the imports, and gets PostgreSQL's programs where that user can
    go: this checkout and the interpreter may lie in a private folder.
    """
    account = Account(ORDINARY, ORDINARY) if IS_ROOT else None
    installation = programs.reachable_installation(programs.find_installation(), account)
    script = place / "ordinary.py"
    script.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "import psycopg\n"
        "from marketer_desktop.storage.embedded.server import EmbeddedPostgres\n"
        "place, installation = map(Path, sys.argv[1:])\n"
        "server = EmbeddedPostgres(place / 'data', place / 'run', installation)\n"
        "if os.geteuid() == 0:\n"
        f"    os.setgroups([]); os.setgid({ORDINARY}); os.setuid({ORDINARY})\n"
        "try:\n"
        "    with psycopg.connect(server.start()) as connection:\n"
        "        connection.execute('CREATE TABLE here ()')\n"
        "    print(server.state().folder.stat().st_uid == os.geteuid() != 0)\n"
        "finally:\n"
        "    server.stop()\n"
    )
    home = place / "home"
    home.mkdir(mode=0o700)
    if IS_ROOT:
        os.chown(home, ORDINARY, ORDINARY)
    done = subprocess.run(
        [sys.executable, script, home, installation], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("True\n", ""), done.stderr


@pytest.mark.skipif(not IS_ROOT, reason="only root can serve a data folder of another user")
def test_root_serves_the_database_of_a_user_under_that_users_name(
    make: MakeServer, place: Path
) -> None:
    server = make()
    server.start()
    server.stop()
    folder = server.state().folder
    for path in (folder, *folder.rglob("*")):
        os.chown(path, ORDINARY, ORDINARY)
    server.start()
    assert psutil.Process(pid_of(server)).uids().real == ORDINARY
