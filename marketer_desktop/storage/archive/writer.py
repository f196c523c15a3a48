"""Writes an archive from its beginning to its end, never more than a block of it in memory."""

import hashlib
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO, cast

from marketer_desktop import __version__
from marketer_desktop.storage.archive.manifest import (
    FORMAT,
    HEAD,
    MANIFEST,
    Head,
    Manifest,
    Member,
)
from marketer_desktop.storage.archive.seal import OPEN, OnBytes, SealedFile

# Documents and images are compressed by themselves.
COMPRESSED = (".copy", ".json", ".txt", ".md", ".html")
LEVEL = 1  # several times as fast as the usual one, for a tenth more


class ArchiveWriter:
    """Takes one member after the other; `finish` writes the manifest and seals the file."""

    def __init__(self, stream: IO[bytes], on_bytes: OnBytes = lambda count: None) -> None:
        self._sealed = SealedFile(stream, on_bytes)
        # It asks for no more than a stream that cannot be searched has.
        self._zip = zipfile.ZipFile(cast("IO[bytes]", self._sealed), "w", allowZip64=True)
        self._zip.comment = OPEN
        self.made_at = datetime.now(UTC)
        self.members: list[Member] = []
        self._write(HEAD, [Head(format=FORMAT, version=__version__).model_dump_json().encode()])

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """Write a member, and note its length and digest."""
        self.members.append(self._write(name, blocks))

    def finish(self, manifest: Manifest) -> None:
        """Nothing can be added afterwards."""
        self._write(MANIFEST, [manifest.model_dump_json(indent=1).encode()])
        self._zip.close()
        self._sealed.seal()

    def _write(self, name: str, blocks: Iterable[bytes]) -> Member:
        info = zipfile.ZipInfo(name, self.made_at.timetuple()[:6])
        info.external_attr = 0o600 << 16
        if name.endswith(COMPRESSED):
            info.compress_type, info._compresslevel = zipfile.ZIP_DEFLATED, LEVEL  # type: ignore[attr-defined]
        digest, length = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as member:
            for block in blocks:
                member.write(block)
                digest.update(block)
                length += len(block)
        return Member(name=name, bytes=length, sha256=digest.hexdigest())
