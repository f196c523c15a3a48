"""The dashboard: what it shows, where it leads, and how it keeps up."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import ResumeActivity
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.change_status import ArchiveActivity, ChangeStatus, StatusChange
from marketer_desktop.services.overview import ShowOverview
from marketer_desktop.ui.pages.dashboard.page import DashboardPage
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.row_list import Row
from marketer_desktop.ui.widgets.tile import Tile
from tests.factories.project_views import make_line, make_overview
from tests.fakes.fake_bridge import FakeWindow

RUNNING = {"progress": 40, "step": "writing"}
OVERVIEW = make_overview(make_line(1, "generating", **RUNNING), make_line(2, "failed"))


@pytest.fixture
async def fake(qtbot: QtBot) -> AsyncIterator[FakeWindow]:
    window = QWidget()
    qtbot.addWidget(window)
    fake = FakeWindow({ShowOverview: OVERVIEW.model_copy(deep=True)}, window)
    yield fake
    await fake.tasks.close()


async def opened(fake: FakeWindow, width: int = 1063, height: int = 747) -> DashboardPage:
    page = DashboardPage(fake.context, fake.window)
    fake.window.resize(width, height)
    page.resize(width, height)
    fake.window.show()
    page.shown()
    await fake.settle()
    return page


def rows(page: DashboardPage) -> list[Row]:
    model = page.recent.list.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.UserRole + 1) for n in range(model.rowCount())]


async def test_it_shows_activities_usage_and_projects(fake: FakeWindow) -> None:
    page = await opened(fake)
    assert [(row.title, row.pill) for row in rows(page)] == [
        ("Tea, part 1", ("Writing", "accent")),
        ("Tea, part 2", ("Failed", "error")),
    ]
    assert rows(page)[0].subtitle == "General · 40% · writing"
    assert page.projects.table.model().index(0, 3).data() == "12 activities"
    assert "1: 1,450" in page.usage.chart.accessibleDescription()
    assert fake.engine.of(ShowOverview)[0].recent == 8


async def test_progress_is_shown_without_reading_again(fake: FakeWindow) -> None:
    page = await opened(fake)
    event = RunEvent(activity_id=1, kind="progress", step="editing", progress=71)
    fake.engine.run_events.emit([event])
    await fake.settle()
    assert rows(page)[0].subtitle == "General · 71% · editing"
    assert len(fake.engine.of(ShowOverview)) == 1
    fake.engine.run_events.emit([event.model_copy(update={"kind": "ended"})])
    await fake.settle()
    assert len(fake.engine.of(ShowOverview)) == 2


async def test_changes_during_a_read_are_read_once_more(fake: FakeWindow) -> None:
    await opened(fake)
    fake.engine.held.clear()
    for subject in ("projects", "activities", "documents", "models"):
        fake.engine.changed.emit(subject)
        await fake.settle()
    fake.engine.held.set()
    await fake.settle()
    assert len(fake.engine.of(ShowOverview)) == 3


async def test_tiles_links_and_rows_lead_on(fake: FakeWindow, qtbot: QtBot) -> None:
    page = await opened(fake)
    for tile in page.tiles.findChildren(Tile):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert [wizard["type"] for wizard in fake.go.wizards] == [
        "blog",
        "webpage",
        "linkedin",
        "twitter",
        "email",
    ]
    page.batch.click()
    page.recent.list.activated_row.emit(2)
    page.projects.table.activated_row.emit(1)
    assert page.projects.action is not None
    page.projects.action.click()
    assert fake.go.went == [
        ("optimise", {}),
        ("batch", {}),
        ("activity", {"activity_id": 2}),
        ("project", {"project_id": 1}),
        ("projects", {"new": True}),
    ]


async def test_the_first_piece_is_begun_from_an_empty_page(fake: FakeWindow) -> None:
    fake.engine.answers[ShowOverview] = make_overview(projects=[])
    page = await opened(fake)
    assert not page.recent.list.isVisible()
    assert not page.projects.isVisible()
    texts = {label.text() for label in page.recent.findChildren(QWidget) if hasattr(label, "text")}
    assert {"Write your first piece", "A topic and a keyword are enough."} <= texts
    page.recent.begin.emit()
    assert fake.go.wizards == [{}]


async def test_an_error_says_so_and_is_tried_again(fake: FakeWindow, log_problems: Any) -> None:
    fake.engine.answers[ShowOverview] = ServiceError("The database is restarting.")
    page = await opened(fake)
    view = page.findChild(ErrorView)
    assert view is not None
    assert not page.tiles.isVisible()
    log_problems.records.clear()
    fake.engine.answers[ShowOverview] = OVERVIEW
    next(b for b in view.findChildren(Button) if b.text() == "Try again").click()
    await fake.settle()
    assert page.tiles.isVisible()
    assert len(rows(page)) == 2


async def test_what_is_shown_stays_when_reading_again_fails(
    fake: FakeWindow, log_problems: Any
) -> None:
    page = await opened(fake)
    fake.engine.answers[ShowOverview] = ServiceError("The database is restarting.")
    page.shown()
    await fake.settle()
    log_problems.records.clear()
    assert [message for message, _ in fake.go.errors] == ["The database is restarting."]
    assert page.recent.list.isVisible()


async def test_more_rows_are_shown_when_asked_for(fake: FakeWindow) -> None:
    lines = [make_line(number) for number in range(1, 9)]
    fake.engine.answers[ShowOverview] = lambda call: make_overview(*lines[: call.recent])
    page = await opened(fake)
    assert len(rows(page)) == 5
    page.recent.expand.emit()
    await fake.settle()
    assert (len(rows(page)), fake.engine.of(ShowOverview)[-1].recent) == (8, 50)
    page.recent.expand.emit()
    await fake.settle()
    assert len(rows(page)) == 5


@pytest.mark.parametrize(("width", "beside"), [(1063, True), (843, False), (700, False)])
async def test_cards_stand_beside_each_other_where_there_is_room(
    fake: FakeWindow, width: int, beside: bool
) -> None:
    page = await opened(fake, width)
    recent, usage = page.recent.geometry(), page.usage.geometry()
    assert (usage.top() == recent.top()) is beside
    assert (usage.left() > recent.right()) is beside
    tiles = {tile.y() for tile in page.tiles.findChildren(Tile)}
    assert len(tiles) == (1 if beside else 2)
    assert page.horizontalScrollBar().maximum() == 0


async def test_a_run_is_resumed_and_archived_with_a_way_back(fake: FakeWindow) -> None:
    page = await opened(fake)
    fake.engine.answers[ResumeActivity] = None
    change = StatusChange(activity_id=2, before="failed", status="archived")
    fake.engine.answers |= {ArchiveActivity: change, ChangeStatus: change}
    running, failed = OVERVIEW.activities
    assert [a.text() for a in page._actions.menu(running).actions()] == ["Open"]
    actions = {a.text(): a for a in page._actions.menu(failed).actions()}
    assert list(actions) == ["Open", "Resume", "Archive"]
    actions["Resume"].trigger()
    actions["Archive"].trigger()
    await fake.settle()
    assert fake.engine.of(ResumeActivity)[0].follow is False
    text, action, undo = fake.go.toasts[-1]
    assert (text, action) == ("Archived.", "Undo")
    assert undo is not None
    undo()
    await fake.settle()
    assert fake.engine.of(ChangeStatus) == [ChangeStatus(activity_id=2, status="failed")]
