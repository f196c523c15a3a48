"""Appearance: theme, text size and motion, seen as soon as they are chosen."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.profile import SavePreferences
from marketer_desktop.ui.pages.settings.rows import SettingRow, SettingsCard
from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.theme import Mode, current
from marketer_desktop.ui.theme.type import scale
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.switch import Switch

SIZES = (90, 100, 115, 130)  # percent of the design's text


class AppearanceSection(QWidget):
    """Follows the theme, whoever changes it."""

    save_asked = Signal(object)  # SavePreferences

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = Segmented(
            [
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("system", self.tr("System")),
            ]
        )
        self.text_size = Segmented([(str(size), f"{size}%") for size in SIZES])
        self.motion = Switch()
        card = SettingsCard()
        hint = self.tr("System follows your desktop, by day and by night.")
        card.add_row(SettingRow(self.tr("Theme"), hint, self.theme))
        card.add_row(SettingRow(self.tr("Text size"), "", self.text_size))
        hint = self.tr("Things appear without moving.")
        card.add_row(SettingRow(self.tr("Reduce motion"), hint, self.motion))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.show_current()
        self.theme.chosen.connect(self._set_theme)
        self.text_size.chosen.connect(self._set_text_size)
        self.motion.clicked.connect(self._set_motion)
        current().changed.connect(self.show_current)

    def show_current(self) -> None:
        """Show what holds now."""
        self.theme.set_value(current().mode)
        percent = round(scale() * 100)
        self.text_size.set_value(str(min(SIZES, key=lambda size: abs(size - percent))))
        self.motion.setChecked(motion.is_reduced())

    def _set_theme(self, mode: str) -> None:
        current().set_mode(cast(Mode, mode))
        self.save_asked.emit(SavePreferences(values={"theme": mode}))

    def _set_text_size(self, percent: str) -> None:
        current().set_text_scale(int(percent) / 100)
        self.save_asked.emit(SavePreferences(values={"text_size": int(percent)}))

    def _set_motion(self, reduced: bool) -> None:
        motion.set_reduced(reduced)
        current().changed.emit()  # whoever keeps the looks for the next start hears of it
        self.save_asked.emit(SavePreferences(values={"reduced_motion": reduced}))
