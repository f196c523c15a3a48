"""Backups of the database: one when a person asks, and one before anything changes it."""

import asyncio
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.backup import Backup, BackupError, back_up, database_bytes
from marketer_desktop.system.threads import run_to_the_end

FOLDER = "backups"
DUMP, ARCHIVE = ".dump", ".marketer"
Result = TypeVar("Result")
AUTOMATIC = "before-"
KEPT = 3
SAY_BYTES = 1_000_000  # between two messages of a backup under way


class BackupMade(BaseModel):
    """The file, its length, and the revision of the tables in it."""

    path: Path
    bytes: int
    revision: str


class BackUpDatabase(Call[BackupMade]):
    """Write the whole database to `file`, by default one in the data folder.

    Documents and finished files lie beside the database and are not part of it.
    """

    file: Path | None = None
    overwrite: bool = False


class _Stopped(Exception):
    """Nobody waits for the backup any more."""


async def back_up_database(call: BackUpDatabase, parts: Parts, emit: Emit) -> BackupMade:
    """Back up while the engine goes on; a cancelled call leaves no file."""
    loop, stopped, told = asyncio.get_running_loop(), threading.Event(), 0

    def on_bytes(count: int) -> None:
        nonlocal told
        if stopped.is_set():
            raise _Stopped
        if count - told >= SAY_BYTES:
            told = count
            loop.call_soon_threadsafe(emit, {"kind": "backup", "bytes": count})

    def work() -> Backup:
        file = call.file or free_name(parts.data_dir, "marketer")
        return back_up(parts.database_url, file, overwrite=call.overwrite, on_bytes=on_bytes)

    try:
        made = await stoppable(work, stopped)
    except BackupError as error:
        raise ServiceError(str(error)) from error
    return BackupMade(path=made.path, bytes=made.bytes, revision=made.revision)


async def stoppable(work: Callable[[], Result], stopped: threading.Event) -> Result:
    """What `work` returns, done in a thread; if the caller is cancelled, `stopped` is set."""
    running = asyncio.ensure_future(run_to_the_end(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stopped.set()
        await asyncio.gather(running, return_exceptions=True)
        raise


def back_up_before(url: str, data_dir: Path, change: str) -> Path:
    """Back up the database before `change`, a word for the file's name; the last three are kept.

    Raises BackupError, or DiskIsFull.
    """
    folder = backups_folder(data_dir)
    needed, free = database_bytes(url), shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"There is no room to back up the database before it is changed: it takes "
            f"{needed // 1_000_000} MB, and {free // 1_000_000} MB are free in {folder}. "
            "Nothing was changed. Free some space, then try again."
        )
    made = back_up(url, free_name(data_dir, f"{AUTOMATIC}{change}"))
    keep_the_last(KEPT, AUTOMATIC, made.path)
    return made.path


def newest_backup(data_dir: Path) -> Path | None:
    """The backup in the data folder that was made last, of the database or of everything."""
    return max(kept_backups(data_dir), key=lambda file: file.stat().st_mtime, default=None)


def kept_backups(data_dir: Path) -> list[Path]:
    """All backups in the data folder."""
    return [file for ending in (DUMP, ARCHIVE) for file in (data_dir / FOLDER).glob(f"*{ending}")]


def backups_folder(data_dir: Path) -> Path:
    """The private folder of the backups."""
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def free_name(data_dir: Path, name: str, ending: str = DUMP) -> Path:
    """A file in the folder of backups that is not there yet, not even if the clock went back."""
    stem = f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    file, count = backups_folder(data_dir) / f"{stem}{ending}", 1
    while file.exists():
        count += 1
        file = file.with_name(f"{stem}-{count}{ending}")
    return file


def keep_the_last(count: int, beginning: str, made: Path) -> None:
    """Remove older ones of this kind, and what killed ones left; `made` stays in any case."""
    folder = made.parent
    others = [file for file in folder.glob(f"{beginning}*{made.suffix}") if file != made]
    others.sort(key=lambda file: file.stat().st_mtime)
    for file in (*others[: -(count - 1)], *folder.glob(".*.part")):
        file.unlink(missing_ok=True)
