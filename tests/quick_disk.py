"""Where databases of tests lie: in memory, so that they do not wait for a busy disk."""

import shutil
from pathlib import Path

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - the folders made in it have random names
ROOM_BYTES = 4_000_000_000


def quick_disk() -> Path | None:
    """For `dir` of `tempfile`: the memory where there is enough of it, else the usual place."""
    has_room = MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > ROOM_BYTES
    return MEMORY_DISK if has_room else None
