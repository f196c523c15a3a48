"""Agent: whether a server may use the models of this computer, and what it has asked them."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.call import Call
from marketer_desktop.services.lend_model import (
    EndLending,
    LendModels,
    PauseLending,
    ShowLending,
)
from marketer_desktop.services.lending import Lending
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.autostart_card import AutostartCard
from marketer_desktop.ui.pages.settings.lending_form import LendingForm
from marketer_desktop.ui.pages.settings.rows import IconLine, SettingRow, SettingsCard
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.pages.settings.served_card import ServedCard
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.switch import Switch

TASK = "settings: lending"
LOOK_MS = 2000  # while something is under way


class LendingSection(Section):
    """A form while nothing is lent; else how the connection stands, and what came over it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = LendingForm()
        self.pill = Pill(self.tr("Off"))
        self.pause = Switch()
        self.end = Button(self.tr("Disconnect"), size="sm")
        self.problem = Banner("warning", "", [(self.tr("Connect now"), self._connect_now)])
        self.served = ServedCard()
        self.autostart = AutostartCard(context)
        self._clock = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """See how it stands."""
        self.start_reading(self._look())
        self.autostart.read()

    async def _look(self) -> None:
        self._show(await self.context.engine.call(ShowLending()))

    def _lay_out(self) -> None:
        self._about = Card(self.tr("Lend your models"))
        self._about.body.setSpacing(16)
        for icon, text in self._said():
            self._about.body.addWidget(IconLine(icon, text))
        self._state = SettingsCard(self.tr("Agent"))
        self._state.head.addWidget(self.pill)
        self._server = SettingRow(self.tr("Server"), " ", self.end)
        self._models = SettingRow(self.tr("Models"), " ")
        hint = self.tr("The server asks others meanwhile, also what is under way here.")
        self._paused = SettingRow(self.tr("Pause"), hint, self.pause)
        for row in (self._server, self._models, self._paused):
            self._state.add_row(row)
        parts = (self.problem, self._state, self.form, self.served, self.autostart, self._about)
        for part in parts:
            self.column.addWidget(part)
            part.hide()

    def _said(self) -> list[tuple[str, str]]:
        return [
            (
                "share-2",
                self.tr(
                    "Your organization's server may have texts written by the models of this "
                    "computer. Your own runs go first."
                ),
            ),
            (
                "shield",
                self.tr(
                    "The server sends prompts and gets texts back. Neither is kept here, and "
                    "nothing of your projects or documents is sent."
                ),
            ),
            ("power", self.tr("It is connected while Marketer runs, also in the tray.")),
        ]

    def _connect(self) -> None:
        self.form.given.connect(self._lend)
        self.end.clicked.connect(lambda: self._start(EndLending()))
        self.pause.clicked.connect(
            lambda on: self._start(PauseLending(action="pause" if on else "go_on"))
        )
        self._clock.timeout.connect(self._look_again)

    def _lend(self, server: str, key: str) -> None:
        call = LendModels(server=server, key=key)
        self.context.tasks.start(TASK, self._lent(call), lambda text, _: self.form.fail(text))

    async def _lent(self, call: LendModels) -> None:
        await self._changed(call)
        self.form.done()

    def _connect_now(self) -> None:
        self._start(PauseLending(action="go_on"))

    def _start(self, call: Call[Lending]) -> None:
        self.context.tasks.start(TASK, self._changed(call), self._on_error)

    async def _changed(self, call: Call[Lending]) -> None:
        self._show(await self.context.engine.call(call))

    def _on_error(self, message: str, details: str) -> None:
        self.context.go.show_error(message, details)
        self.read()  # show what holds

    def _look_again(self) -> None:
        if self.isVisible():
            self.read()

    def _show(self, told: Lending) -> None:
        is_on = told.state != "off"
        self.pill.set(*self._stands(told))
        self._server.set_hint(told.server)
        self._models.set_hint(self._offered(told))
        self.pause.setChecked(told.state == "paused")
        self._state.show_row(self._paused, shown=told.state != "refused")
        self.problem.set("error" if told.state == "refused" else "warning", told.problem)
        self.problem.setVisible(bool(told.problem))
        self.served.show_requests(told)
        self._state.setVisible(is_on)
        self.served.setVisible(is_on)
        self.form.setVisible(not is_on)
        self.autostart.show()
        self._about.show()
        at_work = any(each.state in ("waiting", "writing") for each in told.requests)
        if at_work or told.state in ("connecting", "waiting"):
            self._clock.start()

    def _offered(self, told: Lending) -> str:
        if not told.models:
            return self.tr("Told when the server is reached.")
        names = ", ".join(told.models)
        return self.tr("{names} · {count} at once").format(names=names, count=told.capacity)

    def _stands(self, told: Lending) -> tuple[str, str]:
        again = self.tr("Again in {0} s").format(round(told.retry_seconds or 0))
        return {
            "off": (self.tr("Off"), "neutral"),
            "connecting": (self.tr("Connecting"), "accent"),
            "connected": (self.tr("Connected"), "success"),
            "waiting": (again, "warning"),
            "paused": (self.tr("Paused"), "neutral"),
            "refused": (self.tr("Refused"), "error"),
        }[told.state]
