"""Backup on the settings page: everything in one file, every day, and what is kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.daily_backups import (
    BackupSheet,
    KeptBackup,
    ShowBackups,
    SwitchDailyBackup,
)
from marketer_desktop.services.make_archive import ArchiveMade, MakeArchive
from marketer_desktop.ui.pages.settings.backup_section import BackupSection
from tests.factories.settings_scene import NO_BACKUPS, Scene
from tests.guards import Problems

FOLDER = Path("/data/marketer/backups")
HOUR = timedelta(hours=1)
KEPT = BackupSheet(
    daily=True,
    folder=FOLDER,
    backups=[
        KeptBackup(
            path=FOLDER / name,
            made_at=datetime.now(UTC) - hours * HOUR,
            bytes=size,
            everything=name.endswith(".marketer"),
        )
        for name, hours, size in (
            ("daily-20260504-090000.marketer", 3, 48_200_000),
            ("daily-20260503-090000.marketer", 27, 47_900_000),
            ("before-0015-20260501-080000.dump", 72, 6_100_000),
        )
    ],
    bytes=102_200_000,
)
MADE = ArchiveMade(
    path=Path("/home/ada/mine.marketer"),
    bytes=48_000_000,
    revision="0015",
    rows=900,
    files=12,
    missing=[],
    left_out=0,
)


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


async def shown(scene: Scene, sheet: BackupSheet) -> BackupSection:
    scene.window.engine.answers[ShowBackups] = sheet
    await scene.show("backup")
    return scene.page.backup


async def test_what_is_kept_is_shown_with_its_size(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    section = await shown(scene, KEPT)
    assert section.daily.isChecked()
    assert "3 backups, 102.2 MB" in scene.texts(section)
    assert section.table.isVisible()
    section.folder.click()
    assert [url.toLocalFile() for url in opened] == [str(FOLDER)]


async def test_before_the_first_one_there_is_no_list(scene: Scene) -> None:
    section = await shown(scene, NO_BACKUPS)
    assert "None yet" in scene.texts(section)
    assert not section.table.isVisible()
    assert "marketer restore" in section.command.toPlainText()


async def test_everything_goes_into_the_file_that_was_chosen(scene: Scene) -> None:
    section = await shown(scene, NO_BACKUPS)
    scene.window.engine.answers[MakeArchive] = MADE
    section.back_up(MADE.path)
    await scene.window.settle()
    assert scene.saved(MakeArchive) == [MakeArchive(file=MADE.path, overwrite=True)]
    assert section.make.isVisible() and not section.cancel.isVisible()


async def test_what_went_wrong_is_said(scene: Scene, log_problems: Problems) -> None:
    section = await shown(scene, NO_BACKUPS)
    scene.window.engine.answers[MakeArchive] = ServiceError("The disk is gone.")
    section.back_up(MADE.path)
    await scene.window.settle()
    assert section.make.isVisible()
    log_problems.records.clear()


async def test_the_daily_one_is_switched_off(scene: Scene) -> None:
    section = await shown(scene, KEPT)
    off = KEPT.model_copy(update={"daily": False})
    scene.window.engine.answers[SwitchDailyBackup] = off
    section.daily.click()
    await scene.window.settle()
    assert scene.saved(SwitchDailyBackup) == [SwitchDailyBackup(on=False)]
    assert not section.daily.isChecked()


async def test_a_switch_that_failed_shows_what_holds(scene: Scene, log_problems: Problems) -> None:
    section = await shown(scene, KEPT)
    scene.window.engine.answers[SwitchDailyBackup] = ServiceError("The disk is full.")
    section.daily.click()
    await scene.window.settle()
    assert section.daily.isChecked()
    log_problems.records.clear()
