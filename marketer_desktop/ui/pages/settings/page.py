"""The settings page: sections on the left, the chosen one beside them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.profile import SavePreferences, SaveProfile, ShowProfile
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.about_section import AboutSection
from marketer_desktop.ui.pages.settings.account_section import AccountSection
from marketer_desktop.ui.pages.settings.appearance_section import AppearanceSection
from marketer_desktop.ui.pages.settings.backup_section import BackupSection
from marketer_desktop.ui.pages.settings.billing_section import BillingSection
from marketer_desktop.ui.pages.settings.general_section import GeneralSection
from marketer_desktop.ui.pages.settings.lending_section import LendingSection
from marketer_desktop.ui.pages.settings.local_api_section import LocalApiSection
from marketer_desktop.ui.pages.settings.models_section import ModelsSection
from marketer_desktop.ui.pages.settings.presenter import SECTIONS
from marketer_desktop.ui.pages.settings.privacy_section import PrivacySection
from marketer_desktop.ui.pages.settings.publishing_section import PublishingSection
from marketer_desktop.ui.pages.settings.section_list import SectionList
from marketer_desktop.ui.pages.settings.services_section import ServicesSection
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.select import Select

COLUMN = 640
UNBOUND = 16_777_215  # Qt's own word for no limit
GAP = 32
SAVED_MS = 2000
SUBJECTS = {
    "profile": "general",
    "organizations": "general",
    "models": "models",
    "lending": "agent",
    "publishing": "publishing",
}


class SettingsPage(Page):
    """Every change is saved at once."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Settings"))
        self._context = context
        self._section = SECTIONS[0]
        self.saved = Label("", "secondary", "secondary")
        self._quiet = QTimer(self, interval=SAVED_MS, singleShot=True)
        self._quiet.timeout.connect(lambda: self.saved.setText(""))
        self.general = GeneralSection()
        self.appearance = AppearanceSection()
        self.models = ModelsSection(context)
        self.services = ServicesSection(context)
        self.backup = BackupSection(context)
        self.publishing = PublishingSection(context)
        self.privacy = PrivacySection(context)
        self.account = AccountSection(context)
        self.billing = BillingSection(context)
        self.api = LocalApiSection(context)
        self.lending = LendingSection(context)
        self.about = AboutSection(context)
        self._parts: dict[str, QWidget] = {
            "general": self.general,
            "appearance": self.appearance,
            "models": self.models,
            "services": self.services,
            "backup": self.backup,
            "publishing": self.publishing,
            "privacy": self.privacy,
            "account": self.account,
            "billing": self.billing,
            "api": self.api,
            "agent": self.lending,
            "about": self.about,
        }
        names = self._names()
        self.sections = SectionList([(key, *names[key]) for key in SECTIONS])
        self.menu = Select()
        self.menu.setAccessibleName(self.tr("Section"))
        for key in SECTIONS:
            self.menu.add(names[key][0], key)
        self._lay_out()
        self._connect()
        self._show_section(self._section)

    def shown(self, **arguments: Any) -> None:
        """Show `section`, or the one that was shown last."""
        asked = arguments.get("section")
        self._show_section(asked if asked in self._parts else self._section)
        self._read()

    def _names(self) -> dict[str, tuple[str, str]]:
        return {
            "general": (self.tr("General"), "settings"),
            "appearance": (self.tr("Appearance"), "palette"),
            "models": (self.tr("Models"), "cpu"),
            "services": (self.tr("Services"), "server"),
            "backup": (self.tr("Backup"), "archive"),
            "publishing": (self.tr("Publishing"), "send"),
            "privacy": (self.tr("Privacy"), "shield"),
            "account": (self.tr("Account"), "user"),
            "billing": (self.tr("Billing"), "credit-card"),
            "api": (self.tr("Local API"), "terminal"),
            "agent": (self.tr("Agent"), "share-2"),
            "about": (self.tr("About"), "info"),
        }

    def _lay_out(self) -> None:
        self.head.addWidget(self.saved)
        self._column_box = QWidget()
        self._stack = QVBoxLayout(self._column_box)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        for part in self._parts.values():
            self._stack.addWidget(part)
        self._stack.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP)
        self._columns.addWidget(self.sections, 0, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self.menu)
        self._columns.addWidget(self._column_box, 1)
        self._columns.addStretch(0)
        self.content.addLayout(self._columns)
        self.content.addStretch(1)
        self._arrange(self.width_class())

    def _connect(self) -> None:
        self.sections.chosen.connect(self._choose)
        self.menu.chosen.connect(self._choose)
        self.general.save_asked.connect(self._save)
        self.appearance.save_asked.connect(self._save)
        self.width_class_changed.connect(self._arrange)
        self._context.engine.changed.connect(self._on_changed)

    def _arrange(self, width: str) -> None:
        narrow = width == "narrow"
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._columns.setSpacing(20 if narrow else GAP)
        self._column_box.setMaximumWidth(UNBOUND if narrow else COLUMN)
        self.sections.setVisible(not narrow)
        self.menu.setVisible(narrow)

    def _choose(self, section: str) -> None:
        self._show_section(section)
        self.verticalScrollBar().setValue(0)
        self._read()

    def _show_section(self, section: str) -> None:
        self._section = section
        self.sections.set_value(section)
        self.menu.set_value(section)
        for key, part in self._parts.items():
            part.setVisible(key == section)

    def _read(self) -> None:
        """Read what the shown section shows."""
        readers: dict[str, Callable[[], None]] = {
            "general": lambda: self._start("settings: profile", self._read_profile()),
            "models": self.models.read,
            "services": self.services.read,
            "backup": self.backup.read,
            "publishing": self.publishing.read,
            "privacy": self.privacy.read,
            "account": self.account.read,
            "billing": self.billing.read,
            "api": self.api.read,
            "agent": self.lending.read,
            "about": self.about.read,
        }
        readers.get(self._section, lambda: None)()

    def _start(self, name: str, work: Any) -> None:
        self._context.tasks.start(name, work)

    async def _read_profile(self) -> None:
        self.general.show_profile(await self._context.engine.call(ShowProfile()))

    def _save(self, call: SaveProfile | SavePreferences) -> None:
        name = f"settings: save {call!r}"
        self._start(name, self._saved(call))

    async def _saved(self, call: SaveProfile | SavePreferences) -> None:
        try:
            self.general.show_profile(await self._context.engine.call(call))
        except Exception:
            self._start("settings: profile", self._read_profile())  # show what holds
            raise
        self.saved.setText(self.tr("Saved"))
        self._quiet.start()

    def _on_changed(self, subject: str) -> None:
        if self.isVisible() and SUBJECTS.get(subject) == self._section:
            self._read()
