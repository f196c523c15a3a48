"""Changes that a server has refused: why, and what can be done with each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.sync_quarantine import RefusedChange
from marketer_desktop.ui.pages.settings.conflict_presenter import place_of
from marketer_desktop.ui.pages.settings.conflict_words import FieldWords
from marketer_desktop.ui.pages.settings.rows import SettingsCard
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.label import Label


class RefusedCard(SettingsCard):
    """Nothing is dropped until somebody says so."""

    edit_asked = Signal(str, dict)  # a page and its arguments
    retry_asked = Signal(int)
    discard_asked = Signal(object)  # the RefusedChange

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Refused by the server"), parent=parent)
        self._words = FieldWords(self)
        self._refused: list[RefusedChange] = []

    def show_refused(self, refused: list[RefusedChange]) -> None:
        """Show them, the oldest first; the same again leaves the keyboard where it is."""
        if refused == self._refused:
            return
        self._refused = refused
        self.clear_rows()
        for each in refused:
            self.add_row(self._row(each))

    def _row(self, refused: RefusedChange) -> QWidget:
        kind = self._words.entity(refused.entity)
        fields = ", ".join(self._words.field(name) for name in refused.fields)
        about = " · ".join(filter(None, (kind, refused.organization, fields)))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(EDGE, 12, EDGE, 12)
        column.setSpacing(2)
        column.addWidget(Label(refused.what or kind, "label", elide=True))
        column.addWidget(Label(about, "secondary", "secondary", elide=True))
        said = self.tr("Refused: {0}").format(refused.message)
        column.addWidget(Label(said, "secondary", "error_text", wrap=True))
        column.addSpacing(8)
        column.addLayout(self._buttons(refused))
        return box

    def _buttons(self, refused: RefusedChange) -> QHBoxLayout:
        retry = Button(self.tr("Send again"), size="sm", icon="refresh-cw")
        retry.clicked.connect(lambda: self.retry_asked.emit(refused.refused_id))
        discard = Button(self.tr("Discard"), size="sm", variant="ghost")
        discard.clicked.connect(lambda: self.discard_asked.emit(refused))
        buttons = [retry, discard]
        place = place_of(refused.entity, refused.project_id, refused.activity_id)
        if place is not None:
            edit = Button(self.tr("Edit"), size="sm", icon="pencil")
            edit.clicked.connect(lambda: self.edit_asked.emit(*place))
            buttons.insert(0, edit)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            button.setAccessibleName(f"{button.text()}: {refused.what}")
            row.addWidget(button)
        row.addStretch(1)
        return row
