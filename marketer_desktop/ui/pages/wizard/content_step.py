"""The second step: what it should be, what it is about, and for whom."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.wizard import wording
from marketer_desktop.ui.pages.wizard.presenter import (
    LONGEST_TOPIC,
    MOST_KEYWORDS,
    FieldName,
    WizardPresenter,
)
from marketer_desktop.ui.pages.wizard.type_cards import TypeCards
from marketer_desktop.ui.pages.wizard.wording import tr
from marketer_desktop.ui.widgets.chip import SuggestionChip
from marketer_desktop.ui.widgets.chip_input import ChipInput
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.flow_layout import FlowLayout
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.text_input import TextInput


class ContentStep(QWidget):
    """Each field says what is wrong once it was left, and then as it is typed."""

    def __init__(self, presenter: WizardPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.types = TypeCards()
        self.topic = TextInput(tr("For example: AI in marketing automation"))
        self.keywords = ChipInput(tr("Add a keyword, press Enter"), MOST_KEYWORDS)
        self.audience = TextInput(tr("For example: marketing managers at B2B companies"))
        self.fields: dict[FieldName, Field] = {
            "topic": Field(tr("Topic"), self.topic),
            "keywords": Field(
                tr("Keywords"),
                self.keywords,
                hint=tr(
                    "The first keyword is the keyphrase: "
                    "it goes into the title, the introduction and the slug."
                ),
            ),
            "audience": Field(tr("Target audience"), self.audience, optional=True),
        }
        self._used = QWidget()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show what the presenter knows."""
        values = self._presenter.values
        self.types.set_value(values.type)
        if self.topic.text() != values.topic:
            self.topic.setText(values.topic)
        if self.keywords.values() != [*values.keywords]:
            self.keywords.set_values([*values.keywords])
        if self.audience.text() != values.audience:
            self.audience.setText(values.audience)
        self._tell()
        self._suggest()

    def focus_field(self, name: FieldName) -> None:
        """Put the keyboard where something is wrong, and say what."""
        self._tell()
        self.fields[name].control.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        what = Label(tr("What should it be?"), "label")
        what.setBuddy(self.types)
        self.types.setAccessibleName(what.text())
        column.addWidget(what)
        column.addSpacing(6)
        column.addWidget(self.types)
        column.addSpacing(18)
        column.addWidget(self.fields["topic"])
        column.addSpacing(18)
        column.addWidget(self.fields["keywords"])
        column.addSpacing(6)
        column.addWidget(self._used)
        column.addSpacing(16)
        column.addWidget(self.fields["audience"])
        column.addStretch(1)
        row = QHBoxLayout(self._used)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(Label(tr("Used before"), "secondary", "secondary"))
        self._chips = FlowLayout(6)
        row.addLayout(self._chips, 1)

    def _connect(self) -> None:
        self.types.chosen.connect(lambda kind: self._presenter.set(type=kind))
        self.topic.textEdited.connect(lambda text: self._on_typed(topic=text))
        self.audience.textEdited.connect(lambda text: self._on_typed(audience=text))
        self.keywords.changed.connect(self._on_keywords)
        for field in self.fields.values():
            (field.control.focusProxy() or field.control).installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that is left may say what is wrong; one that is still empty is not scolded."""
        if event.type() == QEvent.Type.FocusOut:
            for name, field in self.fields.items():
                control = field.control
                if watched in (control, control.focusProxy()) and self._has_text(name):
                    self._presenter.leave(name)
                    self._tell()
        return False

    def _has_text(self, name: FieldName) -> bool:
        return bool(getattr(self._presenter.values, name))

    def _on_typed(self, **values: str) -> None:
        self._presenter.set(**values)
        self._tell()

    def _on_keywords(self, values: list[str]) -> None:
        self._presenter.set(keywords=tuple(values))
        self._tell()
        self._suggest()

    def _tell(self) -> None:
        values = self._presenter.values
        for name, field in self.fields.items():
            error = wording.problem(name, self._presenter.problem(name))
            if field.error != (error or ""):
                field.set_error(error)
        self.fields["topic"].set_counter(
            wording.counter(len(" ".join(values.topic.split())), LONGEST_TOPIC)
        )
        self.fields["keywords"].set_counter(wording.counter(len(values.keywords), MOST_KEYWORDS))

    def _suggest(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            chip = item.widget()
            assert chip is not None
            chip.hide()
            chip.deleteLater()
        room = MOST_KEYWORDS - len(self._presenter.values.keywords)
        for keyword in self._presenter.suggested[:room]:
            chip = SuggestionChip(f"+ {keyword}")
            chip.setAccessibleName(tr("Add the keyword {0}").format(keyword))
            chip.clicked.connect(lambda checked=False, word=keyword: self.keywords.add(word))
            self._chips.addWidget(chip)
        self._used.setVisible(self._chips.count() > 0)
