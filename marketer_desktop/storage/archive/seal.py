"""The seal of an archive: the SHA-256 of all bytes before it, in the ZIP's own last comment."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from marketer_desktop.storage.archive.manifest import HEAD
from marketer_desktop.storage.archive.problems import ArchiveError, damaged

PREFIX = b"marketer-desktop sha256:"
DIGITS = 64
OPEN = PREFIX + b"0" * DIGITS  # what the comment is until all has been written
BEGINNING, NAME_AT = b"PK\x03\x04", 30
BLOCK = 1024 * 1024
OnBytes = Callable[[int], object]  # hears how many bytes more were read or written


class SealedFile:
    """A file that is only ever written on, so that it is hashed meanwhile; `seal` ends it."""

    def __init__(self, stream: IO[bytes], on_bytes: OnBytes) -> None:
        self._stream, self._on_bytes = stream, on_bytes
        self._hash, self._tail = hashlib.sha256(), b""

    def write(self, data: bytes) -> int:
        """Write on; the last bytes are hashed when it is known that they are not the seal."""
        self._stream.write(data)
        self._tail += data
        ready = max(0, len(self._tail) - DIGITS)
        self._hash.update(self._tail[:ready])
        self._tail = self._tail[ready:]
        self._on_bytes(len(data))
        return len(data)

    def flush(self) -> None:
        """Hand on what is buffered."""
        self._stream.flush()

    def seal(self) -> None:
        """Put the digest in the place that the comment has kept for it."""
        assert self._tail == OPEN[-DIGITS:]
        self._stream.seek(-DIGITS, os.SEEK_END)
        self._stream.write(self._hash.hexdigest().encode())


def check_seal(file: Path, on_bytes: OnBytes) -> None:
    """Read all of `file`. Raises ArchiveError unless it is an archive and as it was written."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        rest = os.fstat(stream.fileno()).st_size - DIGITS
        if not _begins_as_ours(stream):
            raise ArchiveError(
                f"{file} is no archive of Marketer Desktop. Choose a file that “marketer backup” "
                "or Settings → Backup has written."
            )
        while rest > 0 and (block := stream.read(min(BLOCK, rest))):
            digest.update(block)
            rest -= len(block)
            on_bytes(len(block))
        if stream.read() != digest.hexdigest().encode():
            raise damaged(file, "its bytes are not those that were written")


def _begins_as_ours(stream: IO[bytes]) -> bool:
    beginning = stream.read(NAME_AT + len(HEAD))
    stream.seek(0)
    return beginning.startswith(BEGINNING) and beginning.endswith(HEAD.encode())
