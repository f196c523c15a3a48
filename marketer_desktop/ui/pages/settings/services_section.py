"""Services: every part of the engine with its state, and which database is used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.choose_database import ShowDatabaseChoice
from marketer_desktop.services.diagnose import Diagnose, Diagnosis, PartReport
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.database_card import DatabaseCard
from marketer_desktop.ui.pages.settings.rows import SettingsCard
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.skeleton import Skeleton

SIGN = 20


class ServicesSection(Section):
    """Looks at the parts whenever it is shown."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.again = Button(self.tr("Check again"), size="sm", icon="refresh-cw")
        self.again.clicked.connect(self.read)
        self._parts = SettingsCard(self.tr("Parts"))
        self._parts.head.addWidget(self.again)
        self._waiting = Skeleton(4)
        self._parts.add_row(self._waiting)
        self.database = DatabaseCard(context)
        self.column.addWidget(self._parts)
        self.column.addWidget(self.database)

    def read(self) -> None:
        """Ask every part how it is."""
        self.start_reading(self._look())

    async def _look(self) -> None:
        self.again.set_loading(True)
        try:
            self.database.show_choice(await self.context.engine.call(ShowDatabaseChoice()))
            self._show(await self.context.engine.call(Diagnose()))
        finally:
            self.again.set_loading(False)

    def _show(self, diagnosis: Diagnosis) -> None:
        self._parts.clear_rows()
        for part in diagnosis.parts:
            self._parts.add_row(PartRow(part, self._name(part.name), self._state(part.state)))

    def _name(self, part: str) -> str:
        return {
            "application": self.tr("Application"),
            "data folder": self.tr("Data folder"),
            "database": self.tr("Database"),
            "schema": self.tr("Tables"),
            "clock": self.tr("Clock"),
            "backups": self.tr("Backups"),
            "queue": self.tr("Queue"),
            "chroma": self.tr("Search index"),
            "embeddings": self.tr("Search model"),
            "starter model": self.tr("Starter model"),
            "ollama": self.tr("Ollama"),
            "chosen model": self.tr("Model for new pieces"),
            "keyring": self.tr("Password store"),
        }.get(part, part)

    def _state(self, state: str) -> str:
        return {
            "ok": self.tr("Works"),
            "off": self.tr("Not in use"),
            "warning": self.tr("Needs attention"),
            "error": self.tr("Does not work"),
        }[state]


SIGNS = {
    "ok": ("circle-check", "success_icon"),
    "off": ("minus", "muted"),
    "warning": ("triangle-alert", "warning_icon"),
    "error": ("circle-x", "error_icon"),
}


class PartRow(QWidget):
    """One part: its state, what and where it is, and what to do."""

    def __init__(
        self, part: PartReport, name: str, state: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(name, "label"))
        for text in dict.fromkeys((part.version, part.place)):
            if text:
                words.addWidget(Label(text, "secondary", "secondary", elide=True))
        if part.advice:
            role = "error_text" if part.state == "error" else "text"
            words.addWidget(Label(part.advice, "secondary", role, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 12, EDGE, 12)
        row.setSpacing(12)
        row.addWidget(Sign(*SIGNS[part.state], SIGN), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(Label(state, "secondary", "secondary"), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{name}: {state}")
        self.setAccessibleDescription(part.advice)
