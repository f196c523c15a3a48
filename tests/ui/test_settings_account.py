"""Accounts on the settings page: connected, in step, offline, signed out and in again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import Call, ServiceError
from marketer_desktop.services.kept_secrets import SecretsPlace, ShowSecrets
from marketer_desktop.services.organizations import ListOrganizations, OrganizationList
from marketer_desktop.services.server_accounts import (
    AskServer,
    ConnectAccount,
    ServerAccount,
    ServerAccountList,
    ShowAccounts,
    SignedOutAccount,
    SignOutAccount,
)
from marketer_desktop.services.servers import ServerWays
from marketer_desktop.services.show_sync import AccountSync, ShowSync, SyncNow, SyncReport
from marketer_desktop.services.sync_conflicts import ListConflicts
from marketer_desktop.services.sync_quarantine import ListQuarantine
from marketer_desktop.ui.pages.settings.account_section import AccountSection
from marketer_desktop.ui.pages.settings.presenter import SECTIONS
from marketer_desktop.ui.pages.settings.sign_out_sheet import SignOutSheet
from marketer_desktop.ui.widgets.button import Button
from tests.factories.accounts_window import (
    HOST,
    SERVER,
    make_account,
    make_organizations,
    make_sync,
    no_conflicts,
    nothing_refused,
)
from tests.factories.settings_scene import Scene
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

OUT: dict[str, Any] = {"state": "signed_out"}


class Desk:
    """The section, and an engine with these accounts."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.frame.resize(900, 1200)
        answers: dict[type[Call[Any]], Any] = {
            AskServer: ServerWays(server=SERVER, host=HOST, ways=["password"]),
            ListConflicts: no_conflicts(),
            ListQuarantine: nothing_refused(),
            ListOrganizations: make_organizations(in_team=True),
            ShowSecrets: SecretsPlace(kind="keyring", name="GNOME Keyring"),
        }
        self.window = FakeWindow(answers, self.frame)
        self.section = AccountSection(self.window.context, self.frame)
        self.section.resize(640, 1200)
        self.has([], [])

    def has(self, accounts: list[ServerAccount], syncs: list[AccountSync]) -> None:
        """From now on the engine tells of these."""
        self.window.engine.answers[ShowAccounts] = ServerAccountList(accounts=accounts)
        self.window.engine.answers[ShowSync] = SyncReport(accounts=syncs)

    async def show(self, *syncs: AccountSync, **account: Any) -> AccountSection:
        self.has([make_account(**account)], list(syncs))
        return await self.shown()

    async def shown(self) -> AccountSection:
        with self.qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()
        self.section.read()
        await self.window.settle()
        return self.section

    async def tell(self, subject: str) -> None:
        self.window.engine.changed.emit(subject)
        await self.window.settle()

    async def click(self, button: Button) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        await self.window.settle()

    def said(self) -> str:
        labels = self.section.findChildren(QLabel)
        return " | ".join(label.text() for label in labels if label.isVisible())

    def sheet(self) -> SignOutSheet:
        sheets = self.frame.findChildren(SignOutSheet)
        return next(sheet for sheet in sheets if sheet.isVisible())


@pytest.fixture
async def desk(qtbot: QtBot) -> AsyncIterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    await desk.window.tasks.close()


async def test_without_an_account_there_is_a_form_and_what_it_is_for(desk: Desk) -> None:
    section = await desk.shown()
    assert section.form.isVisible() and not section.form.away.isVisible()
    assert not section.add.isVisible()
    assert "documents never are" in desk.said()
    assert "password store of this computer: GNOME Keyring." in desk.said()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (SecretsPlace(kind="file", name="/data/secrets/kept.json"), "an encrypted file"),
        (SecretsPlace(kind="none", name=""), "no password store"),
    ],
)
async def test_where_sign_ins_are_kept_is_said(desk: Desk, place: SecretsPlace, said: str) -> None:
    desk.window.engine.answers[ShowSecrets] = place
    await desk.shown()
    assert said in desk.said()


