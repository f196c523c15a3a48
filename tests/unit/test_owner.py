"""The single owner of a data folder."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from marketer_desktop.system.owner import OwnerLock

HOLD = """
import sys, time
from pathlib import Path
from marketer_desktop.system.owner import OwnerLock
lock = OwnerLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
time.sleep(600)
"""


@contextmanager
def other_owner(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_refused_and_told_who_owns_it(tmp_path: Path) -> None:
    lock = OwnerLock(tmp_path / "data")
    with other_owner(tmp_path / "data") as process:
        assert not lock.acquire()
        assert lock.holder() == process.pid


def test_the_death_of_the_owner_frees_it(tmp_path: Path) -> None:
    lock = OwnerLock(tmp_path)
    with other_owner(tmp_path) as process:
        process.kill()
        process.wait()
    assert lock.acquire()
    assert lock.holder() == os.getpid()
    lock.release()


def test_a_release_frees_it_from_any_thread(tmp_path: Path) -> None:
    lock, other = OwnerLock(tmp_path), OwnerLock(tmp_path)
    assert lock.acquire()
    assert lock.acquire()
    assert not other.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert lock.holder() is None
    assert other.acquire()
    lock.release()
    assert other.holder() == os.getpid()
    other.release()


def test_children_do_not_inherit_it(tmp_path: Path) -> None:
    lock = OwnerLock(tmp_path)
    assert lock.acquire()
    with subprocess.Popen(["sleep", "600"], close_fds=False) as child:
        lock.release()
        assert OwnerLock(tmp_path).acquire()
        child.kill()


@pytest.mark.parametrize("text", ["", "no number"])
def test_a_damaged_note_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "owner.pid").write_text(text)
    assert OwnerLock(tmp_path).holder() is None
