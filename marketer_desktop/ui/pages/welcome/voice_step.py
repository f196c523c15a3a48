"""How the brand sounds."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from marketer_desktop.ui.pages.welcome.file_list import FileList
from marketer_desktop.ui.pages.welcome.presenter import WelcomePresenter
from marketer_desktop.ui.pages.welcome.step import WelcomeStep
from marketer_desktop.ui.widgets.chip import SuggestionChip
from marketer_desktop.ui.widgets.chip_input import ChipInput
from marketer_desktop.ui.widgets.drop_zone import DropZone
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.flow_layout import FlowLayout
from marketer_desktop.ui.widgets.text_input import TextInput

LONGEST_TONE, MOST_PHRASES = 200, 10
EXTENSIONS = [".pdf", ".docx", ".md", ".markdown", ".txt", ".html", ".htm"]


class VoiceStep(WelcomeStep):
    """A tone and a few phrases, or a document that says it all."""

    files_given = Signal(list)  # of Path

    def __init__(self, presenter: WelcomePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.say(
            self.tr("How do you sound?"),
            self.tr("A few words are enough. You can change them in each project."),
        )
        self.tone = TextInput(self.tr("Such as plain, warm and exact"))
        self.tone.setMaxLength(LONGEST_TONE)
        self.preferred = ChipInput(self.tr("A phrase, then Enter"), MOST_PHRASES)
        self.forbidden = ChipInput(self.tr("A phrase, then Enter"), MOST_PHRASES)
        self.zone = DropZone(self.tr("Or drop your brand guidelines here"), EXTENSIONS)
        self.zone.dropped.connect(self._on_dropped)
        self.files = FileList(presenter)
        self.body.addLayout(self._tone_rows())
        self.body.addWidget(Field(self.tr("Phrases you like"), self.preferred, optional=True))
        self.body.addWidget(Field(self.tr("Phrases to avoid"), self.forbidden, optional=True))
        self.body.addWidget(self.zone)
        self.body.addWidget(self.files)
        self.first = self.tone

    def enter(self) -> None:
        """Show what is known."""
        voice = self._presenter.voice
        self.tone.setText(voice.tone)
        self.preferred.set_values(voice.preferred)
        self.forbidden.set_values(voice.forbidden)
        self.files.fill()

    async def save(self) -> None:
        """Keep the voice."""
        await self._presenter.save_voice(
            self.tone.text(), self.preferred.values(), self.forbidden.values()
        )

    def _tone_rows(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(8)
        rows.addWidget(Field(self.tr("Tone"), self.tone, optional=True))
        chips = FlowLayout(6)
        for word in (
            self.tr("Professional"),
            self.tr("Conversational"),
            self.tr("Technical"),
            self.tr("Warm"),
            self.tr("Playful"),
        ):
            chip = SuggestionChip(word)
            chip.clicked.connect(self._adder(word))
            chips.addWidget(chip)
        rows.addLayout(chips)
        return rows

    def _adder(self, word: str) -> object:
        def add() -> None:
            words = [part.strip() for part in self.tone.text().split(",") if part.strip()]
            if word.casefold() not in (known.casefold() for known in words):
                self.tone.setText(", ".join([*words, word.lower() if words else word]))

        return add

    def _on_dropped(self, paths: list[Path]) -> None:
        self.files_given.emit(paths)
