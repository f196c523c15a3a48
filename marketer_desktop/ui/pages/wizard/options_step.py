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
from marketer_desktop.ui.widgets.switch import Switch

WORD_STEP = 50
MODEL_SHARE = 2  # its name is longer than a length or a language


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
        self.only_documents = Switch(tr("Only my documents"))
        self.review_outline = Switch(tr("Review outline"))
        self._only = Label("", "secondary", "secondary", wrap=True)
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
        self._explain_priority()
        self._model.setText(wording.model(self._presenter.model))
        self.documents.set_documents(self._presenter.documents, values.document_ids)
        has_documents = bool(self._presenter.documents)
        self.only_documents.setEnabled(has_documents)
        self.only_documents.setChecked(self._presenter.only_documents)
        self._only.setText(wording.only_documents(has_documents))
        self.only_documents.setAccessibleDescription(self._only.text())
        self.review_outline.setChecked(values.review_outline)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Field(tr("Tone"), self.tone))
        sizes = _side_by_side(Field(tr("Length"), self.words), Field(tr("Language"), self.language))
        sizes.addWidget(self._model_part(), MODEL_SHARE, Qt.AlignmentFlag.AlignTop)
        column.addLayout(sizes)
        column.addWidget(self.documents)
        outline = Label(wording.review_outline(), "secondary", "secondary", wrap=True)
        column.addLayout(
            _side_by_side(
                _explained(self.only_documents, self._only),
                _explained(self.review_outline, outline),
            )
        )
        column.addWidget(self._priority)
        column.addStretch(1)

    def _model_part(self) -> QWidget:
        part, head, line = QWidget(), QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head.addWidget(Label(tr("Model"), "label"), 1)
        self.settings.setFixedHeight(20)  # as high as the label beside it
        head.addWidget(self.settings)
        line.setSpacing(8)
        line.addWidget(Sign("cpu", line=36))
        line.addWidget(self._model, 1)
        column.addLayout(head)
        column.addLayout(line)
        return part

    def _connect(self) -> None:
        presenter = self._presenter
        self.tone.chosen.connect(lambda tone: presenter.set(tone=tone))
        self.words.valueChanged.connect(presenter.set_words)
        self.language.chosen.connect(lambda language: presenter.set(language=language))
        self.priority.chosen.connect(self._on_priority)
        self.documents.ticked.connect(lambda numbers: presenter.set(document_ids=numbers))
        self.only_documents.clicked.connect(lambda on: presenter.set(only_documents=on))
        self.review_outline.clicked.connect(lambda on: presenter.set(review_outline=on))
        self.settings.clicked.connect(self.settings_asked)

    def _on_priority(self, priority: str) -> None:
        self._presenter.set(seo_priority=priority)
        self._explain_priority()

    def _explain_priority(self) -> None:
        presenter = self._presenter
        hint = wording.priority_hint(presenter.values.seo_priority, presenter.is_long_form)
        self._priority.set_hint(hint)


def _explained(switch: Switch, hint: Label) -> QWidget:
    """A switch with what it does below its text."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(switch, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(hint)
    switch.setAccessibleDescription(hint.text())
    return part


def _side_by_side(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(first, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(second, 1, Qt.AlignmentFlag.AlignTop)
    return row
