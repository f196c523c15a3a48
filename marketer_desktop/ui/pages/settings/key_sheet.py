"""The sheet that takes the key of a cloud; the key is never shown again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from marketer_desktop.services.providers import LONGEST_KEY, ProviderState
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH = 480


class KeySheet(Sheet):
    """Stays open until the key is kept: whoever takes `given` calls `accept` or `fail`."""

    given = Signal(str)

    def __init__(self, window: QWidget, state: ProviderState) -> None:
        title = self.tr("Key for {name}").format(name=state.title)
        super().__init__(window, title, width=WIDTH, height=0)
        self.key = TextInput()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setMaxLength(LONGEST_KEY)
        hint = self.tr("It is kept encrypted on this computer, and nowhere else.")
        self.field = Field(self.tr("API key"), self.key, hint=hint)
        where = self.tr("You find it in your account at {name}, under API keys.")
        self.body.addWidget(Label(where.format(name=state.title), "body", "secondary", wrap=True))
        self.body.addWidget(self.field)
        self.body.addWidget(Banner("warning", state.leaves))
        self._cancel = Button(self.tr("Cancel"))
        self.save = Button(self.tr("Keep key"), variant="primary")
        self.footer.addStretch(1)
        self.footer.addWidget(self._cancel)
        self.footer.addWidget(self.save)
        self._cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._finish)
        self.key.returnPressed.connect(self._finish)
        self.key.textEdited.connect(lambda: self.field.set_error(None))
        self.closed.connect(self.deleteLater)

    def fail(self, message: str) -> None:
        """Say why the key was not kept."""
        self.save.set_loading(False)
        self.field.set_error(message)
        self.key.setFocus()

    def _finish(self) -> None:
        key = self.key.text().strip()
        if not key:
            self.fail(self.tr("Enter the key."))
            return
        self.save.set_loading(True)
        self.given.emit(key)
