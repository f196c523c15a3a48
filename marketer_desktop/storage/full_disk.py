"""A full disk, told apart from other failures wherever it shows itself."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

SQLSTATE = "53100"  # as psycopg hands it on, which would be heavy to import here
NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
# What SQLite, and the system's own message in a library's text, say of it.
WORDS = ("disk is full", "no space left on device", "disk quota exceeded")
# PostgreSQL stops when it cannot add this much to its log of changes.
LEAST_BYTES = 16 * 1024 * 1024


class DiskIsFull(RuntimeError):
    """There was no room to write; nothing of what was being written is kept."""

    def __init__(self) -> None:
        super().__init__(
            "The disk is full: this was not saved. What was saved before is safe. "
            "Free some space, then try again; a run that was cut off can be resumed."
        )


def lacks_room(folder: Path) -> bool:
    """Whether a database in `folder` stops for want of room, or soon will."""
    return shutil.disk_usage(folder).free < LEAST_BYTES


def is_full_disk(error: BaseException | None) -> bool:
    """Whether `error`, or what caused it, says that there is no room left on a disk."""
    return any(_says_so(each) for each in _with_causes(error))


def _says_so(error: BaseException) -> bool:
    if isinstance(error, DiskIsFull) or getattr(error, "sqlstate", None) == SQLSTATE:
        return True
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return True
    said = str(error).lower()
    return any(words in said for words in WORDS)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
