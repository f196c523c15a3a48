"""About: the version, where the log is, and what this program is made of."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from marketer_desktop import __version__
from marketer_desktop.services.diagnose import Diagnose
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.presenter import licences
from marketer_desktop.ui.pages.settings.rows import SettingRow, SettingsCard
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.table import Column, Table

VERSION, LICENCE = 120, 260


class AboutSection(Section):
    """Reads once: none of it changes while the program runs."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._logs: Path | None = None
        self.open_logs = Button(self.tr("Open"), size="sm", icon="folder-open")
        self.open_logs.setEnabled(False)
        self.open_logs.clicked.connect(self._open)
        self._log_row = SettingRow(self.tr("Log folder"), " ", self.open_logs)
        self._log_row.set_hint("")
        card = SettingsCard()
        licence = self.tr("Apache License 2.0. Your texts are yours.")
        name = self.tr("Marketer {version}").format(version=__version__)
        card.add_row(SettingRow(name, licence))
        card.add_row(self._log_row)
        self.table = Table(
            [
                Column("name", self.tr("Made with")),
                Column("version", self.tr("Version"), VERSION),
                Column("licence", self.tr("Licence"), LICENCE),
            ]
        )
        self.table.setAccessibleName(self.tr("Licences"))
        parts = Card()
        parts.body.setContentsMargins(0, 4, 0, 4)
        parts.body.addWidget(self.table)
        self.column.addWidget(card)
        self.column.addWidget(parts)

    def read(self) -> None:
        """Read what is not known yet."""
        if self._logs is None:
            self.start_reading(self._look())

    async def _look(self) -> None:
        found = await asyncio.to_thread(licences)
        self.table.set_rows(
            [
                {"key": name, "name": name, "version": version, "licence": licence}
                for name, version, licence in found
            ]
        )
        parts = (await self.context.engine.call(Diagnose())).parts
        folder = next((part.place for part in parts if part.name == "data folder"), "")
        if folder:
            self._logs = Path(folder) / "logs"
            self._log_row.set_hint(str(self._logs))
            self.open_logs.setEnabled(True)

    def _open(self) -> None:
        if self._logs is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs)))
