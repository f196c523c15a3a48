"""A name for something new, asked in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.wizard.wording import tr
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.text_input import TextInput


class NewName(QWidget):
    """A button such as *New campaign*; pressed, it becomes a field with *Create* and *Cancel*."""

    named = Signal(str)

    def __init__(self, button: str, label: str, example: str) -> None:
        super().__init__()
        self.button = Button(button, variant="soft", size="sm", icon="plus")
        self.name = TextInput(example)
        self.name.setMaxLength(255)
        self.field = Field(label, self.name)
        self.make = Button(tr("Create"))
        self.cancel = Button(tr("Cancel"), variant="ghost")
        self._form = QWidget()
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        for each in (self.make, self.cancel):
            row.addWidget(self._beside(each), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._form)
        self.button.clicked.connect(self.ask)
        self.make.clicked.connect(self._finish)
        self.cancel.clicked.connect(self.close_form)
        self._form.hide()

    def ask(self) -> None:
        """Show the field."""
        self.button.hide()
        self._form.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Show the button again."""
        self.name.clear()
        self.field.set_error(None)
        self.make.set_loading(False)
        self._form.hide()
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, message: str) -> None:
        """Say why there is no such thing now."""
        self.make.set_loading(False)
        self.field.set_error(message)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_asking(self) -> bool:
        """Whether the field is there."""
        return not self._form.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter creates; Esc takes the field back, and the sheet stays."""
        if self.is_asking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._finish()
                return
        elif self.is_asking and event.key() == Qt.Key.Key_Escape:
            self.close_form()
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.refuse(tr("Enter a name."))
            return
        self.field.set_error(None)
        self.make.set_loading(True)
        self.named.emit(name)

    def _beside(self, button: Button) -> QWidget:
        """The button at the height of the input, below the line of its label."""
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 24, 0, 0)
        column.addWidget(button)
        return place
