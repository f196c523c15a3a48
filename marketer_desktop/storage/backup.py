"""Backups: the whole database in one file of pg_dump, written in one piece and read back."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.storage.postgres_programs import (
    NoProgram,
    ProgramFailure,
    own_program,
    program_for,
    run_program,
    server_major,
)

REVISION = re.compile(r"^COPY public\.alembic_version .*\n(\w+)$", re.MULTILINE)
DRAFT = ".part"
Written = Callable[[int], object]  # hears the bytes that are written so far


class BackupError(RuntimeError):
    """A backup could not be made or read; the text says what happened and what to do."""


@dataclass(frozen=True)
class Backup:
    """A backup that is whole: its file, its length, and the revision of its tables."""

    path: Path
    bytes: int
    revision: str


def back_up(
    url: str, file: Path, *, overwrite: bool = False, on_bytes: Written = lambda count: None
) -> Backup:
    """Write all schemas of the database at `url`, as they are at one moment, to `file`.

    The engine may run meanwhile. `file` appears in one piece, once it was read back; if
    `on_bytes` raises, nothing is left of it. Raises BackupError, or DiskIsFull.
    """
    try:
        with whole_file(file, overwrite=overwrite) as draft:
            dump = program_for("pg_dump", server_major(url))
            command = [dump, "--format=custom", f"--file={draft}"]
            run_program(command, url, _watching(draft, on_bytes))
            revision = read_backup(draft)
            size = draft.stat().st_size
            on_bytes(size)
    except (NoProgram, ProgramFailure, psycopg.Error) as error:
        raise BackupError(f"The database could not be backed up. {error}") from error
    return Backup(file, size, revision)


@contextmanager
def whole_file(file: Path, *, overwrite: bool) -> Iterator[Path]:
    """A draft beside `file` that takes its place in one piece; if anything fails, nothing is left.

    Raises BackupError where there is something that may not be replaced, or no way to write.
    """
    _refuse_to_overwrite(file, overwrite)
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", suffix=DRAFT, dir=file.parent)
        os.close(handle)
        draft = Path(name)
        yield draft
        _refuse_to_overwrite(file, overwrite)
        _put_in_place(draft, file)
    except OSError as error:
        if is_full_disk(error):
            raise DiskIsFull from error
        raise BackupError(
            f"The backup cannot be written to {file}: {error.strerror}. Choose another place."
        ) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def read_backup(file: Path) -> str:
    """Read the backup in `file` from its beginning to its end; return its revision.

    Raises BackupError when it is not a whole backup of ours.
    """
    if not file.is_file():
        raise BackupError(f"There is no backup {file}.")
    try:
        run_program([own_program("pg_restore"), f"--file={os.devnull}", str(file)])
        found = REVISION.search(_table_of_revision(file))
    except ProgramFailure as error:
        raise BackupError(
            f"{file} is not a whole backup: it is damaged, or something else.\n{error}"
        ) from error
    if found is None:
        raise BackupError(f"{file} is a backup of another program's database.")
    return found.group(1)


def database_bytes(url: str) -> int:
    """The room the database at `url` takes, which a backup of it never needs."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def _refuse_to_overwrite(file: Path, overwrite: bool) -> None:
    if file.is_dir():
        raise BackupError(f"{file} is a folder. Name a file for the backup.")
    if file.exists() and not overwrite:
        raise BackupError(f"{file} is there already. Choose another name, or use --force.")


def _watching(draft: Path, on_bytes: Written) -> Callable[[], object]:
    return lambda: on_bytes(draft.stat().st_size)


def _table_of_revision(file: Path) -> str:
    """The SQL that fills the table in which Alembic keeps the revision."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "revision.sql"
        only = ["--data-only", "--schema=public", "--table=alembic_version"]
        run_program([own_program("pg_restore"), *only, f"--file={script}", str(file)])
        return script.read_text("utf-8")


def _put_in_place(draft: Path, file: Path) -> None:
    """Make the draft durable under its name; a power cut leaves it whole or not there."""
    with draft.open("rb") as stream:
        os.fsync(stream.fileno())
    draft.replace(file)
    with suppress(OSError):  # Windows cannot open a folder, and some file systems not flush one
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
