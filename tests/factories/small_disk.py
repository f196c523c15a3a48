"""A disk of its own for a test, small enough to be filled to the last byte."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

NEEDS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")


class SmallDisk:
    """A disk in memory at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._ballast.open("ab", buffering=0) as stream:
            for size in (1_000_000, 4096):
                with suppress(OSError):
                    while True:
                        stream.write(bytes(size))

    def tidy(self) -> None:
        """Give the room back."""
        self._ballast.unlink()

    def set_read_only(self) -> None:
        """Let nobody write, not even root."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Mount a disk that every user may enter; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mkt-disk-"))
    options = f"size={megabytes}m,mode=0711"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def stop_for_want_of_room(url: str) -> None:
    """Make the server begin the next file of its log."""
    with (
        pytest.raises(psycopg.Error),
        psycopg.connect(url, autocommit=True) as connection,
    ):
        for _ in range(20):
            connection.execute("SELECT pg_switch_wal()")
            connection.execute("SELECT pg_logical_emit_message(true, 'test', 'one more line')")
