"""Archives: database, documents and settings in one file, without anything secret."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.services.archive_files import files_of
from marketer_desktop.services.back_up import ARCHIVE, free_name, stoppable
from marketer_desktop.services.byte_progress import ByteProgress
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.portable import portable_settings
from marketer_desktop.storage.archive.manifest import Manifest, Table
from marketer_desktop.storage.archive.names import SETTINGS
from marketer_desktop.storage.archive.problems import ArchiveError
from marketer_desktop.storage.archive.reader import ArchiveReader
from marketer_desktop.storage.archive.rows import RowSource
from marketer_desktop.storage.archive.seal import BLOCK, OnBytes
from marketer_desktop.storage.archive.writer import ArchiveWriter
from marketer_desktop.storage.backup import BackupError, whole_file


class ArchiveMade(BaseModel):
    """The file, its length, what is in it; `missing` are documents without their originals.

    `left_out` counts files beside the texts whose names not every system takes.
    """

    path: Path
    bytes: int
    revision: str
    rows: int
    files: int
    missing: list[str]
    left_out: int


class MakeArchive(Call[ArchiveMade]):
    """Write everything to `file`, by default one in the data folder. The search index is not in it.

    Emits `{"kind": "archive", step, percent, eta_seconds}`.
    """

    file: Path | None = None
    overwrite: bool = False


class _Stopped(Exception):
    """Nobody waits for the archive any more."""


async def make_archive(call: MakeArchive, parts: Parts, emit: Emit) -> ArchiveMade:
    """While the engine goes on; a cancelled call leaves no file."""
    loop, stopped = asyncio.get_running_loop(), threading.Event()

    def tell(event: dict[str, object]) -> None:
        if stopped.is_set():
            raise _Stopped
        loop.call_soon_threadsafe(emit, event)

    def work() -> ArchiveMade:
        file = call.file or free_name(parts.data_dir, "marketer", ARCHIVE)
        return write_archive(
            parts.database_url, parts.data_dir, file, tell, overwrite=call.overwrite
        )

    try:
        return await stoppable(work, stopped)
    except BackupError as error:
        raise ServiceError(str(error)) from error


def write_archive(
    url: str, data_dir: Path, file: Path, emit: Emit, *, overwrite: bool = False
) -> ArchiveMade:
    """Write the archive and read it back; blocks. If `emit` raises, nothing is left of it.

    Raises BackupError, or DiskIsFull.
    """
    with whole_file(file, overwrite=overwrite) as draft:
        made = _write(url, data_dir, draft, emit)
        size = draft.stat().st_size
        progress = ByteProgress(emit, "checking", 2 * size)
        with ArchiveReader.open(draft, progress.add) as archive:
            archive.check(progress.add)
    return made.model_copy(update={"path": file, "bytes": size})


def _write(url: str, data_dir: Path, draft: Path, emit: Emit) -> ArchiveMade:
    with RowSource.open(url) as rows, draft.open("wb") as stream:
        found = files_of(data_dir, rows.documents())
        progress = ByteProgress(emit, "writing", sum(map(rows.size, rows.tables)) + found.bytes)
        writer = ArchiveWriter(stream)
        writer.add(SETTINGS, [portable_settings(data_dir)])
        for name, file in found.files.items():
            if not _add_file(writer, name, file, progress.add):
                found.missing.append(name)
        tables = [_add_table(writer, rows, table, progress.add) for table in rows.tables]
        writer.finish(
            Manifest(
                made_at=writer.made_at,
                revision=rows.revision,
                database_bytes=rows.database_bytes,
                tables=tables,
                sequences=rows.sequences(),
                members=writer.members,
                missing=found.missing,
            )
        )
        return ArchiveMade(
            path=draft,
            bytes=0,
            revision=rows.revision,
            rows=sum(table.rows for table in tables),
            files=len(writer.members) - len(tables),
            missing=found.missing,
            left_out=found.left_out,
        )


def _add_file(writer: ArchiveWriter, name: str, file: Path, on_bytes: OnBytes) -> bool:
    """Whether it was still there; what was deleted since is no reason to fail."""

    def blocks() -> Iterator[bytes]:
        while block := stream.read(BLOCK):
            yield block
            on_bytes(len(block))

    with suppress(FileNotFoundError):
        try:
            stream = file.open("rb")
        except PermissionError as error:
            raise ArchiveError(f"{file} may not be read. Give yourself the right to.") from error
        with stream:
            writer.add(name, blocks())
        return True
    return False


def _add_table(writer: ArchiveWriter, source: RowSource, table: Table, on_bytes: OnBytes) -> Table:
    """A table takes less in an archive than it did, which is known when it is through."""
    left, counted = source.size(table), [0]

    def blocks() -> Iterator[bytes]:
        nonlocal left
        for block in source.blocks(table, lambda rows: counted.append(rows)):
            yield block
            on_bytes(min(left, len(block)))
            left -= min(left, len(block))

    writer.add(table.member, blocks())
    on_bytes(left)
    return table.model_copy(update={"rows": counted[-1]})
