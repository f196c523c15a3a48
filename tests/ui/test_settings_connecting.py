"""Connecting an account: the server, a way to sign in, the browser, and what goes wrong."""

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.server_accounts import (
    AskServer,
    ConnectAccount,
    ConnectByBrowser,
    ServerAccount,
)
from marketer_desktop.services.servers import ServerWays, Way
from marketer_desktop.ui.pages.settings.connect_form import ConnectForm
from marketer_desktop.ui.pages.settings.connecting import Connection
from marketer_desktop.ui.widgets.button import Button
from tests.factories.accounts_window import make_account
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

SERVER, PAGE = "https://team.example.com", "https://team.example.com/sign-in?state=1"
LEFT = Qt.MouseButton.LeftButton


def offering(*ways: Way) -> ServerWays:
    return ServerWays(server=SERVER, host="team.example.com", ways=list(ways))


class Desk:
    """A form that is carried out by an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.connected = qtbot, list[ServerAccount]()
        frame = QWidget()
        qtbot.addWidget(frame)
        self.window = FakeWindow(
            {AskServer: offering("password", "browser"), ConnectAccount: make_account()}, frame
        )
        self.form = ConnectForm(frame)
        self.connection = Connection(self.window.context, self.form, frame)
        self.connection.connected.connect(self.connected.append)
        self.form.resize(640, 480)
        frame.resize(640, 480)
        frame.show()

    async def click(self, button: Button) -> None:
        self.qtbot.mouseClick(button, LEFT)
        await self.window.settle()

    async def type(self, line: QLineEdit, text: str) -> None:
        self.qtbot.keyClicks(line, text)
        self.qtbot.keyClick(line, Qt.Key.Key_Return)
        await self.window.settle()

    async def to_ways(self) -> None:
        await self.type(self.form.server, "team.example.com")

    def said(self) -> str:
        labels = self.form.findChildren(QLabel)
        return " ".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were opened in the browser."""
    pages: list[str] = []

    def open_url(url: QUrl) -> bool:
        pages.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return pages


async def test_e_mail_and_password(desk: Desk) -> None:
    await desk.click(desk.form.go_on)
    assert desk.form.server_field.error == "Enter the address of the server."
    await desk.to_ways()
    assert desk.window.engine.of(AskServer) == [AskServer(server="team.example.com")]
    assert "team.example.com" in desk.said() and desk.form.browser.isVisible()
    assert not desk.form.password.isVisible()
    await desk.click(desk.form.use_password)
    await desk.click(desk.form.sign_in)
    assert desk.form.email_field.error == "Enter your e-mail."
    await desk.type(desk.form.email, "ada@example.com")
    assert desk.form.password_field.error == "Enter your password."
    await desk.type(desk.form.password, "a secret word")
    (call,) = desk.window.engine.of(ConnectAccount)
    assert (call.server, call.email, call.password) == (SERVER, "ada@example.com", "a secret word")
    assert desk.connected == [make_account()]
    assert desk.form.password.text() == "" and desk.form.server.text() == ""


async def test_a_wrong_password_is_said_there_and_can_be_typed_anew(
    desk: Desk, log_problems: Problems
) -> None:
    desk.window.engine.answers[ConnectAccount] = ServiceError("Wrong e-mail or password.")
    await desk.to_ways()
    await desk.click(desk.form.use_password)
    desk.form.email.setText("ada@example.com")
    await desk.type(desk.form.password, "wrong")
    assert desk.form.password_field.error == "Wrong e-mail or password."
    assert desk.form.email.text() == "ada@example.com" and not desk.form.sign_in.is_loading
    assert desk.connected == []
    log_problems.records.clear()


async def test_a_server_that_is_not_there_is_said_at_its_address(
    desk: Desk, log_problems: Problems
) -> None:
    desk.window.engine.answers[AskServer] = ServiceError("team.example.com does not answer.")
    await desk.to_ways()
    assert desk.form.server_field.error == "team.example.com does not answer."
    assert desk.form.server.text() == "team.example.com" and not desk.form.go_on.is_loading
    log_problems.records.clear()


async def test_the_browser_is_opened_and_waited_for(desk: Desk, opened: list[str]) -> None:
    signed_in = asyncio.Event()
    desk.window.engine.emits[ConnectByBrowser] = [{"kind": "browser", "url": PAGE}]
    desk.window.engine.answers[ConnectByBrowser] = make_account(kind="browser")
    await desk.to_ways()
    desk.window.engine.held = signed_in
    await desk.click(desk.form.browser)
    assert "Waiting for your browser." in desk.said()
    assert opened == [PAGE]
    await desk.click(desk.form.wait.again)
    assert opened == [PAGE, PAGE]
    await desk.click(desk.form.wait.copy)
    assert QGuiApplication.clipboard().text() == PAGE
    signed_in.set()
    await desk.window.settle()
    assert desk.connected == [make_account(kind="browser")]
    assert not desk.form.wait.isVisible()


async def test_giving_up_ends_the_waiting(desk: Desk, opened: list[str]) -> None:
    desk.window.engine.emits[ConnectByBrowser] = [{"kind": "browser", "url": PAGE}]
    await desk.to_ways()
    desk.window.engine.held.clear()
    await desk.click(desk.form.browser)
    await desk.click(desk.form.wait.cancel)
    assert desk.form.browser.isVisible() and not desk.form.wait.isVisible()
    assert not desk.window.tasks.is_running("settings: connect 2")
    assert desk.connected == []


async def test_what_was_given_up_is_not_in_the_way_of_the_next(
    desk: Desk, opened: list[str]
) -> None:
    await desk.to_ways()
    desk.window.engine.held.clear()
    await desk.click(desk.form.browser)
    desk.form.wait.cancel.click()
    desk.form.use_password.click()
    desk.form.email.setText("ada@example.com")
    desk.form.password.setText("a secret word")
    desk.form.sign_in.click()
    desk.window.engine.held.set()
    await desk.window.settle()
    assert desk.connected == [make_account()]


async def test_what_the_browser_has_brought_is_refused(
    desk: Desk, opened: list[str], log_problems: Problems
) -> None:
    desk.window.engine.emits[ConnectByBrowser] = [{"kind": "browser", "url": PAGE}]
    desk.window.engine.answers[ConnectByBrowser] = ServiceError("Nobody signed in. Try again.")
    await desk.to_ways()
    await desk.click(desk.form.browser)
    assert "Nobody signed in. Try again." in desk.said() and desk.form.browser.isVisible()
    log_problems.records.clear()


async def test_signing_in_again_knows_the_server_and_who_it_was(desk: Desk) -> None:
    desk.connection.begin_again(make_account())
    await desk.window.settle()
    assert desk.form.email.text() == "ada@example.com" and desk.form.browser.isVisible()
    await desk.click(desk.form.other_server)
    assert desk.form.server.isVisible() and desk.form.server.text() == SERVER


@pytest.mark.parametrize(
    ("ways", "seen"), [(("password",), "password"), (("oidc",), "browser"), ((), "")]
)
async def test_only_what_the_server_offers_is_there(
    desk: Desk, ways: tuple[Way, ...], seen: str
) -> None:
    desk.window.engine.answers[AskServer] = offering(*ways)
    await desk.to_ways()
    shown: dict[str, Any] = {"password": desk.form.password, "browser": desk.form.browser}
    assert [name for name, widget in shown.items() if widget.isVisible()] == [seen][: bool(seen)]
    assert ("lets nobody sign in" in desk.said()) == (not seen)