async def test_a_connected_account_takes_the_place_of_the_form(desk: Desk) -> None:
    section = await desk.shown()
    desk.window.engine.answers[ConnectAccount] = make_account()
    desk.has([make_account()], [make_sync()])
    section.form.server_given.emit("team.example.com")
    await desk.window.settle()
    section.form.password_given.emit("ada@example.com", "secret")
    await desk.window.settle()
    assert not section.form.isVisible() and section.add.isVisible()
    card = section.cards[1]
    assert card.pill.text() == "Up to date"
    assert "Signed in with e-mail and password · Kestrow" in desk.said()
    assert "Last sync 2 minutes ago." in desk.said()
    assert desk.window.go.toasts[-1][0] == "Signed in to team.example.com."


@pytest.mark.parametrize(
    ("sync", "pill", "said"),
    [
        (make_sync(state="waiting", waiting=3), "3 waiting", "3 changes wait to be sent"),
        (make_sync(state="waiting", waiting=1), "1 waiting", "1 change waits to be sent"),
        (make_sync(state="offline", problem="No answer."), "Offline", "No answer."),
        (make_sync(state="syncing", last_synced_at=None), "Syncing", "Not synced yet"),
        (make_sync(conflicts=1), "Needs attention", "Last sync"),
    ],
)
async def test_how_the_sync_stands(desk: Desk, sync: AccountSync, pill: str, said: str) -> None:
    section = await desk.show(sync)
    assert section.cards[1].pill.text() == pill
    assert said in desk.said()


async def test_what_changes_is_seen_without_asking(desk: Desk) -> None:
    section = await desk.show(make_sync())
    card = section.cards[1]
    desk.has([make_account()], [make_sync(state="offline", waiting=2)])
    await desk.tell("profile")
    assert card.pill.text() == "Up to date"
    await desk.tell("sync")
    assert card.pill.text() == "Offline" and section.cards[1] is card
    desk.frame.hide()
    before = len(desk.window.engine.calls)
    await desk.tell("sync")
    assert len(desk.window.engine.calls) == before


async def test_a_change_while_it_reads_is_read_too(desk: Desk) -> None:
    section = await desk.show(make_sync())
    desk.window.engine.held.clear()
    section.read()
    await desk.window.settle()
    await desk.tell("sync")
    desk.has([make_account()], [make_sync(state="waiting", waiting=1)])
    before = len(desk.window.engine.of(ShowAccounts))
    desk.window.engine.held.set()
    await desk.window.settle()
    await desk.window.settle()
    assert section.cards[1].pill.text() == "1 waiting"
    assert len(desk.window.engine.of(ShowAccounts)) == before + 1


async def test_it_syncs_when_told(desk: Desk) -> None:
    section = await desk.show(make_sync(state="offline"))
    desk.has([make_account()], [make_sync()])
    desk.window.engine.answers[SyncNow] = SyncReport(accounts=[make_sync()])
    await desk.click(section.cards[1].sync_now)
    assert desk.window.engine.of(SyncNow) == [SyncNow(account_id=1)]
    assert section.cards[1].pill.text() == "Up to date"
    assert not section.cards[1].sync_now.is_loading


async def test_signing_out_leaves_what_was_synced(desk: Desk) -> None:
    section = await desk.show(make_sync(state="offline", waiting=3))
    await desk.click(section.cards[1].sign_out)
    sheet = desk.sheet()
    assert not sheet.warning.isVisible() and sheet.act.text() == "Sign out"
    out = make_account(**OUT)
    desk.window.engine.answers[SignOutAccount] = SignedOutAccount(account=out, told=True)
    desk.has([out], [make_sync(state="signed_out", waiting=3)])
    await desk.click(sheet.act)
    (call,) = desk.window.engine.of(SignOutAccount)
    assert (call.account_id, call.remove_mirror) == (1, False)
    card = section.cards[1]
    assert card.pill.text() == "Signed out" and card.sign_in.isVisible()
    assert not card.sign_out.isVisible() and not card.sync_now.isVisible()
    assert "can be read" in desk.said()
    assert desk.window.go.toasts[-1][0] == "Signed out of team.example.com."


async def test_the_keyboard_stays_in_the_card_when_its_button_goes(desk: Desk) -> None:
    section = await desk.show(make_sync())
    card = section.cards[1]
    card.sign_out.setFocus()
    desk.has([make_account(**OUT)], [make_sync(state="signed_out")])
    await desk.tell("accounts")
    assert card.sign_in.hasFocus()
    desk.has([make_account()], [make_sync()])
    await desk.tell("accounts")
    assert card.sign_out.hasFocus()


