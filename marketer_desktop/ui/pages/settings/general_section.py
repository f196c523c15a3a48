"""General: who works here, and how new pieces begin."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.profile import Profile, SavePreferences, SaveProfile
from marketer_desktop.ui.pages.settings.presenter import Preferences
from marketer_desktop.ui.pages.settings.rows import SettingRow, SettingsCard
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.text_input import TextInput

LONGEST = 255


class GeneralSection(QWidget):
    """Each change is asked to be saved as soon as it is made."""

    save_asked = Signal(object)  # SaveProfile or SavePreferences

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored: Profile | None = None
        self.name = TextInput(self.tr("Your name"))
        self.organization = TextInput(self.tr("Your organization"))
        for line in (self.name, self.organization):
            line.setMaxLength(LONGEST)
        self.language = _select(
            ("en", self.tr("English")),
        )
        self.start_page = _select(
            ("dashboard", self.tr("Dashboard")),
            ("projects", self.tr("Projects")),
            ("documents", self.tr("Documents")),
        )
        self._lay_out()
        self._connect()

    def show_profile(self, profile: Profile) -> None:
        """Show what is stored; a field that is being typed into is left alone."""
        self._stored = profile
        for line, text in ((self.name, profile.name), (self.organization, profile.organization)):
            if not line.hasFocus():
                line.setText(text)
        chosen = Preferences.of(profile.preferences)
        self.language.set_value(chosen.language)
        self.start_page.set_value(chosen.start_page)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        you = SettingsCard()
        you.add_row(SettingRow(self.tr("Name"), "", self.name, wide=True))
        hint = self.tr("The workspace of your projects. Rename it as you like.")
        you.add_row(SettingRow(self.tr("Organization"), hint, self.organization, wide=True))
        pieces = SettingsCard()
        hint = self.tr("Agents write and check in this language.")
        pieces.add_row(
            SettingRow(self.tr("Language of new pieces"), hint, self.language, wide=True)
        )
        pieces.add_row(SettingRow(self.tr("First page"), "", self.start_page, wide=True))
        hint = self.tr("Edits are saved within two seconds, and every version can be restored.")
        pieces.add_row(SettingRow(self.tr("Autosave"), hint, Label(self.tr("Always on"))))
        column.addWidget(you)
        column.addWidget(pieces)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._save_name)
        self.organization.editingFinished.connect(self._save_organization)
        self.language.chosen.connect(self._saver("language"))
        self.start_page.chosen.connect(self._saver("start_page"))

    def _saver(self, name: str) -> Callable[[Any], None]:
        return lambda value: self.save_asked.emit(SavePreferences(values={name: value}))

    def _save_name(self) -> None:
        text = self.name.text().strip()
        if self._stored is not None and text != self._stored.name:
            self.save_asked.emit(SaveProfile(name=text))

    def _save_organization(self) -> None:
        text = self.organization.text().strip()
        if self._stored is None or text == self._stored.organization:
            return
        if text:
            self.save_asked.emit(SaveProfile(organization=text))
        else:
            self.organization.setText(self._stored.organization)


def _select(*options: tuple[str, str]) -> Select:
    made = Select()
    for value, text in options:
        made.add(text, value)
    return made
