"""The sheet that takes the passphrase of kept keys: to unlock them, to set it, to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from marketer_desktop.services.call import Call
from marketer_desktop.services.kept_secrets import (
    LONGEST_PASSPHRASE,
    SecretsPlace,
    SetPassphrase,
    StartSecretsAnew,
    UnlockSecrets,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH = 480
Purpose = Literal["unlock", "set", "change", "anew"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("PassphraseSheet", text)


@dataclass(frozen=True)
class _Words:
    title: str
    lead: str
    action: str


def _words(purpose: Purpose) -> _Words:
    nobody = _tr("It is asked for at each start. Nobody can find it out for you.")
    return {
        "unlock": _Words(
            _tr("Unlock your keys"),
            _tr(
                "Keys and sign-ins are in an encrypted file, since this computer has no password "
                "store. Without them you can go on writing; what needs them waits."
            ),
            _tr("Unlock"),
        ),
        "set": _Words(
            _tr("Set a passphrase"),
            _tr("Keys and sign-ins are then kept in an encrypted file on this computer.")
            + f" {nobody}",
            _tr("Set passphrase"),
        ),
        "change": _Words(_tr("Change the passphrase"), nobody, _tr("Change passphrase")),
        "anew": _Words(_tr("Start anew"), nobody, _tr("Start anew")),
    }[purpose]


class PassphraseSheet(Sheet):
    """Stays open until it is done: whoever takes `given`, a call, calls `accept` or `fail`."""

    given = Signal(object)
    anew_asked = Signal()

    def __init__(self, window: QWidget, purpose: Purpose) -> None:
        words = _words(purpose)
        super().__init__(window, words.title, width=WIDTH, height=0)
        self._purpose = purpose
        self.old, self.new, self.again = (self._line() for _ in range(3))
        self.old_field = Field(self.tr("Passphrase"), self.old)
        hint = self.tr("At least 8 characters. Several words are easy to remember.")
        self.new_field = Field(self.tr("New passphrase"), self.new, hint=hint)
        self.again_field = Field(self.tr("Once more"), self.again)
        self.action = Button(words.action, variant="danger" if purpose == "anew" else "primary")
        if purpose == "anew":
            self.body.addWidget(Banner("warning", self._loss()))
        self.body.addWidget(Label(words.lead, "body", "secondary", wrap=True))
        for field in self._fields():
            self.body.addWidget(field)
        self._fill_foot()
        self.closed.connect(self.deleteLater)

    def fail(self, message: str) -> None:
        """Say why it was not done."""
        self.action.set_loading(False)
        field = self._fields()[0]
        field.set_error(message)
        field.control.setFocus()

    def _line(self) -> TextInput:
        line = TextInput()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setMaxLength(LONGEST_PASSPHRASE)
        line.returnPressed.connect(self._finish)
        line.textEdited.connect(self._forgive)
        return line

    def _forgive(self) -> None:
        for field in self._fields():
            field.set_error(None)

    def _fields(self) -> list[Field]:
        wanted = {
            "unlock": [self.old_field],
            "change": [self.old_field, self.new_field, self.again_field],
        }
        return wanted.get(self._purpose, [self.new_field, self.again_field])

    def _fill_foot(self) -> None:
        unlocks = self._purpose == "unlock"
        cancel = Button(self.tr("Later") if unlocks else self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.action.clicked.connect(self._finish)
        if unlocks:
            forgotten = Button(self.tr("Forgot it?"), variant="ghost")
            forgotten.clicked.connect(self.anew_asked)
            self.footer.addWidget(forgotten)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.action)

    def _loss(self) -> str:
        return self.tr(
            "The keys and sign-ins in the file are given up: you give your keys again, and sign "
            "in again. Your projects, texts and documents stay as they are."
        )

    def _finish(self) -> None:
        if self.action.is_loading:
            return
        for field, problem in self._problems():
            if problem:
                field.set_error(problem)
                field.control.setFocus()
                return
        self.action.set_loading(True)
        self.given.emit(self._call())

    def _problems(self) -> list[tuple[Field, str]]:
        asked = self._fields()
        empty = self.tr("Enter the passphrase.")
        other = self.tr("The two are not the same.")
        return [
            (self.old_field, empty if self.old_field in asked and not self.old.text() else ""),
            (self.new_field, empty if self.new_field in asked and not self.new.text() else ""),
            (self.again_field, other if self.new.text() != self.again.text() else ""),
        ]

    def _call(self) -> Call[SecretsPlace]:
        old, new = self.old.text(), self.new.text()
        calls: dict[Purpose, Callable[[], Call[SecretsPlace]]] = {
            "unlock": lambda: UnlockSecrets(passphrase=old),
            "set": lambda: SetPassphrase(new=new),
            "change": lambda: SetPassphrase(old=old, new=new),
            "anew": lambda: StartSecretsAnew(passphrase=new),
        }
        return calls[self._purpose]()


def ask_passphrase(context: PageContext, purpose: Purpose) -> PassphraseSheet:
    """Open the sheet; what it takes goes to the engine, which tells everybody of the change."""
    sheet = PassphraseSheet(context.go.window(), purpose)

    async def carry_out(call: Call[Any]) -> None:
        await context.engine.call(call)
        sheet.accept()

    def anew() -> None:
        sheet.reject()
        ask_passphrase(context, "anew")

    task = f"passphrase: {purpose}"
    sheet.given.connect(
        lambda call: context.tasks.start(task, carry_out(call), lambda text, _: sheet.fail(text))
    )
    sheet.anew_asked.connect(anew)
    sheet.closed.connect(lambda: context.tasks.cancel(task))
    sheet.open_sheet()
    return sheet
