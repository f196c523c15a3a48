"""The sheet in which people give themselves another name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH = 440
LONGEST = 255


class NameSheet(Sheet):
    """Emits the new name, and closes."""

    named = Signal(str)

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window, self.tr("Your name"), width=WIDTH, height=0)
        self.name = TextInput()
        self.name.setMaxLength(LONGEST)
        self.name.setText(name)
        self.field = Field(self.tr("Name"), self.name, hint=self.tr("As others see you."))
        self.body.addWidget(self.field)
        cancel = Button(self.tr("Cancel"))
        self.save = Button(self.tr("Save"), variant="primary")
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save)
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._finish)
        self.name.returnPressed.connect(self._finish)
        self.name.textEdited.connect(lambda: self.field.set_error(None))
        self.closed.connect(self.deleteLater)

    def _finish(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.field.set_error(self.tr("Enter a name."))
            self.name.setFocus()
            return
        self.named.emit(name)
        self.accept()
