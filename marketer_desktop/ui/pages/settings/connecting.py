"""Connects an account: carries out what the form gives, and shows the form what came of it."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from marketer_desktop.services.call import Call
from marketer_desktop.services.server_accounts import (
    AskServer,
    ConnectAccount,
    ConnectByBrowser,
    ServerAccount,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.connect_form import ConnectForm
from marketer_desktop.ui.pages.settings.connect_presenter import Connecting

TASK = "settings: connect"


class Connection(QObject):
    """Sign-ins that were given up are cancelled: nothing comes of them later."""

    connected = Signal(object)  # the ServerAccount

    def __init__(self, context: PageContext, form: ConnectForm, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._form, self._at = context, form, Connecting()
        self._attempt = 0  # what was given up may take a moment to end, and is not waited for
        form.server_given.connect(self._find)
        form.browser_asked.connect(self._in_browser)
        form.password_given.connect(self._with_password)
        form.cancelled.connect(self._give_up)

    def begin(self) -> None:
        """Ask for a server."""
        self.stop()
        self._at.begin()
        self._form.forget()
        self._form.show_step(self._at)

    def begin_again(self, account: ServerAccount) -> None:
        """Sign in to a server that is known, as who one was there."""
        self.begin()
        self._at.begin(account.email)
        self._form.server.setText(account.server)
        self._form.go_on.set_loading(True)
        self._find(account.server)

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._context.tasks.cancel(f"{TASK} {self._attempt}")

    def _find(self, server: str) -> None:
        self._start(self._found(server))

    async def _found(self, server: str) -> None:
        self._at.found_server(await self._context.engine.call(AskServer(server=server)))
        self._form.show_step(self._at)

    def _in_browser(self) -> None:
        self._at.wait()
        self._form.show_step(self._at)
        self._start(self._done(ConnectByBrowser(server=self._server())))

    def _with_password(self, email: str, password: str) -> None:
        call = ConnectAccount(server=self._server(), email=email, password=password)
        self._start(self._done(call))

    async def _done(self, call: Call[ServerAccount]) -> None:
        account = await self._context.engine.call(call, self._hear)
        self.begin()
        self.connected.emit(account)

    def _hear(self, event: dict[str, Any]) -> None:
        if event.get("kind") == "browser" and self._at.step == "browser":
            self._at.url = event["url"]
            self._form.show_step(self._at)

    def _server(self) -> str:
        assert self._at.found is not None
        return self._at.found.server

    def _give_up(self) -> None:
        self.stop()
        self._at.cancel()
        self._form.show_step(self._at)

    def _start(self, work: Any) -> None:
        self._attempt += 1
        self._context.tasks.start(f"{TASK} {self._attempt}", work, self._on_error)

    def _on_error(self, message: str, details: str) -> None:
        if self._at.step == "browser":
            self._at.cancel()
        self._form.show_step(self._at)
        self._form.fail(message)
