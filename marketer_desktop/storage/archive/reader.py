"""Reads an archive that nobody vouches for: all of it is looked at before any of it is used."""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from pydantic import BaseModel, ValidationError

from marketer_desktop.storage.archive.manifest import (
    FORMAT,
    HEAD,
    MANIFEST,
    MOST_BYTES,
    Head,
    Manifest,
    Member,
)
from marketer_desktop.storage.archive.names import is_file, is_rows
from marketer_desktop.storage.archive.problems import ArchiveError, damaged, newer, unfit
from marketer_desktop.storage.archive.seal import BLOCK, OnBytes, check_seal

Model = TypeVar("Model", bound=BaseModel)
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LONGEST_HEAD = 10_000
# All that the library says of what it cannot read.
UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class ArchiveReader:
    """An archive whose seal, names and manifest are right; `blocks` proves each member."""

    def __init__(self, file: Path, opened: zipfile.ZipFile) -> None:
        self.file = file
        self._zip = opened
        self._members = self._listed()
        self.manifest = self._manifest()
        self._compare()

    @classmethod
    @contextmanager
    def open(cls, file: Path, on_bytes: OnBytes = lambda count: None) -> Iterator[Self]:
        """Read the whole file once, then look into it. Raises ArchiveError."""
        if not file.is_file():
            raise ArchiveError(f"There is no archive {file}.")
        check_seal(file, on_bytes)
        try:
            opened = zipfile.ZipFile(file)
        except UNREADABLE as error:
            raise damaged(file, "its table of contents cannot be read") from error
        with opened:
            yield cls(file, opened)

    def check(self, on_bytes: OnBytes) -> None:
        """Read every member to its end. Raises ArchiveError."""
        for member in self.manifest.members:
            for block in self.blocks(member):
                on_bytes(len(block))

    def blocks(self, member: Member) -> Iterator[bytes]:
        """The bytes of a member; raises ArchiveError if they are others, at the latest at the end.

        Never more than were announced.
        """
        digest, length = hashlib.sha256(), 0
        for block in self._raw(member.name):
            length += len(block)
            if length > member.bytes:
                break
            digest.update(block)
            yield block
        if length != member.bytes or digest.hexdigest() != member.sha256:
            raise damaged(self.file, f"“{member.name}” is not what was written")

    def _raw(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(self._members[name]) as stream:
                while block := stream.read(BLOCK):
                    yield block
        except UNREADABLE as error:
            raise damaged(self.file, f"“{name}” cannot be read") from error

    def _listed(self) -> dict[str, zipfile.ZipInfo]:
        """The members by name: ordinary files, each with a name of its own on any system."""
        found: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            if not _is_ordinary(info):
                raise unfit(self.file, f"it holds “{_shown(info.filename)}”")
            found[info.filename] = info
        if len({name.casefold() for name in found}) < len(self._zip.infolist()):
            raise unfit(self.file, "it holds two files of one name")
        if sum(info.compress_size for info in found.values()) > self.file.stat().st_size:
            raise unfit(self.file, "its members lie over one another")
        return found

    def _manifest(self) -> Manifest:
        head = self._told(HEAD, Head, LONGEST_HEAD)
        if head.format > FORMAT:
            raise newer(self.file, head.version)
        return self._told(MANIFEST, Manifest, MOST_BYTES)

    def _told(self, name: str, kind: type[Model], most: int) -> Model:
        info = self._members.get(name)
        if info is None or info.file_size > most:
            raise unfit(self.file, f"its {name} is missing or too long")
        text, length = [], 0
        for block in self._raw(name):
            length += len(block)
            if length > most:
                raise unfit(self.file, f"its {name} is too long")
            text.append(block)
        try:
            return kind.model_validate_json(b"".join(text))
        except ValidationError as error:
            raise unfit(self.file, f"its {name} says what it cannot say") from error

    def _compare(self) -> None:
        """The manifest names every member once, with its length, and every table has its rows."""
        named = {member.name: member for member in self.manifest.members}
        told = {*named, HEAD, MANIFEST}
        if len(named) < len(self.manifest.members) or told != self._members.keys():
            differing = sorted(told ^ self._members.keys()) or ["a name twice"]
            raise unfit(self.file, f"what it lists is not what it holds ({_shown(differing[0])})")
        for name, member in named.items():
            if self._members[name].file_size != member.bytes:
                raise unfit(self.file, f"“{name}” is longer or shorter than announced")
        rows = {table.member for table in self.manifest.tables}
        if rows != set(filter(is_rows, named)) or len(rows) < len(self.manifest.tables):
            raise unfit(self.file, "its tables are not those it lists")


def _is_ordinary(info: zipfile.ZipInfo) -> bool:
    name, kind = info.filename, stat.S_IFMT(info.external_attr >> 16)
    return (
        (name in {HEAD, MANIFEST} or is_rows(name) or is_file(name))
        and info.orig_filename == name
        and kind in {0, stat.S_IFREG}
        and not info.flag_bits & ENCRYPTED
        and info.compress_type in METHODS
    )


def _shown(name: str) -> str:
    return name[:100].encode("unicode_escape").decode()
