"""The tab in which the brand voice is edited."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.services.projects import ProjectDetails
from marketer_desktop.ui.pages.project.brand_card import BrandCard
from marketer_desktop.ui.pages.project.examples import Examples
from marketer_desktop.ui.pages.project.voice_effect import VoiceEffect
from marketer_desktop.ui.pages.project.voice_presenter import LONG, SHORT, VoicePresenter
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.chip_input import ChipInput
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.page import CARD_GAP
from marketer_desktop.ui.widgets.text_input import TextArea, TextInput

PHRASES, EFFECT_WIDTH = 20, 340


class VoiceTab(QWidget):
    """Fields on the left, what they change on the right."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = VoicePresenter()
        self._project: ProjectDetails | None = None
        self._filling = False
        self.tone = TextInput(self.tr("Such as warm, dry, to the point"))
        self.manner = TextArea(self.tr("Such as short sentences, no jargon, we for us"), lines=2)
        self.guidelines = TextArea(self.tr("Such as use active voice, explain terms"), lines=2)
        self.preferred = ChipInput(self.tr("A phrase, then Enter"), limit=PHRASES)
        self.forbidden = ChipInput(self.tr("A phrase, then Enter"), limit=PHRASES)
        self.examples = Examples()
        self.effect = VoiceEffect(self.tr("What changes"))
        self.brand = BrandCard(self.tr("From your documents"))
        self._fields = self._make_fields()
        self._lay_out()
        self._connect()

    @property
    def is_dirty(self) -> bool:
        """Whether something waits to be saved."""
        return self._project is not None and self.presenter.is_dirty

    def voice(self) -> BrandVoice | None:
        """The voice to save; None if a field is too long, which is said there."""
        return self.presenter.voice()

    def show_project(self, project: ProjectDetails) -> None:
        """Show what is stored; what is being typed stays, and so is asked about."""
        same = self._project is not None and self._project.project_id == project.project_id
        keep = same and self.is_dirty
        self._project = project
        if keep:
            self.presenter.stored = project.brand_voice
            self._follow()
        else:
            self.presenter.take(project.brand_voice)
            self._fill()

    def discard(self) -> None:
        """Go back to what is stored."""
        self.presenter.take(self.presenter.stored)
        self._fill()

    def forget(self) -> None:
        """Another project will be shown."""
        self._project = None
        self.brand.hide()

    def set_wide(self, wide: bool) -> None:
        """The effect and what documents add stand beside the fields, or below them."""
        self._grid.addWidget(self._aside, 0 if wide else 1, 1 if wide else 0)
        self._aside.setMinimumWidth(EFFECT_WIDTH if wide else 0)
        self._aside.setMaximumWidth(EFFECT_WIDTH if wide else 16777215)

    def _make_fields(self) -> dict[str, Field]:
        return {
            "tone": Field(self.tr("Tone"), self.tone),
            "style": Field(self.tr("Style"), self.manner),
            "guidelines": Field(self.tr("Guidelines"), self.guidelines),
            "preferred": Field(self.tr("Phrases you like"), self.preferred),
            "forbidden": Field(self.tr("Phrases you never use"), self.forbidden),
        }

    def _lay_out(self) -> None:
        form = Card(self.tr("How it sounds"))
        form.body.setSpacing(16)
        for field in self._fields.values():
            form.body.addWidget(field)
        form.body.addWidget(self.examples)
        form.body.addStretch(1)
        self._aside = QWidget()
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(CARD_GAP)
        aside.addWidget(self.effect, 1)
        aside.addWidget(self.brand)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(CARD_GAP)
        self._grid.addWidget(form, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.set_wide(True)

    def _connect(self) -> None:
        self.tone.textChanged.connect(self._on_typed)
        self.manner.textChanged.connect(self._on_typed)
        self.guidelines.textChanged.connect(self._on_typed)
        self.preferred.changed.connect(self._on_typed)
        self.forbidden.changed.connect(self._on_typed)
        self.examples.changed.connect(self._on_typed)
        self.examples.style_taken.connect(self.manner.setPlainText)

    def _fill(self) -> None:
        self._filling = True
        self.tone.setText(self.presenter.tone)
        self.manner.setPlainText(self.presenter.style)
        self.guidelines.setPlainText(self.presenter.guidelines)
        self.preferred.set_values(self.presenter.preferred)
        self.forbidden.set_values(self.presenter.forbidden)
        self.examples.set_texts(self.presenter.examples)
        self._filling = False
        self._follow()

    def _on_typed(self, *ignored: object) -> None:
        if self._filling:
            return
        self.presenter.tone = self.tone.text()
        self.presenter.style = self.manner.toPlainText()
        self.presenter.guidelines = self.guidelines.toPlainText()
        self.presenter.preferred = self.preferred.values()
        self.presenter.forbidden = self.forbidden.values()
        self.presenter.examples = self.examples.texts()
        self._follow()

    def _follow(self) -> None:
        """Say what is wrong and what changes."""
        too_long = self.presenter.too_long
        for name, field in self._fields.items():
            field.set_error(self.tr("Make this shorter.") if name in too_long else None)
        both = self.presenter.contradictions
        if both:
            said = self.tr("“{0}” is among the phrases you like, too.").format(both[0])
            self._fields["forbidden"].set_error(said)
        self.examples.offer_style(self._measured())
        if self._project is not None:
            self.effect.show_voice(
                self.presenter, self._project.default_tone, self._project.default_target_audience
            )
        self.changed.emit()

    def _measured(self) -> str:
        words = self.presenter.measured_words()
        if words is None:
            return ""
        if words <= SHORT:
            return self.tr("Short sentences of about {0} words").format(words)
        if words >= LONG:
            return self.tr("Long sentences of about {0} words").format(words)
        return self.tr("Sentences of about {0} words").format(words)
