"""The third step: how it sounds, how long it is, what it may quote, how much search counts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.wizard import wording
from marketer_desktop.ui.pages.wizard.document_picker import DocumentPicker
from marketer_desktop.ui.pages.wizard.presenter import (
    FEWEST_WORDS,
    MOST_WORDS,
    WizardPresenter,
)
from marketer_desktop.ui.pages.wizard.wording import tr
from marketer_desktop.ui.widgets.button import LinkButton
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.number_input import NumberInput
from marketer_desktop.ui.widgets.radio import RadioRow
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.sign import Sign

WORD_STEP = 50


class OptionsStep(QWidget):
    """Everything here has a sensible value already."""

    settings_asked = Signal()

    def __init__(self, presenter: WizardPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.tone = RadioRow(wording.tones())
        self.words = NumberInput(FEWEST_WORDS, MOST_WORDS, WORD_STEP, tr("words"))
        self.language = Select()
        self.language.add(tr("English"), "en")
        self.documents = DocumentPicker()
        self.priority = Segmented(wording.priorities())
        self._priority = Field(tr("SEO priority"), self.priority)
        self._model = Label("", "body", elide=True)
        self.settings = LinkButton(tr("Change in Settings"))
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show what the presenter knows."""
        values = self._presenter.values
        if values.tone in dict(wording.tones()):
            self.tone.set_value(values.tone)
        self.words.blockSignals(True)
        self.words.setValue(self._presenter.words)
        self.words.blockSignals(False)
        self.language.set_value(values.language)
        self.priority.set_value(values.seo_priority)
        self._priority.set_hint(wording.priority_hint(values.seo_priority))
        self._model.setText(wording.model(self._presenter.model))
        self.documents.set_documents(self._presenter.documents, values.document_ids)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        column.addWidget(Field(tr("Tone"), self.tone))
        sizes = (Field(tr("Length"), self.words), Field(tr("Language"), self.language))
        column.addLayout(_side_by_side(*sizes))
        column.addWidget(self.documents)
        column.addLayout(_side_by_side(self._priority, self._model_part()))
        column.addStretch(1)

    def _model_part(self) -> QWidget:
        part, line = QWidget(), QHBoxLayout()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line.setSpacing(8)
        line.addWidget(Sign("cpu", line=32))
        line.addWidget(self._model, 1)
        self.settings.setFixedHeight(18)  # as high as the hint beside it
        column.addWidget(Label(tr("Model"), "label"))
        column.addLayout(line)
        column.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _connect(self) -> None:
        presenter = self._presenter
        self.tone.chosen.connect(lambda tone: presenter.set(tone=tone))
        self.words.valueChanged.connect(presenter.set_words)
        self.language.chosen.connect(lambda language: presenter.set(language=language))
        self.priority.chosen.connect(self._on_priority)
        self.documents.ticked.connect(lambda numbers: presenter.set(document_ids=numbers))
        self.settings.clicked.connect(self.settings_asked)

    def _on_priority(self, priority: str) -> None:
        self._presenter.set(seo_priority=priority)
        self._priority.set_hint(wording.priority_hint(priority))


def _side_by_side(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(first, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(second, 1, Qt.AlignmentFlag.AlignTop)
    return row
