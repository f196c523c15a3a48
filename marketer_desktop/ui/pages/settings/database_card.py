"""The choice of the database: the one that comes along, or a PostgreSQL of one's own."""

import secrets

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.choose_database import (
    EMBEDDED,
    ChooseDatabase,
    DatabaseChoice,
    TryDatabase,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.code_box import CodeBox
from marketer_desktop.ui.pages.settings.presenter import docker_command, docker_url
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.text_input import TextInput


class DatabaseCard(Card):
    """Nothing changes before *Use it*, and then with the next start."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Database"), parent=parent)
        self._context = context
        self._choice: DatabaseChoice | None = None
        self._password = secrets.token_hex(12)
        self.kind = Segmented(
            [
                (EMBEDDED, self.tr("Built in")),
                ("docker", self.tr("Docker")),
                ("url", self.tr("Address")),
            ]
        )
        self.sentence = Label("", "body", "secondary", wrap=True)
        self.command = CodeBox(self.tr("Command"), docker_command(self._password), lines=5)
        self.url = TextInput("postgresql://user:password@host:5432/marketer")
        self.field = Field(self.tr("Address"), self.url)
        self.copy = Button(self.tr("Copy command"), icon="copy")
        self.test = Button(self.tr("Test"))
        self.use = Button(self.tr("Use it"), variant="soft")
        self.result = Banner("success", "")
        self.later = Banner("accent", "")
        self._lay_out()
        self._connect()
        self._arrange()

    def show_choice(self, choice: DatabaseChoice) -> None:
        """Show what is used, and what will be."""
        first = self._choice is None
        self._choice = choice
        if first:
            self.kind.set_value(EMBEDDED if choice.next_start == EMBEDDED else "url")
            self.url.setText("" if choice.next_start == EMBEDDED else choice.next_start)
        self._arrange()

    def _lay_out(self) -> None:
        self.head.addWidget(self.kind)
        self.kind.setAccessibleName(self.tr("Database"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.copy, self.test, self.use):
            buttons.addWidget(button)
        buttons.addStretch(1)
        own = QVBoxLayout()
        own.setSpacing(12)
        for part in (self.command, self.field, self.result):
            own.addWidget(part)
        self.body.addWidget(self.sentence)
        self.body.addLayout(own)
        self.body.addLayout(buttons)
        self.body.addWidget(self.later)
        self.result.hide()

    def _connect(self) -> None:
        self.kind.chosen.connect(self._on_kind)
        self.url.textEdited.connect(lambda: self._show_result(None))
        self.copy.clicked.connect(self._copy)
        self.test.clicked.connect(lambda: self._start(self._tested()))
        self.use.clicked.connect(lambda: self._start(self._used()))

    def _on_kind(self, kind: str) -> None:
        self._show_result(None)
        if kind == "docker":
            self.url.setText(docker_url(self._password))
        self._arrange()

    def _arrange(self) -> None:
        kind = self.kind.value()
        self.sentence.setText(self._about(kind))
        self.command.setVisible(kind == "docker")
        self.copy.setVisible(kind == "docker")
        self.field.setVisible(kind != EMBEDDED)
        self.test.setVisible(kind != EMBEDDED)
        next_start = self._choice.next_start if self._choice else EMBEDDED
        self.use.setVisible(kind != EMBEDDED or next_start != EMBEDDED)
        waits = self._choice is not None and next_start != self._choice.in_use
        self.later.setVisible(waits)
        name = self.tr("The built-in database") if next_start == EMBEDDED else next_start
        self.later.set("accent", self.tr("{name} is used from the next start.").format(name=name))

    def _about(self, kind: str) -> str:
        return {
            EMBEDDED: self.tr("PostgreSQL comes along and starts by itself. Nothing to set up."),
            "docker": self.tr("Run this in a terminal, wait a moment, then test the connection."),
            "url": self.tr("A PostgreSQL 16 or newer that this machine can reach."),
        }[kind] + self._own_data(kind)

    def _own_data(self, kind: str) -> str:
        if kind == EMBEDDED:
            return ""
        return " " + self.tr("It begins empty: what is in the present database stays there.")

    def _start(self, work: object) -> None:
        self._context.tasks.start("settings: database", work, self._on_error)  # type: ignore[arg-type]

    async def _tested(self) -> None:
        self.test.set_loading(True)
        try:
            answer = await self._context.engine.call(TryDatabase(url=self.url.text().strip()))
            said = self.tr("{version} answers.").format(version=answer.version)
            self._show_result(("success", said))
        finally:
            self.test.set_loading(False)

    async def _used(self) -> None:
        url = EMBEDDED if self.kind.value() == EMBEDDED else self.url.text().strip()
        self.use.set_loading(True)
        try:
            if url != EMBEDDED:
                await self._context.engine.call(TryDatabase(url=url))
            self.show_choice(await self._context.engine.call(ChooseDatabase(url=url)))
        finally:
            self.use.set_loading(False)

    def _on_error(self, message: str, details: str) -> None:
        self._show_result(("error", message))

    def _show_result(self, result: tuple[str, str] | None) -> None:
        self.result.setVisible(result is not None)
        if result is not None:
            self.result.set(*result)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.toPlainText())
        self._context.go.toast(self.tr("Copied."))
