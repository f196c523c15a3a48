"""Runs and the end of the app: nothing is cut off unasked, and what was left goes on."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import ActivityDetails, ResumeActivity, ShowActivity
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.live_runs import ListRuns, LiveRun, RunList
from marketer_desktop.services.profile import Profile, SavePreferences, ShowProfile
from marketer_desktop.ui.app import closing as closing_module
from marketer_desktop.ui.app import run_notices as notices_module
from marketer_desktop.ui.app.closing import Closing
from marketer_desktop.ui.app.run_notices import RunNotices
from marketer_desktop.ui.app.runs import RESUME, RunsWatch
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.shell.tray import Tray, tray_icons
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore
from tests.fakes.fake_bridge import FakeWindow


def run(activity_id: int, status: str) -> LiveRun:
    return LiveRun(
        activity_id=activity_id,
        title=f"Piece {activity_id}",
        type="blog",
        status=status,
        step="writing",
        progress=40,
        eta_seconds=None,
        position=0,
    )


def profile(**preferences: Any) -> Profile:
    return Profile(
        user_id=1, name="Ada", organization_id=1, organization="Here", preferences=preferences
    )


class FakeTray:
    def __init__(self, available: bool) -> None:
        self.is_available = available
        self.told: list[tuple[str, str, int | None]] = []

    def notify(self, title: str, text: str, activity_id: int | None = None) -> None:
        self.told.append((title, text, activity_id))


class Scene:
    """A window whose engine knows some runs."""

    def __init__(self, qtbot: QtBot, folder: Path, runs: list[LiveRun], **preferences: Any) -> None:
        self.store = WindowStore(folder)
        self.window = MainWindow(self.store)
        qtbot.addWidget(self.window)
        self.window.show()
        self.fake = FakeWindow(
            {
                ListRuns: RunList(runs=runs),
                ShowProfile: profile(**preferences),
                SavePreferences: profile(),
                ResumeActivity: ActivityReport(activity_id=1, status="generating"),
            },
            self.window,
        )
        self.runs = RunsWatch(cast(EngineBridge, self.fake.engine), self.fake.tasks)
        self.ended: list[bool] = []

    def closing(self, tray: FakeTray) -> Closing:
        return Closing(
            self.window, self.store, cast(Tray, tray), self.runs, lambda: self.ended.append(True)
        )

    async def live(self, main: Callable[[], Coroutine[Any, Any, None]]) -> None:
        await main()
        await self.fake.tasks.close()

    async def read(self) -> None:
        self.runs.read()
        await self.fake.settle()


def answering(monkeypatch: pytest.MonkeyPatch, module: Any, answer: bool) -> list[str]:
    asked: list[str] = []

    async def confirm(window: Any, title: str, text: str, action: str, **options: Any) -> bool:
        asked.append(f"{title} {text}")
        return answer

    monkeypatch.setattr(module, "confirm", confirm)
    return asked


async def test_with_a_tray_the_cross_hides_and_says_so_once(qtbot: QtBot, tmp_path: Path) -> None:
    scene, tray = Scene(qtbot, tmp_path, []), FakeTray(available=True)

    async def main() -> None:
        await scene.closing(tray).on_close_asked()
        assert not scene.window.isVisible()
        scene.window.show()
        await scene.closing(tray).on_close_asked()
        assert [text for text, _, _ in tray.told] == ["Still running in the tray."]
        assert scene.ended == []

    await scene.live(main)


async def test_without_a_tray_the_cross_ends_the_app(qtbot: QtBot, tmp_path: Path) -> None:
    scene = Scene(qtbot, tmp_path, [run(1, "completed")])

    async def main() -> None:
        await scene.read()
        await scene.closing(FakeTray(available=False)).on_close_asked()
        assert scene.ended == [True]
        assert scene.fake.engine.of(SavePreferences) == []

    await scene.live(main)


@pytest.mark.parametrize("agreed", [True, False])
async def test_quitting_under_a_run_asks_and_leaves_it_for_the_next_start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    scene = Scene(qtbot, tmp_path, [run(4, "generating"), run(5, "waiting"), run(6, "completed")])
    asked = answering(monkeypatch, closing_module, agreed)

    async def main() -> None:
        await scene.read()
        await scene.closing(FakeTray(available=True)).quit()

    await scene.live(main)
    assert "2 runs" in asked[0]
    assert "next start" in asked[0]
    saved = [call.values for call in scene.fake.engine.of(SavePreferences)]
    assert (scene.ended, saved) == (([True], [{RESUME: [4, 5]}]) if agreed else ([], []))


async def test_the_next_start_resumes_what_was_left_and_offers_what_was_cut_off(
    qtbot: QtBot, tmp_path: Path
) -> None:
    runs = [run(4, "interrupted"), run(5, "interrupted"), run(6, "generating")]
    scene = Scene(qtbot, tmp_path, runs, **{RESUME: [4]})
    offered: list[list[LiveRun]] = []
    scene.runs.cut_off.connect(offered.append)

    async def main() -> None:
        scene.runs.go_on_from_last_time()
        await scene.fake.settle()

    await scene.live(main)
    resumed = scene.fake.engine.of(ResumeActivity)
    assert [(call.activity_id, call.follow) for call in resumed] == [(4, False)]
    assert scene.fake.engine.of(SavePreferences)[0].values == {RESUME: []}
    assert [[each.activity_id for each in found] for found in offered] == [[5]]


async def test_a_cut_off_run_is_resumed_if_the_user_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene(qtbot, tmp_path, [run(5, "interrupted")])
    asked = answering(monkeypatch, notices_module, True)
    notices = RunNotices(scene.fake.context, scene.runs, cast(Tray, FakeTray(available=True)))

    async def main() -> None:
        scene.runs.go_on_from_last_time()
        await scene.fake.settle()
        assert [call.activity_id for call in scene.fake.engine.of(ResumeActivity)] == [5]
        assert scene.fake.go.went == [("activity", {"activity_id": 5})]

    await scene.live(main)
    assert "“Piece 5”" in asked[0]
    assert notices is not None


async def test_the_end_of_a_run_is_told_where_it_is_seen(qtbot: QtBot, tmp_path: Path) -> None:
    scene, tray = Scene(qtbot, tmp_path, []), FakeTray(available=True)
    scene.fake.engine.answers[ShowActivity] = ActivityDetails(
        activity_id=9, status="needs_attention", title="Beans", executions=[], events=[]
    )
    notices = RunNotices(scene.fake.context, scene.runs, cast(Tray, tray))
    event = RunEvent(activity_id=9, seq=8, kind="ended", step="complete", progress=100)

    async def main() -> None:
        scene.window.hide()
        await scene.fake.settle()
        scene.fake.engine.run_events.emit([event])
        await scene.fake.settle()

    await scene.live(main)
    assert [(text, number) for _, text, number in tray.told] == [
        ("Checks need attention: “Beans”", 9)
    ]
    assert notices is not None


def test_the_tray_lists_runs_under_way(qtbot: QtBot) -> None:
    tray = Tray(*tray_icons())
    tray.set_runs([run(1, "generating"), run(2, "completed")])
    texts = [action.text() for action in tray._menu.actions() if not action.isSeparator()]
    assert texts == ["Open Marketer", "New activity", "Piece 1 · 40 %", "Pause runs", "Quit"]
    asked: list[int] = []
    tray.run_asked.connect(asked.append)
    tray._menu.actions()[3].trigger()
    assert asked == [1]
    tray.set_runs([])
    assert len([each for each in tray._menu.actions() if not each.isSeparator()]) == 4
