"""That a run waits for its outline is told where it is seen, and leads there."""

from collections.abc import AsyncIterator
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import ActivityDetails, ShowActivity
from marketer_desktop.services.live_runs import ListRuns, RunList
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.app.navigator import WindowNavigator
from marketer_desktop.ui.app.run_notices import RunNotices
from marketer_desktop.ui.app.runs import RunsWatch
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.shell.navigation import PageStack
from marketer_desktop.ui.shell.tray import Tray
from marketer_desktop.ui.shell.window import MainWindow
from tests.fakes.fake_bridge import FakeWindow

WAITS = RunEvent(activity_id=9, seq=6, kind="waiting", step="writing", progress=40)


class NotedTray:
    def __init__(self) -> None:
        self.told: list[tuple[str, int | None]] = []

    def notify(self, title: str, text: str, activity_id: int | None = None) -> None:
        self.told.append((text, activity_id))


@pytest.fixture
async def fake(qtbot: QtBot) -> AsyncIterator[FakeWindow]:
    window = QWidget()
    qtbot.addWidget(window)
    told = ActivityDetails(
        activity_id=9,
        status=OUTLINE_REVIEW,
        brief={"topic": "Beans"},
        path="an/earlier/text.md",
        executions=[],
        events=[],
    )
    fake = FakeWindow({ListRuns: RunList(runs=[]), ShowActivity: told}, window)
    yield fake
    await fake.tasks.close()


async def test_the_tray_tells_it_while_the_window_is_away(fake: FakeWindow) -> None:
    tray, runs = NotedTray(), RunsWatch(cast(EngineBridge, fake.engine), fake.tasks)
    notices = RunNotices(fake.context, runs, cast(Tray, tray))
    fake.engine.run_events.emit([WAITS])
    await fake.settle()
    assert tray.told == [("Waits for your outline: “Beans”", 9)]
    assert notices is not None


async def test_a_toast_tells_it_in_the_window_and_leads_there(
    fake: FakeWindow, qtbot: QtBot
) -> None:
    fake.window.show()
    fake.window.activateWindow()
    qtbot.waitUntil(fake.window.isActiveWindow)
    runs = RunsWatch(cast(EngineBridge, fake.engine), fake.tasks)
    notices = RunNotices(fake.context, runs, cast(Tray, NotedTray()))
    fake.engine.run_events.emit([WAITS])
    await fake.settle()
    ((text, action, lead),) = fake.go.toasts
    assert (text, action) == ("Waits for your outline: “Beans”", "Open")
    assert lead is not None
    lead()
    assert fake.go.went == [("activity", {"activity_id": 9})]
    assert notices is not None


async def test_its_place_is_the_progress_page_even_if_there_is_an_earlier_text(
    fake: FakeWindow,
) -> None:
    went: list[tuple[str, object]] = []

    class Noted:
        def go(self, page: str, arguments: object) -> None:
            went.append((page, arguments))

    go = WindowNavigator(cast(MainWindow, fake.window), cast(EngineBridge, fake.engine), fake.tasks)
    go.connect(cast(PageStack, Noted()), lambda **prefill: None)
    go.to("activity", activity_id=9)
    await fake.settle()
    assert went == [("progress", {"activity_id": 9})]
