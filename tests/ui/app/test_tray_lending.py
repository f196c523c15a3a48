"""The tray tells of lent models and pauses lending, apart from runs; locked keys are asked for."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.autostart import AutostartState, ShowAutostart, SwitchAutostart
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.kept_secrets import SecretsPlace, ShowSecrets
from marketer_desktop.services.lend_model import PauseLending, ShowLending
from marketer_desktop.services.lending import Lending
from marketer_desktop.ui.app import tray_lending
from marketer_desktop.ui.app.tray_lending import TrayLending
from marketer_desktop.ui.app.unlocking import Unlocking
from marketer_desktop.ui.pages.settings.autostart_card import AutostartCard
from marketer_desktop.ui.pages.settings.passphrase_sheet import PassphraseSheet
from marketer_desktop.ui.shell.tray import Tray, tray_icons
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems
from tests.patience import becomes_true

CONNECTED = Lending(state="connected", server="https://team.example.com:8443", answered=7)
OFF = Lending(state="off")


def told(state: str, **more: int) -> Lending:
    return CONNECTED.model_copy(update={"state": state, **more})


@pytest.fixture
def tray(qtbot: QtBot) -> Tray:
    return Tray(*tray_icons())


@pytest.fixture
def fake(qtbot: QtBot) -> FakeWindow:
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(900, 700)
    frame.show()
    return FakeWindow({ShowLending: CONNECTED}, frame)


def entries(tray: Tray) -> list[str]:
    return [a.text() for a in tray._menu.actions() if a.isVisible() and not a.isSeparator()]


def entry(tray: Tray, text: str) -> QAction:
    return next(each for each in tray._menu.actions() if each.text() == text)


def test_without_lending_nothing_is_said_of_it(tray: Tray) -> None:
    assert entries(tray) == ["Open Marketer", "New activity", "Pause runs", "Quit"]
    tray.set_lending(CONNECTED)
    tray.set_lending(OFF)
    assert entries(tray) == ["Open Marketer", "New activity", "Pause runs", "Quit"]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("connected", "Lends to team.example.com:8443 · 7 answered"),
        ("paused", "Lending to team.example.com:8443 is paused · 7 answered"),
        ("waiting", "team.example.com:8443 is not reached · 7 answered"),
        ("connecting", "team.example.com:8443 is not reached · 7 answered"),
        ("refused", "team.example.com:8443 refuses to borrow"),
    ],
)
def test_it_says_to_whom_and_how_many(tray: Tray, state: str, says: str) -> None:
    tray.set_lending(told(state))
    pause = [] if state == "refused" else ["Pause lending"]
    expected = ["Open Marketer", "New activity", "Pause runs", says, *pause, "Quit"]
    assert entries(tray) == expected
    assert entry(tray, "Pause lending").isChecked() is (state == "paused")
    assert not entry(tray, "Pause runs").isChecked()


async def test_pausing_lending_pauses_no_run(tray: Tray, fake: FakeWindow) -> None:
    lending = TrayLending(fake.context, tray)
    paused_runs: list[bool] = []
    tray.pause_asked.connect(paused_runs.append)
    fake.engine.answers[PauseLending] = told("paused")
    lending.read()
    await fake.settle()
    entry(tray, "Pause lending").trigger()
    await fake.settle()
    assert entry(tray, "Pause lending").isChecked()
    fake.engine.answers[PauseLending] = CONNECTED
    entry(tray, "Pause lending").trigger()
    await fake.settle()
    assert [call.action for call in fake.engine.of(PauseLending)] == ["pause", "go_on"]
    assert not entry(tray, "Pause lending").isChecked() and paused_runs == []
    entry(tray, "Pause runs").trigger()
    assert paused_runs == [True] and len(fake.engine.of(PauseLending)) == 2


async def test_it_follows_the_bus_and_shows_what_holds_after_a_failure(
    tray: Tray, fake: FakeWindow, monkeypatch: pytest.MonkeyPatch, log_problems: Problems
) -> None:
    monkeypatch.setattr(tray_lending, "PATIENCE_MS", 0)
    lending = TrayLending(fake.context, tray)
    fake.engine.answers[ShowLending] = told("connected", answered=8)
    for _ in range(20):
        fake.engine.changed.emit("lending")
    fake.engine.changed.emit("projects")

    async def is_told() -> bool:
        await fake.settle()
        return "Lends to team.example.com:8443 · 8 answered" in entries(tray)

    await becomes_true(is_told)
    assert len(fake.engine.of(ShowLending)) == 1
    fake.engine.answers[PauseLending] = ServiceError("The engine is ending.")
    entry(tray, "Pause lending").trigger()
    await becomes_true(lambda: _seen(fake, 2))
    assert not entry(tray, "Pause lending").isChecked()
    assert fake.go.errors[0][0] == "The engine is ending."
    log_problems.records.clear()
    assert lending is not None


async def _seen(fake: FakeWindow, count: int) -> bool:
    await fake.settle()
    return len(fake.engine.of(ShowLending)) == count


class NotedTray:
    def __init__(self) -> None:
        self.told: list[str] = []

    def notify(self, title: str, text: str, activity_id: int | None = None) -> None:
        self.told.append(text)


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize("away", [True, False])
async def test_locked_keys_are_asked_for_once_the_engine_is_there(
    fake: FakeWindow, locked: bool, away: bool
) -> None:
    fake.window.setVisible(not away)
    place = SecretsPlace(kind="file", name="/data/kept.json", locked=locked)
    fake.engine.answers[ShowSecrets] = place
    tray = NotedTray()
    Unlocking(fake.context, cast(Tray, tray)).begin()
    await fake.settle()
    assert len(fake.window.findChildren(PassphraseSheet)) == locked
    assert tray.told == (
        ["Your keys are locked. Open the window to unlock them."] if locked and away else []
    )


async def test_autostart_is_asked_of_the_system_and_switched(
    fake: FakeWindow, qtbot: QtBot, log_problems: Problems
) -> None:
    card = AutostartCard(fake.context, fake.window)
    fake.engine.answers[ShowAutostart] = AutostartState(is_on=True, place="/etc/x")
    card.read()
    await fake.settle()
    assert card.switch.isChecked() and card.switch.toolTip() == "/etc/x"
    fake.engine.answers[SwitchAutostart] = ServiceError("Read-only.")
    card.switch.click()
    await fake.settle()
    assert fake.engine.of(SwitchAutostart) == [SwitchAutostart(on=False)]
    assert card.switch.isChecked() and fake.go.errors[0][0] == "Read-only."
    log_problems.records.clear()
    fake.engine.answers[SwitchAutostart] = AutostartState(is_on=False, place="/etc/x")
    card.switch.click()
    await fake.settle()
    assert not card.switch.isChecked()


@pytest.mark.parametrize("tray", [True, False])
def test_started_in_the_background_it_is_never_out_of_reach(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tray: bool
) -> None:
    monkeypatch.setattr(
        "marketer_desktop.ui.shell.window.QSystemTrayIcon.isSystemTrayAvailable", lambda: tray
    )
    window = MainWindow(WindowStore(tmp_path))
    qtbot.addWidget(window)
    window.show_without_tray()
    assert window.isVisible() is not tray and window.isMinimized() is not tray
