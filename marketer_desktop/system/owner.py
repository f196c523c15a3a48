"""One owner per data folder: the process that may run the database and the engine."""

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

LOCK_FILE = "owner.lock"
PID_FILE = "owner.pid"


class OwnerLock:
    """The right to own a data folder; the system takes it back when the process dies."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        # It is acquired in one thread and may be released in another.
        self._lock = FileLock(data_dir / LOCK_FILE, thread_local=False)
        # Windows lets nobody read a locked file, so the number has one of its own.
        self._pid_file = data_dir / PID_FILE

    def acquire(self) -> bool:
        """Become the owner, without waiting; False while another process is."""
        if self._lock.is_locked:
            return True
        self._data_dir.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        self._pid_file.write_text(f"{os.getpid()}\n", "utf-8")
        return True

    def release(self) -> None:
        """Give the right up; no error if this process does not have it."""
        if self._lock.is_locked:
            self._pid_file.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> int | None:
        """The process number of the owner, for messages; it may have died since."""
        with suppress(OSError, ValueError):
            return int(self._pid_file.read_text("utf-8"))
        return None
