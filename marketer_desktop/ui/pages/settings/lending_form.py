"""Where the models of this computer are to be lent, and the key that the server has given."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from marketer_desktop.services.lend_model import LONGEST_ADDRESS, LONGEST_KEY
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.text_input import TextInput


class LendingForm(Card):
    """Stays as it is until the server was reached once: `given` has the address and the key."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Connect"), parent=parent)
        self.server = TextInput("https://marketer.example.com")
        self.server.setMaxLength(LONGEST_ADDRESS)
        self.key = TextInput()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setMaxLength(LONGEST_KEY)
        self.server_field = Field(self.tr("Server"), self.server)
        hint = self.tr("It is kept encrypted on this computer, and nowhere else.")
        self.key_field = Field(self.tr("Agent key"), self.key, hint=hint)
        self.connect_button = Button(self.tr("Lend models"), variant="primary")
        row = QHBoxLayout()
        row.addWidget(self.connect_button)
        row.addStretch(1)
        self.body.setSpacing(16)
        self.body.addWidget(self.server_field)
        self.body.addWidget(self.key_field)
        self.body.addLayout(row)
        self.connect_button.clicked.connect(self._finish)
        for line, field in ((self.server, self.server_field), (self.key, self.key_field)):
            line.returnPressed.connect(self._finish)
            line.textEdited.connect(lambda _, field=field: field.set_error(None))

    def fail(self, message: str) -> None:
        """Say why it was not done."""
        self.connect_button.set_loading(False)
        self.server_field.set_error(message)
        self.server.setFocus()

    def done(self) -> None:
        """It was done: the key is not shown again."""
        self.connect_button.set_loading(False)
        self.key.clear()

    def _finish(self) -> None:
        server, key = self.server.text().strip(), self.key.text().strip()
        if not server:
            self.server_field.set_error(self.tr("Enter the address of the server."))
        elif not key:
            self.key_field.set_error(self.tr("Enter the key: who runs the server can make one."))
        elif not self.connect_button.is_loading:
            self.connect_button.set_loading(True)
            self.given.emit(server, key)
