"""Backup: everything in one file, now or every day, and what is kept of that."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.daily_backups import (
    KEPT,
    BackupSheet,
    KeptBackup,
    ShowBackups,
    SwitchDailyBackup,
)
from marketer_desktop.services.make_archive import MakeArchive
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.downloads import ask_for_place, tell_of_download
from marketer_desktop.ui.pages.settings.code_box import CodeBox
from marketer_desktop.ui.pages.settings.rows import IconLine, SettingRow, SettingsCard
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.cells import TextCell, TitleCell
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.switch import Switch
from marketer_desktop.ui.widgets.table import Column, Table

COMMAND = "marketer restore FILE.marketer"
TASK = "settings: backup"
WHEN, SIZE = 130, 90


class BackupSection(Section):
    """Nothing is made but on request, or by the day."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ages = AgeWords(self)
        self.make = Button(self.tr("Back up…"), size="sm", icon="archive")
        self.cancel = Button(self.tr("Cancel"), size="sm")
        self.daily = Switch()
        self.folder = Button(self.tr("Open folder"), size="sm", icon="folder-open")
        self.command = CodeBox(self.tr("Command that restores"), COMMAND, lines=1)
        self.table = Table(
            [
                Column("what", self.tr("Backup")),
                Column("size", self.tr("Size"), SIZE, "right"),
                Column("at", self.tr("When"), WHEN, "right"),
            ]
        )
        self._place = Path()
        self._lay_out()
        self.make.clicked.connect(self._ask)
        self.cancel.clicked.connect(lambda: self.context.tasks.cancel(TASK))
        self.daily.clicked.connect(self._switch)
        self.folder.clicked.connect(self._open_folder)

    def read(self) -> None:
        """See what is kept."""
        self.start_reading(self._look())

    async def _look(self) -> None:
        self._show(await self.context.engine.call(ShowBackups()))

    def _lay_out(self) -> None:
        card = SettingsCard(self.tr("Backup"))
        self._now = SettingRow(self.tr("Everything in one file"), self._idle(), self.make)
        row = self._now.layout()
        assert row is not None
        row.addWidget(self.cancel)
        self.cancel.hide()
        card.add_row(self._now)
        hint = self.tr("Made while Marketer runs; the last {0} are kept.").format(KEPT)
        card.add_row(SettingRow(self.tr("Every day"), hint, self.daily))
        self._kept = SettingRow(self.tr("Kept on this computer"), " ", self.folder)
        card.add_row(self._kept)
        self.table.setAccessibleName(self._kept.title.text())
        self._list = Card()
        self._list.body.setContentsMargins(0, 0, 0, 8)
        self._list.body.addWidget(self.table)
        back = Card(self.tr("Bring one back"))
        back.body.setSpacing(16)
        sentence = self.tr(
            "Here or on another computer: end Marketer, also in the tray, and run this command. "
            "What is there before is kept as a backup, too."
        )
        back.body.addWidget(Label(sentence, "body", "secondary", wrap=True))
        back.body.addWidget(self.command)
        hint = self.tr("Keys and sign-ins are in no backup: give them again where you move to.")
        back.body.addWidget(IconLine("key-round", hint))
        for part in (card, self._list, back):
            self.column.addWidget(part)
        self._list.hide()

    def _idle(self) -> str:
        return self.tr("Projects, texts, documents and settings, without keys and passwords.")

    def _show(self, sheet: BackupSheet) -> None:
        self._place = sheet.folder
        self.daily.setChecked(sheet.daily)
        count = len(sheet.backups)
        self._kept.set_hint(self._counted(count, _size(sheet.bytes)))
        now = datetime.now(UTC)
        rows = enumerate(sheet.backups)
        self.table.set_rows([self._row(number, each, now) for number, each in rows])
        self._list.setVisible(bool(count))

    def _counted(self, count: int, size: str) -> str:
        if not count:
            return self.tr("None yet")
        number = self.tr("1 backup") if count == 1 else self.tr("{0} backups").format(count)
        return f"{number}, {size}"

    def _row(self, number: int, backup: KeptBackup, now: datetime) -> dict[str, object]:
        kind = self.tr("Everything") if backup.everything else self.tr("The database alone")
        return {
            "key": number,
            "what": TitleCell(backup.path.name, kind),
            "size": TextCell(_size(backup.bytes)),
            "at": TextCell(self._ages.ago(backup.made_at, now)),
        }

    def _ask(self) -> None:
        name = f"marketer-{datetime.now():%Y-%m-%d}.marketer"
        ask_for_place(self.window(), name, self.back_up)

    def back_up(self, file: Path) -> None:
        """Write everything to `file`, in place of what may be there."""
        self.context.tasks.start(TASK, self._made(file), self.context.go.show_error)

    async def _made(self, file: Path) -> None:
        self._begin(True)
        try:
            call = MakeArchive(file=file, overwrite=True)
            made = await self.context.engine.call(call, self._on_event)
        finally:
            self._begin(False)
        tell_of_download(self.context.go, str(made.path))

    def _begin(self, working: bool) -> None:
        self.make.setVisible(not working)
        self.cancel.setVisible(working)
        self._now.set_hint(self.tr("Beginning") if working else self._idle())

    def _on_event(self, event: dict[str, Any]) -> None:
        steps = {"writing": self.tr("Writing"), "checking": self.tr("Reading it back")}
        told = f"{steps[event['step']]}: {event['percent']} %"
        left = event["eta_seconds"]
        if left is not None:
            told = self.tr("{0}, about {1} s left").format(told, left)
        self._now.set_hint(told)

    def _switch(self, on: bool) -> None:
        self.context.tasks.start("settings: daily backup", self._switched(on))

    async def _switched(self, on: bool) -> None:
        try:
            self._show(await self.context.engine.call(SwitchDailyBackup(on=on)))
        except Exception:
            self.daily.setChecked(not on)  # what holds
            raise

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._place)))


def _size(count: int) -> str:
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
