"""The sync at the top of the window: a word, what opens under it, and what it leads to."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.show_sync import AccountSync, ShowSync, SyncNow, SyncReport
from marketer_desktop.ui.app.sync_watch import SyncWatch
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.widgets.button import LinkButton
from tests.factories.accounts_window import make_sync
from tests.fakes.fake_bridge import FakeWindow


class Bar:
    """A topbar in a window, kept in step."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        frame = QWidget()
        qtbot.addWidget(frame)
        frame.resize(1280, 800)
        self.topbar = Topbar(frame)
        column = QVBoxLayout(frame)
        column.addWidget(self.topbar)
        column.addStretch(1)
        self.window = FakeWindow({ShowSync: SyncReport(accounts=[])}, frame)
        self.watch = SyncWatch(self.window.context, self.topbar)
        frame.show()

    async def show(self, *accounts: AccountSync) -> None:
        self.window.engine.answers[ShowSync] = SyncReport(accounts=list(accounts))
        self.watch.read()
        await self.window.settle()

    async def open(self) -> None:
        self.qtbot.mouseClick(self.topbar.sync, Qt.MouseButton.LeftButton)
        await self.window.settle()

    def said(self) -> str:
        labels = self.watch.popover.findChildren(QLabel)
        return " | ".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
async def bar(qtbot: QtBot) -> AsyncIterator[Bar]:
    bar = Bar(qtbot)
    yield bar
    bar.watch.popover.close_popover()
    await bar.window.tasks.close()


async def test_without_an_account_it_is_all_on_this_device(bar: Bar) -> None:
    await bar.show()
    assert bar.topbar.device.isVisible() and not bar.topbar.sync.isVisible()


async def test_the_word_follows_the_engine(bar: Bar) -> None:
    await bar.show(make_sync())
    assert bar.topbar.sync.text() == "Up to date" and not bar.topbar.device.isVisible()
    assert bar.topbar.sync.toolTip() == "Up to date · Last sync 2 minutes ago"
    told = SyncReport(accounts=[make_sync(state="offline", waiting=3)])
    bar.window.engine.answers[ShowSync] = told
    bar.window.engine.changed.emit("models")
    await bar.window.settle()
    assert bar.topbar.sync.text() == "Up to date"
    bar.window.engine.changed.emit("sync")
    await bar.window.settle()
    assert bar.topbar.sync.text() == "Offline"
    assert bar.topbar.sync.toolTip().startswith("Offline · 3 changes wait to be sent. Last sync")


async def test_a_change_while_it_reads_is_read_too(bar: Bar) -> None:
    bar.window.engine.held.clear()
    await bar.show()
    bar.window.engine.changed.emit("sync")
    await bar.window.settle()
    bar.window.engine.answers[ShowSync] = SyncReport(accounts=[make_sync()])
    bar.window.engine.held.set()
    await bar.window.settle()
    assert bar.topbar.sync.text() == "Up to date"
    assert len(bar.window.engine.of(ShowSync)) == 2


async def test_a_click_tells_of_each_account(bar: Bar) -> None:
    other = make_sync(2, "offline", host="app.example.com", problem="No answer.")
    await bar.show(make_sync(), other)
    await bar.open()
    assert bar.watch.popover.isVisible()
    assert "team.example.com | Up to date · Last sync 2 minutes ago" in bar.said()
    assert "app.example.com | Offline · Last sync 2 minutes ago | No answer." in bar.said()
    await bar.open()
    assert not bar.watch.popover.isVisible()


async def test_it_syncs_all_when_told(bar: Bar, qtbot: QtBot) -> None:
    await bar.show(make_sync(state="waiting", waiting=2))
    await bar.open()
    bar.window.engine.answers[SyncNow] = SyncReport(accounts=[make_sync()])
    qtbot.mouseClick(bar.watch.popover.sync_now, Qt.MouseButton.LeftButton)
    await bar.window.settle()
    assert bar.window.engine.of(SyncNow) == [SyncNow(account_id=None)]
    assert bar.topbar.sync.text() == "Up to date" and "Up to date" in bar.said()


async def test_what_needs_the_person_leads_to_the_settings(bar: Bar, qtbot: QtBot) -> None:
    await bar.show(make_sync(state="needs_attention", conflicts=2, quarantined=1))
    await bar.open()
    said = bar.said()
    assert "2 changed on both sides." in said and "1 refused by the server." in said
    links = bar.watch.popover.findChildren(LinkButton)
    (look,) = [link for link in links if link.text() == "See what to do" and link.isVisible()]
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    assert bar.window.go.went == [("settings", {"section": "account"})]
    assert not bar.watch.popover.isVisible()


async def test_signed_out_there_is_nothing_to_sync(bar: Bar) -> None:
    await bar.show(make_sync(state="signed_out"))
    assert bar.topbar.sync.text() == "Signed out"
    await bar.open()
    assert not bar.watch.popover.sync_now.isVisible()
