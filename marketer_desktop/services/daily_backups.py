"""An archive of everything once a day, made by the window's engine; the last seven are kept."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.services.back_up import (
    ARCHIVE,
    backups_folder,
    free_name,
    keep_the_last,
    kept_backups,
)
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.make_archive import MakeArchive, make_archive
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.rounds import Rounds
from marketer_desktop.settings.settings import store_setting

NAME, KEPT = "daily", 7
DAY = timedelta(days=1)
PAUSE = 300.0  # seconds after the start: a command that is over soon makes none
LOOK_SECONDS = 1800.0
SPARE_BYTES = 500_000_000  # what a backup leaves free on the disk
MB = 1_000_000


class KeptBackup(BaseModel):
    """A backup in the data folder: of `everything`, or of the database alone."""

    path: Path
    made_at: datetime
    bytes: int
    everything: bool


class BackupSheet(BaseModel):
    """The backups in the data folder, newest first, and whether one is made every day."""

    daily: bool
    folder: Path
    backups: list[KeptBackup]
    bytes: int


class ShowBackups(Call[BackupSheet]):
    """What is kept in the data folder."""


class SwitchDailyBackup(Call[BackupSheet]):
    """Make an archive every day, or none by itself from now on."""

    on: bool


async def show_backups(call: ShowBackups, parts: Parts, emit: Emit) -> BackupSheet:
    """Nothing is changed."""
    found = await asyncio.to_thread(_kept, parts.data_dir)
    return BackupSheet(
        daily=parts.settings.daily_backup,
        folder=await asyncio.to_thread(backups_folder, parts.data_dir),
        backups=found,
        bytes=sum(each.bytes for each in found),
    )


async def switch_daily_backup(call: SwitchDailyBackup, parts: Parts, emit: Emit) -> BackupSheet:
    """It holds at once; those that are kept stay."""
    await asyncio.to_thread(store_setting, parts.data_dir, "daily_backup", call.on)
    parts.settings.daily_backup = call.on
    parts.bus.changed("settings")
    return await show_backups(ShowBackups(), parts, emit)


def _kept(data_dir: Path) -> list[KeptBackup]:
    found = []
    for file in kept_backups(data_dir):
        status = file.stat()
        made = datetime.fromtimestamp(status.st_mtime, UTC)
        everything = file.suffix == ARCHIVE
        found.append(
            KeptBackup(path=file, made_at=made, bytes=status.st_size, everything=everything)
        )
    return sorted(found, key=lambda each: each.made_at, reverse=True)


class DailyBackups:
    """Looks every half hour whether the last daily archive is a day old."""

    def __init__(self, parts: Parts, pause: float = PAUSE, look: float = LOOK_SECONDS) -> None:
        self._parts, self._pause = parts, pause
        self._rounds = Rounds("no daily backup", self.make_if_due, lambda: asyncio.sleep(look))

    async def start(self) -> None:
        """Begin to look, after a pause."""
        self._rounds.start(self._pause)

    async def stop(self) -> None:
        """Look no longer; what is being made is given up."""
        await self._rounds.stop()

    async def make_if_due(self) -> Path | None:
        """Make it if it is wanted and due. Raises ServiceError where there is no room."""
        parts = self._parts
        if not parts.settings.daily_backup or not await asyncio.to_thread(_is_due, parts.data_dir):
            return None
        await asyncio.to_thread(_refuse_without_room, parts.data_dir)
        file = await asyncio.to_thread(free_name, parts.data_dir, NAME, ARCHIVE)
        made = await make_archive(MakeArchive(file=file), parts, lambda event: None)
        await asyncio.to_thread(keep_the_last, KEPT, f"{NAME}-", made.path)
        return made.path


def _daily(data_dir: Path) -> list[KeptBackup]:
    return [each for each in _kept(data_dir) if each.path.name.startswith(f"{NAME}-")]


def _is_due(data_dir: Path) -> bool:
    """A clock that was set back makes one more, never none for years."""
    now = datetime.now(UTC)
    return not any(now - DAY < each.made_at <= now + DAY for each in _daily(data_dir))


def _refuse_without_room(data_dir: Path) -> None:
    """The last one tells what the next will take."""
    last = next((each.bytes for each in _daily(data_dir)), 0)
    free = shutil.disk_usage(data_dir).free
    if free < last + SPARE_BYTES:
        raise ServiceError(
            f"There is no room for the daily backup: {free // MB} MB are free in {data_dir}, and "
            f"it takes about {last // MB} MB, with {SPARE_BYTES // MB} MB left free."
        )
