"""The documents in a folder and in those below it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SUFFIXES = frozenset({".pdf", ".docx", ".md", ".markdown", ".txt", ".html", ".htm"})
MOST_FILES = 5000


class FileState(NamedTuple):
    """What changes when a file is written: its size in bytes and the time in nanoseconds."""

    size: int
    modified_ns: int


class CannotLook(Exception):
    """A folder cannot be looked into; the message is for the user."""


def documents_in(folder: Path) -> Iterator[tuple[str, FileState]]:
    """The documents in a folder and the folders below it, without hidden ones.

    Raises `CannotLook`.
    """
    count = 0
    for entry in _entries(folder):
        count += 1
        if count > MOST_FILES:
            raise CannotLook(
                f"This folder holds more than {MOST_FILES:,} documents. Choose a smaller one."
            )
        try:
            status = entry.stat()
        except OSError:
            continue  # gone since it was listed
        yield entry.path, FileState(status.st_size, status.st_mtime_ns)


def _entries(folder: Path) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except FileNotFoundError:
        raise CannotLook(
            "This folder is not there. It may have been moved, or its disk is not connected."
        ) from None
    except OSError as problem:
        raise CannotLook(
            f"This folder cannot be read: {problem.strerror}. Check its permissions."
        ) from None
    for entry in entries:
        if entry.name.startswith((".", "~$")):  # hidden, or Word's note that a file is open
            continue
        if entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(CannotLook):  # one folder below that cannot be read
                yield from _entries(Path(entry.path))
        elif Path(entry.name).suffix.lower() in SUFFIXES and entry.is_file():
            yield entry
