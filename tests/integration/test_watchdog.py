"""The watchdog: an owner may be killed at any moment, and no process outlives it for long."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from filelock import FileLock

from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system import watchdog as watchdog_child
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.processes import ends_within, is_alive
from marketer_desktop.system.watchdog import LOCK_FILE, Watchdog, WatchdogError

OWNER = """
import sys, time
from pathlib import Path
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.watchdog import Watchdog

place = Path(sys.argv[1])
lock = OwnerLock(place / "data")
if not lock.acquire():
    sys.exit("not the owner")
dog = Watchdog(place / "data")
dog.start()
server = EmbeddedPostgres(place / "data", place / "run")
server.start()
dog.watch(server.state().pid, "SIGINT", "SIGQUIT")
print(dog.pid, server.state().pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def place(short_folder: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=short_folder))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def dog(place: Path) -> Iterator[Watchdog]:
    dog = Watchdog(place)
    dog.start()
    yield dog
    dog.close()


@pytest.fixture
def sleeper() -> Iterator[Callable[[], psutil.Process]]:
    """Start processes that do nothing, ended after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def _start() -> psutil.Process:
        started.append(subprocess.Popen(["sleep", "600"]))
        return psutil.Process(started[-1].pid)

    yield _start
    for process in started:
        process.kill()
        process.wait()


def start_owner(place: Path) -> tuple[subprocess.Popen[str], psutil.Process, psutil.Process]:
    """An owner in a process of its own, its watchdog and its PostgreSQL."""
    command = [sys.executable, "-c", OWNER, str(place)]
    owner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert owner.stdout
    dog, postgres = (psutil.Process(int(pid)) for pid in owner.stdout.readline().split())
    return owner, dog, postgres


def bury(owner: subprocess.Popen[str]) -> None:
    owner.kill()
    owner.communicate()


def test_nothing_outlives_a_killed_owner(place: Path) -> None:
    owner, dog, postgres = start_owner(place)
    family = [dog, postgres, *postgres.children()]
    bury(owner)
    assert all(ends_within(process, 10) for process in family)
    log = (place / "data" / "postgres.log").read_text()
    assert "received fast shutdown request" in log
    assert "database system is shut down" in log
    assert OwnerLock(place / "data").acquire()


def test_what_outlives_a_killed_watchdog_is_adopted(place: Path) -> None:
    owner, dog, postgres = start_owner(place)
    dog.kill()
    bury(owner)
    server = EmbeddedPostgres(place / "data", place / "run")
    try:
        new = Watchdog(place / "data")
        new.start()
        server.start()
        assert server.state().pid == postgres.pid
        new.watch(postgres.pid, "SIGINT", "SIGQUIT")
        new.close()
        assert not is_alive(postgres)
    finally:
        server.stop()


def test_a_clean_close_stops_what_is_watched_and_leaves_nothing(
    dog: Watchdog, sleeper: Callable[[], psutil.Process]
) -> None:
    watched, forgotten = sleeper(), sleeper()
    assert dog.pid
    child = psutil.Process(dog.pid)
    dog.watch(watched.pid, "SIGTERM")
    dog.watch(forgotten.pid)
    dog.forget(forgotten.pid)
    dog.forget(forgotten.pid)
    dog.close()
    dog.close()
    assert not child.is_running()
    assert [is_alive(watched), is_alive(forgotten)] == [False, True]
    assert dog.pid is None


def test_processes_that_ended_already_are_no_trouble(
    dog: Watchdog, sleeper: Callable[[], psutil.Process]
) -> None:
    gone, alive = sleeper(), sleeper()
    dog.watch(gone.pid)
    gone.kill()
    gone.wait()
    dog.watch(gone.pid)
    dog.watch(alive.pid)
    dog.close()
    assert not is_alive(alive)


def test_a_killed_watchdog_is_replaced_and_told_everything_again(
    dog: Watchdog, sleeper: Callable[[], psutil.Process]
) -> None:
    first, second = sleeper(), sleeper()
    dog.watch(first.pid)
    before = dog.pid
    assert before
    os.kill(before, signal.SIGKILL)
    dog.watch(second.pid)
    assert dog.pid != before
    dog.close()
    assert [is_alive(first), is_alive(second)] == [False, False]


def test_ctrl_c_and_a_polite_end_are_left_to_the_owner(dog: Watchdog) -> None:
    assert dog.pid
    assert os.getsid(dog.pid) != os.getsid(0)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        os.kill(dog.pid, getattr(signal, name))
    assert not ends_within(psutil.Process(dog.pid), 0.2)


def test_the_next_watchdog_waits_for_the_cleaning_of_the_last(place: Path) -> None:
    lock = FileLock(place / LOCK_FILE)
    dog = Watchdog(place)
    started = threading.Event()

    def _start() -> None:
        dog.start()
        started.set()

    with lock:
        thread = threading.Thread(target=_start)
        thread.start()
        assert not started.wait(1)
    assert started.wait(60)
    thread.join()
    dog.close()


def test_a_folder_that_cannot_be_written_is_said(place: Path) -> None:
    (place / LOCK_FILE).mkdir()
    with pytest.raises(WatchdogError, match="could not be started"):
        Watchdog(place).start()


def test_a_process_that_ignores_signals_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog_child, "SIGNAL_SECONDS", 0.2)
    script = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    script += "print('deaf', flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as deaf:
        assert deaf.stdout
        deaf.stdout.readline()
        began = time.monotonic()
        watchdog_child._stop(psutil.Process(deaf.pid), ["SIGINT"])
        assert time.monotonic() - began >= 0.2
    assert deaf.returncode == -signal.SIGKILL
