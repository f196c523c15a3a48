"""The embedded PostgreSQL: started, adopted, killed, damaged, by root and by ordinary users."""

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from marketer_desktop.storage.embedded import installation as programs
from marketer_desktop.storage.embedded.account import Account
from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError
from marketer_desktop.storage.embedded.server import EmbeddedPostgres

IS_ROOT = os.geteuid() == 0
ORDINARY = pwd.getpwnam("daemon").pw_uid
MakeServer = Callable[..., EmbeddedPostgres]


@pytest.fixture
def place(short_folder: Path) -> Iterator[Path]:
    """A folder for one test which the server's account can enter."""
    folder = Path(tempfile.mkdtemp(dir=short_folder))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def runnable_place() -> Iterator[Path]:
    """A folder on a disk from which programs may be started."""
    folder = Path(tempfile.mkdtemp(prefix="marketer-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shared_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where root puts what may not lie in a private folder, instead of `/var/lib`."""
    folder = place / "shared"
    monkeypatch.setattr(programs, "SHARED_PLACE", folder)
    return folder


@pytest.fixture(scope="module")
def made_before(short_folder: Path) -> Path:
    """A data folder to copy, which is faster than initdb."""
    data_dir = short_folder / "made-before"
    server = EmbeddedPostgres(data_dir, short_folder / "made-run")
    server.start()
    server.stop()
    return data_dir


@pytest.fixture
def make(place: Path, made_before: Path) -> Iterator[MakeServer]:
    """Make servers that are stopped after the test."""
    made: list[EmbeddedPostgres] = []

    def _make(data_dir: Path | None = None, **more: Path) -> EmbeddedPostgres:
        if data_dir is None and not (place / "data").exists():
            subprocess.run(["cp", "-a", made_before, place / "data"], check=True)
        server = EmbeddedPostgres(data_dir or place / "data", place / "run", **more)
        made.append(server)
        return server

    yield _make
    for server in made:
        server.stop()


def setting(url: str, name: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    assert row
    return str(row[0])


def pid_of(server: EmbeddedPostgres) -> int:
    pid = server.state().pid
    assert pid
    return pid


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def remember(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        connection.execute("INSERT INTO words VALUES (%s)", (word,))


def remembered(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT word FROM words ORDER BY word")]


def test_it_is_private_and_durable(make: MakeServer, place: Path) -> None:
    server = make()
    url = server.start()
    assert server.url == url
    assert setting(url, "server_version").startswith("16.")
    assert setting(url, "listen_addresses") == ""
    assert {setting(url, name) for name in ("fsync", "full_page_writes", "synchronous_commit")} == {
        "on"
    }
    assert (setting(url, "TimeZone"), setting(url, "server_encoding")) == ("UTC", "UTF8")
    assert stat.S_IMODE((place / "run").stat().st_mode) == 0o700
    assert stat.S_IMODE((place / "data" / "postgres.password").stat().st_mode) == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url, password="guessed")


def test_ctrl_c_in_the_terminal_does_not_reach_it(make: MakeServer) -> None:
    server = make()
    server.start()
    assert os.getsid(pid_of(server)) != os.getsid(0)
    assert os.getpgid(pid_of(server)) != os.getpgid(0)


def test_a_stop_ends_every_process_and_rows_stay(make: MakeServer) -> None:
    server = make()
    url = server.start()
    remember(url, "kept")
    main = psutil.Process(pid_of(server))
    family = [main, *main.children()]
    assert len(family) > 3
    server.stop()
    server.stop()
    assert not any(process.is_running() for process in family)
    assert server.state().running is False
    with pytest.raises(EmbeddedPostgresError, match="not been started"):
        _ = server.url
    assert remembered(server.start()) == ["kept"]


def test_a_stop_does_not_wait_for_clients(make: MakeServer) -> None:
    server = make()
    with psycopg.connect(server.start()):
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 5


def test_a_second_start_adopts_the_running_server(make: MakeServer) -> None:
    first, second = make(), make()
    assert first.start() == second.start()
    assert pid_of(first) == pid_of(second)
    second.stop()
    assert first.state().running is False


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
        deadline = time.monotonic() + 30
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


def test_a_data_folder_that_cannot_be_made_is_said(make: MakeServer, place: Path) -> None:
    (place / "file").write_text("")
    with pytest.raises(EmbeddedPostgresError, match="cannot be used"):
        make(place / "file" / "data").start()


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
    make: MakeServer, runnable_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, shared = runnable_place / "private", runnable_place / "shared"
    monkeypatch.setattr(programs, "SHARED_PLACE", shared)
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


def test_a_long_socket_path_is_avoided(place: Path) -> None:
    server = EmbeddedPostgres(place / "data", place / ("long" * 30))
    try:
        assert setting(server.start(), "port") == "5432"
    finally:
        server.stop()


@pytest.mark.skipif(not IS_ROOT, reason="only root can lay a trap in another user's name")
def test_a_socket_folder_of_somebody_else_is_refused(make: MakeServer, place: Path) -> None:
    (place / "run").mkdir()
    os.chown(place / "run", ORDINARY, ORDINARY)
    with pytest.raises(EmbeddedPostgresError, match="belongs to another user"):
        make().start()


def test_an_ordinary_user_can_run_it(place: Path) -> None:
    """In a process that has given up root, if this one has it.

    It changes its user after the imports: the interpreter itself may lie where that user
    cannot go.
    """
    script = place / "ordinary.py"
    script.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "import psycopg\n"
        "from marketer_desktop.storage.embedded.server import EmbeddedPostgres\n"
        "place = Path(sys.argv[1])\n"
        "server = EmbeddedPostgres(place / 'data', place / 'run')\n"
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
        [sys.executable, script, home], capture_output=True, text=True, check=False
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


def test_no_network_port_is_opened(make: MakeServer) -> None:
    server = make()
    server.start()
    kinds = {each.family for each in psutil.Process(pid_of(server)).net_connections(kind="all")}
    assert kinds <= {socket.AF_UNIX}
