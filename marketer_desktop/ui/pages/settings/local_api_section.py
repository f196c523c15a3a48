"""Local API: whether other programs of this computer are let in, where, and with which token."""

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.call import Call
from marketer_desktop.services.local_api import (
    HIGHEST_PORT,
    LOWEST_PORT,
    LocalApi,
    RenewLocalApiToken,
    ShowLocalApi,
    SwitchLocalApi,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.rows import IconLine, SettingRow, SettingsCard
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.pages.settings.token_card import ExampleCard, TokenCard
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.confirm import confirm
from marketer_desktop.ui.widgets.number_input import NumberInput
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.switch import Switch

DOCUMENTATION = "/docs"
TASK = "settings: local api"


class LocalApiSection(Section):
    """Everything holds at once; what cannot be done now is said, and can be tried again."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._told: LocalApi | None = None
        self.pill = Pill(self.tr("Off"))
        self.switch = Switch()
        self.port = NumberInput(LOWEST_PORT, HIGHEST_PORT)
        self.port.setGroupSeparatorShown(False)
        self.open_docs = Button(self.tr("Documentation"), size="sm", icon="external-link")
        self.problem = Banner("error", "", [(self.tr("Try again"), lambda: self._set(True))])
        self.token = TokenCard()
        self.example = ExampleCard()
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """See how it stands."""
        self.start_reading(self._look())

    async def _look(self) -> None:
        self._show(await self.context.engine.call(ShowLocalApi()))

    def _lay_out(self) -> None:
        self._door = SettingsCard(self.tr("Local API"))
        self._door.head.addWidget(self.pill)
        hint = self.tr("Scripts and other programs on this computer can work with what is here.")
        self._door.add_row(SettingRow(self.tr("Let other programs in"), hint, self.switch))
        hint = self.tr("Where they find it. Another one is used at once.")
        self._door.add_row(SettingRow(self.tr("Port"), hint, self.port))
        self._address = SettingRow(self.tr("Address"), " ", self.open_docs)
        self._door.add_row(self._address)
        self._allowed = Card(self.tr("What it allows"))
        self._allowed.body.setSpacing(16)
        for icon, text in self._said():
            self._allowed.body.addWidget(IconLine(icon, text))
        for part in (self.problem, self._door, self.token, self.example, self._allowed):
            self.column.addWidget(part)
        for part in (self.problem, self._door, self.token, self.example, self._allowed):
            part.hide()

    def _said(self) -> list[tuple[str, str]]:
        return [
            (
                "key-round",
                self.tr(
                    "Whoever has the token can read, change and delete everything in Marketer: "
                    "projects, documents and texts. Give it only to programs that you trust."
                ),
            ),
            (
                "monitor",
                self.tr(
                    "Only this computer is let in. Other devices in your network and web pages in "
                    "your browser are refused."
                ),
            ),
            ("power", self.tr("It is open while Marketer runs, also in the tray.")),
        ]

    def _connect(self) -> None:
        self.switch.clicked.connect(self._set)
        self.port.editingFinished.connect(self._set_port)
        self.open_docs.clicked.connect(self._open_docs)
        self.token.renew_asked.connect(lambda: self._start(self._renewed()))
        for card in (self.token, self.example):
            card.copied.connect(lambda: self.context.go.toast(self.tr("Copied.")))

    def _set(self, on: bool) -> None:
        self._start(self._changed(SwitchLocalApi(on=on, port=self.port.value())))

    def _set_port(self) -> None:
        if self._told is not None and self.port.value() != self._told.port:
            self._set(self._told.on)

    def _start(self, work: Any) -> None:
        self.context.tasks.start(TASK, work, self._on_error)

    async def _changed(self, call: Call[LocalApi]) -> None:
        self.pill.set(self.tr("One moment"), "accent")
        self._show(await self.context.engine.call(call))

    async def _renewed(self) -> None:
        if await confirm(
            self.context.go.window(),
            self.tr("Make a new token?"),
            self.tr(
                "Programs that have the one before are let in no more, until you give them it."
            ),
            self.tr("New token"),
        ):
            await self._changed(RenewLocalApiToken())

    def _on_error(self, message: str, details: str) -> None:
        self.context.go.show_error(message, details)
        self.read()  # show what holds

    def _show(self, told: LocalApi) -> None:
        self._told = told
        self.pill.set(*self._stands(told.state))
        self.switch.setChecked(told.on)
        if not self.port.hasFocus():
            self.port.setValue(told.port)
        self._address.set_hint(told.address)
        self._door.show_row(self._address, shown=bool(told.address))
        self.problem.set("error" if told.state == "failed" else "warning", told.problem)
        self.problem.setVisible(bool(told.problem))
        self.token.show_token(told.token)
        self.token.setVisible(told.has_token)
        self.example.show_example(told.address, told.token)
        self.example.setVisible(bool(told.address))
        self._door.show()
        self._allowed.show()

    def _stands(self, state: str) -> tuple[str, str]:
        return {
            "off": (self.tr("Off"), "neutral"),
            "listening": (self.tr("Open"), "success"),
            "failed": (self.tr("Not open"), "error"),
            "elsewhere": (self.tr("Not open yet"), "warning"),
        }[state]

    def _open_docs(self) -> None:
        if self._told is not None and self._told.address:
            QDesktopServices.openUrl(QUrl(self._told.address + DOCUMENTATION))
