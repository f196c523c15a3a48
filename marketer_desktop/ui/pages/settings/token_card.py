"""The token of the local API, seen once, and a line that shows how it is used."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.pages.settings.code_box import CodeBox
from marketer_desktop.ui.pages.settings.presenter import example_request
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label


class TokenCard(Card):
    """Shows a token that was made now; of an older one only that it is there."""

    renew_asked = Signal()
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Token"), parent=parent)
        self.sentence = Label("", "body", "secondary", wrap=True)
        self.token = CodeBox(self.tr("Token"), lines=1)
        self.copy = Button(self.tr("Copy token"), icon="copy")
        self.renew = Button(self.tr("New token"), icon="refresh-cw")
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.token)
        self.body.addLayout(_in_a_row(self.copy, self.renew))
        self.copy.clicked.connect(self._copy)
        self.renew.clicked.connect(self.renew_asked)
        self.show_token(None)

    def show_token(self, token: str | None) -> None:
        """Show a new one, or None: it was seen before."""
        self.token.set_code(token or "")
        self.token.setVisible(token is not None)
        self.copy.setVisible(token is not None)
        self.sentence.setText(
            self.tr("Copy it now: it is shown only this once.")
            if token is not None
            else self.tr(
                "Programs send it with every request. It was shown when it was made. If it is "
                "lost, or somebody else has it, make a new one."
            )
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.token.toPlainText())
        self.copied.emit()


class ExampleCard(Card):
    """A request for a terminal."""

    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Try it in a terminal"), parent=parent)
        self.command = CodeBox(self.tr("Command"), lines=3)
        self.copy = Button(self.tr("Copy command"), icon="copy")
        self.body.addWidget(self.command)
        self.body.addLayout(_in_a_row(self.copy))
        self.copy.clicked.connect(self._copy)

    def show_example(self, address: str, token: str | None) -> None:
        """Ask for the projects; with the token, if it is seen now."""
        self.command.set_code(example_request(address, token))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.toPlainText())
        self.copied.emit()


def _in_a_row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
