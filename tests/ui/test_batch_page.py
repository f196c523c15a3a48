"""The page of batches: choosing, checking, writing, opening, stopping, a template."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.batch import GenerateBatch
from marketer_desktop.services.batch_table import CheckBatch
from marketer_desktop.services.batch_template import SaveBatchTemplate, SavedTemplate
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.projects import ListProjects, ProjectList
from marketer_desktop.ui.pages.batch.page import BatchPage
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.label import Label
from tests.factories.batches import make_check, make_event, make_result, make_row
from tests.factories.project_views import make_summary
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

FILE = Path("folder/briefs.csv")
CTRL = Qt.KeyboardModifier.ControlModifier


class Scene:
    """The page with two projects, and a file of three rows."""

    def __init__(self, qtbot: QtBot) -> None:
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.frame.resize(1064, 748)
        projects = [make_summary(1, "Spring"), make_summary(2, "Autumn")]
        self.window = FakeWindow(
            {
                ListProjects: ProjectList(projects=projects),
                CheckBatch: make_check(),
                GenerateBatch: make_result(row_2="completed", row_3="invalid", row_4="failed"),
                SaveBatchTemplate: lambda call: SavedTemplate(path=call.path),
            },
            self.frame,
        )
        self.page = BatchPage(self.window.context, self.frame)
        self.page.resize(1064, 748)

    async def open(self, **arguments: Any) -> None:
        self.frame.show()
        self.page.shown(**arguments)
        await self.window.settle()

    async def choose(self) -> None:
        self.page.zone.dropped.emit([FILE])
        await self.window.settle()

    def column(self, place: int) -> list[str]:
        model = self.page.table.model()
        return [model.index(row, place).data() for row in range(model.rowCount())]

    @property
    def said(self) -> str:
        banner = self.page._banner
        labels = [label.text() for label in banner.findChildren(Label)]
        return "".join(labels) if banner.isVisible() else ""


@pytest.fixture
async def scene(qtbot: QtBot) -> AsyncIterator[Scene]:
    made = Scene(qtbot)
    await made.open()
    yield made
    made.window.engine.held.set()
    await made.window.tasks.close()


async def test_without_a_file_it_says_how_to_begin(scene: Scene) -> None:
    page = scene.page
    assert (page.empty.isVisible(), page.table.isVisible()) == (True, False)
    assert not page.generate.isEnabled()
    page.generate.click()
    QTest.keyClick(page.zone, Qt.Key.Key_Return, CTRL)
    await scene.window.settle()
    assert scene.window.engine.of(GenerateBatch) == []


async def test_the_rows_of_a_file_are_checked(scene: Scene) -> None:
    await scene.choose()
    (call,) = scene.window.engine.of(CheckBatch)
    assert (call.path, call.project_id) == (FILE, 1)
    assert scene.column(0) == ["2", "3", "4"]
    assert scene.column(3) == ["To write", "Left out", "To write"]
    assert scene.column(1)[1] == "A subscription for beans, Row 3: no keyword."
    assert scene.said == "Row 3: no keyword."
    assert scene.page._counts.text() == "3 rows · 1 left out"
    assert scene.page.generate.text() == "Generate 2 pieces"
    assert scene.page.generate.isEnabled()


async def test_another_project_is_checked_anew(scene: Scene) -> None:
    await scene.choose()
    scene.page.project.chosen.emit(2)
    await scene.window.settle()
    scene.page.again.click()
    await scene.window.settle()
    assert [call.project_id for call in scene.window.engine.of(CheckBatch)] == [1, 2, 2]


async def test_a_project_of_another_organization_gives_way(scene: Scene) -> None:
    await scene.choose()
    others = ProjectList(projects=[make_summary(9, "Elsewhere")])
    scene.window.engine.answers[ListProjects] = others
    scene.window.engine.changed.emit("organizations")
    await scene.window.settle()
    assert [call.project_id for call in scene.window.engine.of(CheckBatch)] == [1, 9]
    assert not scene.page.project.isVisible()


async def test_one_file_at_a_time(scene: Scene) -> None:
    scene.page.zone.dropped.emit([FILE, FILE])
    await scene.window.settle()
    assert scene.window.engine.of(CheckBatch) == []
    assert scene.window.go.toasts[0][0] == "Choose one file at a time."


async def test_a_batch_is_watched_row_by_row_to_its_end(scene: Scene) -> None:
    await scene.choose()
    engine, page = scene.window.engine, scene.page
    engine.emits[GenerateBatch] = [
        make_event(2, "started"),
        make_event(4, "started"),
        make_event(2, "running", eta_seconds=118),
    ]
    engine.held.clear()
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    page.generate.click()
    await scene.window.settle()
    assert len(engine.of(GenerateBatch)) == 1
    engine.run_events.emit([RunEvent(activity_id=20, kind="progress", step="writing", progress=50)])
    assert scene.column(3) == ["50%", "Left out", "Waiting"]
    assert (page.zone.isVisible(), page.stop.isVisible()) == (False, True)
    assert page._said.text() == "0 of 2 written · about 2 min left"
    assert page._bar.value() == 25
    page.table.activated_row.emit(4)
    page.table.activated_row.emit(3)
    assert scene.window.go.went == [("activity", {"activity_id": 40})]
    engine.held.set()
    await scene.window.settle()
    assert scene.column(3) == ["Ready", "Left out", "Failed"]
    assert scene.said == "1 piece is ready. 1 failed. Generate again."
    assert page.generate.text() == "Generate 1 piece"
    assert not page.generate.is_loading
    assert not page.stop.isVisible()
    page.again.click()
    await scene.window.settle()
    assert scene.said == "Row 3: no keyword."


async def test_a_batch_is_stopped_and_goes_on(scene: Scene) -> None:
    await scene.choose()
    engine, page = scene.window.engine, scene.page
    engine.emits[GenerateBatch] = [make_event(2, "running")]
    cancelled: list[bool] = []

    async def slow(call: Any, on_event: Any = None) -> Any:
        for event in engine.emits.get(type(call), []):
            on_event(event)
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.append(True)

    whole, engine.call = engine.call, slow  # type: ignore[method-assign]
    page.generate.click()
    await scene.window.settle()
    assert scene.column(3)[0] == "0%"
    page.setFocus()
    page.stop.setFocus()
    page.stop.click()
    await scene.window.settle()
    assert cancelled == [True]
    assert scene.column(3) == ["Stopped", "Left out", "To write"]
    assert page.generate.text() == "Generate 2 pieces"
    assert "goes on with the rest" in scene.window.go.toasts[-1][0]
    engine.call = whole  # type: ignore[method-assign]
    page.generate.click()
    await scene.window.settle()
    assert len(engine.of(GenerateBatch)) == 1


async def test_a_file_that_is_no_table_can_be_tried_again(
    scene: Scene, log_problems: Problems
) -> None:
    scene.window.engine.answers[CheckBatch] = ServiceError("The table is empty.")
    await scene.choose()
    (view,) = (view for view in scene.page.findChildren(ErrorView) if view.isVisible())
    assert "The table is empty." in [label.text() for label in view.findChildren(Label)]
    assert not scene.page.generate.isEnabled()
    scene.window.engine.answers[CheckBatch] = make_check()
    next(b for b in view.findChildren(QPushButton) if b.text() == "Try again").click()
    await scene.window.settle()
    assert scene.page.table.isVisible()
    assert not view.isVisible()
    log_problems.records.clear()


async def test_a_failure_of_the_batch_leaves_its_rows_open(
    scene: Scene, log_problems: Problems
) -> None:
    await scene.choose()
    scene.window.engine.answers[GenerateBatch] = ServiceError("There is no model.")
    scene.page.generate.click()
    await scene.window.settle()
    assert scene.window.go.errors[-1][0] == "There is no model."
    assert scene.page.generate.text() == "Generate 2 pieces"
    assert not scene.page.generate.is_loading
    log_problems.records.clear()


async def test_what_an_earlier_call_has_written_stays(scene: Scene) -> None:
    done = make_row(2, activity_id=20, status="completed")
    scene.window.engine.answers[CheckBatch] = make_check(done, make_row(4))
    await scene.choose()
    assert scene.column(3) == ["Ready", "To write"]
    assert scene.page._counts.text() == "2 rows · 1 written"
    assert scene.page.generate.text() == "Generate 1 piece"


async def test_a_template_is_saved_where_it_is_wanted(scene: Scene) -> None:
    scene.page.save_template("folder/briefs.csv")
    await scene.window.settle()
    assert [call.path for call in scene.window.engine.of(SaveBatchTemplate)] == [FILE]
    assert scene.window.go.toasts[-1][0].startswith("Saved briefs.csv.")


@pytest.mark.parametrize("width", [1600, 1064, 700])
async def test_nothing_is_cut_off_at_any_width(scene: Scene, width: int) -> None:
    scene.frame.resize(width, 748)
    scene.page.resize(width, 748)
    await scene.choose()
    assert scene.page.horizontalScrollBar().maximum() == 0
    assert scene.page.table.isColumnHidden(0) is (width == 700)