async def test_removing_what_was_synced_says_what_is_lost(desk: Desk) -> None:
    section = await desk.show(make_sync(waiting=3, state="waiting"))
    await desk.click(section.cards[1].sign_out)
    sheet = desk.sheet()
    sheet.remove.click()
    assert sheet.act.text() == "Sign out and remove" and sheet.warning.isVisible()
    labels = [label.text() for label in sheet.warning.findChildren(QLabel)]
    assert any("3 changes wait to be sent, and would be lost." in text for text in labels)
    desk.window.engine.answers[SignOutAccount] = SignedOutAccount(
        account=make_account(**OUT), told=True
    )
    desk.has([], [])
    await desk.click(sheet.act)
    (call,) = desk.window.engine.of(SignOutAccount)
    assert call.remove_mirror is True
    assert section.cards == {} and section.form.isVisible()


async def test_of_an_account_that_left_nothing_that_is_said(desk: Desk) -> None:
    desk.window.engine.answers[ListOrganizations] = OrganizationList(organizations=[])
    await desk.show(make_sync(state="signed_out"), **OUT)
    assert "Nothing of it is on this computer." in desk.said()


async def test_a_server_that_was_not_told_is_named(desk: Desk) -> None:
    section = await desk.show(make_sync(state="offline"))
    await desk.click(section.cards[1].sign_out)
    desk.window.engine.answers[SignOutAccount] = SignedOutAccount(
        account=make_account(**OUT), told=False
    )
    await desk.click(desk.sheet().act)
    assert "team.example.com was not reached" in desk.window.go.toasts[-1][0]


async def test_a_session_that_has_ended_asks_for_a_sign_in(desk: Desk) -> None:
    problem = "Your session has ended. Sign in again."
    section = await desk.show(make_sync(state="signed_out"), **OUT, problem=problem)
    card = section.cards[1]
    assert card.pill.text() == "Needs attention" and problem in desk.said()
    await desk.click(card.sign_in)
    assert section.form.isVisible() and section.form.away.isVisible()
    assert desk.window.engine.of(AskServer) == [AskServer(server=SERVER)]
    assert section.form.email.text() == "ada@example.com"
    await desk.click(section.form.away)
    assert not section.form.isVisible() and section.add.isVisible()


async def test_what_fails_is_said_and_what_holds_is_shown(
    desk: Desk, log_problems: Problems
) -> None:
    section = await desk.show(make_sync())
    desk.window.engine.answers[SyncNow] = ServiceError("The keyring is locked.")
    await desk.click(section.cards[1].sync_now)
    assert desk.window.go.errors[-1][0] == "The keyring is locked."
    assert not section.cards[1].sync_now.is_loading
    log_problems.records.clear()


async def test_the_time_goes_on_without_reading(desk: Desk) -> None:
    section = await desk.show(make_sync())
    card = section.cards[1]
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1, minutes=1)
    card.show_account(make_account(), make_sync(last_synced_at=an_hour_ago), [])
    card.state.set_hint("")
    before = len(desk.window.engine.calls)
    section._clock.timeout.emit()
    assert card.state.hint.text() == "Last sync an hour ago."
    assert len(desk.window.engine.calls) == before


async def test_it_is_a_section_of_the_settings(qtbot: QtBot) -> None:
    scene = Scene(qtbot)
    await scene.show("account")
    assert scene.page.account.isVisible() and scene.page.account.form.isVisible()
    await scene.window.tasks.close()


class Shown(QObject):
    """Notes what was shown as a window of its own, if only for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


async def test_no_part_of_the_settings_is_a_window_for_a_moment(qtbot: QtBot) -> None:
    shown = Shown()
    QApplication.instance().installEventFilter(shown)  # type: ignore[union-attr]
    scene = Scene(qtbot)
    accounts = [make_account(), make_account(2, **OUT, problem="Your session has ended.")]
    scene.window.engine.answers[ShowAccounts] = ServerAccountList(accounts=accounts)
    for section in SECTIONS:
        await scene.show(section)
    QApplication.instance().removeEventFilter(shown)  # type: ignore[union-attr]
    assert shown.windows == ["SettingsPage"]
    await scene.window.tasks.close()
