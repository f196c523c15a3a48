"""Puts an archive in place of what a data folder holds, or into a new one."""

import shutil
from functools import partial
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel

from marketer_desktop.bootstrap.database_alone import database_alone
from marketer_desktop.bootstrap.discard_index import discard_index
from marketer_desktop.services.archive_files import StagedFiles, files_of, settle_restores
from marketer_desktop.services.back_up import (
    ARCHIVE,
    AUTOMATIC,
    KEPT,
    free_name,
    keep_the_last,
)
from marketer_desktop.services.byte_progress import ByteProgress
from marketer_desktop.services.call import Emit, Say
from marketer_desktop.services.make_archive import write_archive
from marketer_desktop.settings.portable import with_portable
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.archive.loading import load_archive
from marketer_desktop.storage.archive.names import SETTINGS, is_file
from marketer_desktop.storage.archive.problems import ArchiveError, unfit
from marketer_desktop.storage.archive.reader import ArchiveReader
from marketer_desktop.storage.archive.rows import RowSource
from marketer_desktop.storage.backup import BackupError
from marketer_desktop.storage.migration import MigrationError, current_and_head, refuse_newer
from marketer_desktop.storage.restore import replace_database

MB = 1_000_000
MANY_SETTINGS = 1_000_000  # bytes


class ArchiveRestored(BaseModel):
    """The archive, its revision, the one of the tables now, and an archive of what was there.

    `missing` are documents whose originals the archive has not.
    """

    path: Path
    archive_revision: str
    revision: str
    rows: int
    files: int
    missing: list[str]
    replaced: Path | None


def restore_archive(settings: Settings, file: Path, say: Say, emit: Emit) -> ArchiveRestored:
    """Replace what is in the data folder by what is in the archive; blocks.

    All of the archive is read before anything is touched, and whatever goes wrong, or if this is
    killed, all is as it was or all is new. Raises BackupError, MigrationError, ServiceError while
    another process owns the folder, or DiskIsFull.
    """
    say("Checking the archive")
    if not file.is_file():
        raise ArchiveError(f"There is no archive {file}.")
    progress = ByteProgress(emit, "checking", 2 * file.stat().st_size)
    with ArchiveReader.open(file, progress.add) as archive:
        archive.check(progress.add)
        refuse_newer(archive.manifest.revision)
        with database_alone(settings, say) as url:
            replaced = _kept(settings, url, archive, say, emit)
            say("Restoring")
            try:
                _restore(settings, url, archive, emit)
            except (BackupError, MigrationError):
                if replaced is not None:  # it is there still
                    replaced.unlink()
                raise
            _, head = current_and_head(url)
        return ArchiveRestored(
            path=file,
            archive_revision=archive.manifest.revision,
            revision=head,
            rows=sum(table.rows for table in archive.manifest.tables),
            files=sum(is_file(member.name) for member in archive.manifest.members),
            missing=archive.manifest.missing,
            replaced=replaced,
        )


def _kept(
    settings: Settings, url: str, archive: ArchiveReader, say: Say, emit: Emit
) -> Path | None:
    """An archive of what is there, to go back to; None where there is nothing yet."""
    present, _ = current_and_head(url)
    if present is None:
        _refuse_without_room(settings.data_dir, archive, 0)
        return None
    refuse_newer(present)
    with RowSource.open(url) as rows:
        size = rows.database_bytes + files_of(settings.data_dir, rows.documents()).bytes
    _refuse_without_room(settings.data_dir, archive, size)
    say("Keeping what is there")
    name = f"{AUTOMATIC}restore"
    file = free_name(settings.data_dir, name, ARCHIVE)
    made = write_archive(url, settings.data_dir, file, emit)
    keep_the_last(KEPT, name, made.path)
    return made.path


def _refuse_without_room(data_dir: Path, archive: ArchiveReader, present: int) -> None:
    """Rows take their room twice: PostgreSQL writes them into its log, too."""
    files = sum(each.bytes for each in archive.manifest.members if is_file(each.name))
    needed = 2 * archive.manifest.database_bytes + files + present
    free = shutil.disk_usage(data_dir).free
    if free < needed:
        raise ArchiveError(
            f"There is no room to restore {archive.file}: that takes about {needed // MB} MB, and "
            f"{free // MB} MB are free in {data_dir}. Nothing was changed. Free some space, or "
            "restore into a folder on another disk with --data-dir."
        )


def _restore(settings: Settings, url: str, archive: ArchiveReader, emit: Emit) -> None:
    data_dir = settings.data_dir
    total = sum(member.bytes for member in archive.manifest.members)
    progress = ByteProgress(emit, "restoring", total)
    staged = StagedFiles(data_dir, uuid4().hex)
    try:
        _stage(data_dir, archive, staged, progress)
        replace_database(
            url,
            lambda fresh: load_archive(fresh, archive, data_dir / "documents", progress.add),
            partial(discard_index, data_dir / "chroma"),
            staged.mark,
        )
    finally:
        settle_restores(data_dir, url)  # if this is not reached, the next start does it


def _stage(
    data_dir: Path, archive: ArchiveReader, staged: StagedFiles, progress: ByteProgress
) -> None:
    staged.begin()
    for member in archive.manifest.members:
        if member.name == SETTINGS:
            if member.bytes > MANY_SETTINGS:
                raise unfit(archive.file, "its settings are too long")
            staged.write(SETTINGS, [_settings(data_dir, archive, b"".join(archive.blocks(member)))])
        elif is_file(member.name):
            staged.write(member.name, archive.blocks(member))
            progress.add(member.bytes)


def _settings(data_dir: Path, archive: ArchiveReader, brought: bytes) -> bytes:
    try:
        return with_portable(data_dir, brought).encode()
    except ValueError as error:
        raise unfit(archive.file, "its settings cannot be read") from error
