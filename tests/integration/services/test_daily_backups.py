"""One archive a day, seven of them; switched off, none."""

import os
import shutil
from pathlib import Path

import pytest

from marketer_desktop.services.back_up import backups_folder
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.daily_backups import (
    KEPT,
    DailyBackups,
    ShowBackups,
    SwitchDailyBackup,
    show_backups,
    switch_daily_backup,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import load_settings
from tests.factories.engines import Ear

DAY = 86_400.0


def made_days_ago(folder: Path, days: int, name: str = "daily") -> Path:
    file = folder / f"{name}-{days}.marketer"
    file.write_bytes(b"x" * days)
    then = file.stat().st_mtime - days * DAY
    os.utime(file, (then, then))
    return file


async def test_one_is_made_a_day_and_seven_are_kept(parts: Parts) -> None:
    folder = backups_folder(parts.data_dir)
    others = [made_days_ago(folder, days) for days in range(2, 10)]
    mine = made_days_ago(folder, 30, "marketer")
    daily = DailyBackups(parts)
    made = await daily.make_if_due()
    assert made is not None
    assert await daily.make_if_due() is None
    assert set(folder.iterdir()) == {made, mine, *others[: KEPT - 1]}

    sheet = await show_backups(ShowBackups(), parts, Ear())
    assert sheet.daily
    assert sheet.folder == folder
    assert [each.path for each in sheet.backups] == [made, *others[: KEPT - 1], mine]
    assert sheet.bytes == sum(file.stat().st_size for file in folder.iterdir())


async def test_switched_off_none_is_made(parts: Parts) -> None:
    sheet = await switch_daily_backup(SwitchDailyBackup(on=False), parts, Ear())
    assert not sheet.daily
    assert await DailyBackups(parts).make_if_due() is None
    assert not load_settings(parts.data_dir).daily_backup


async def test_a_clock_that_was_wrong_does_not_end_them(parts: Parts) -> None:
    made_days_ago(backups_folder(parts.data_dir), -4000)
    assert await DailyBackups(parts).make_if_due() is not None


async def test_without_room_the_reason_is_told(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10**9, 10**9, 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: full)
    with pytest.raises(ServiceError, match="no room for the daily backup"):
        await DailyBackups(parts).make_if_due()
    assert list(backups_folder(parts.data_dir).iterdir()) == []
