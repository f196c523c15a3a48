"""The calendar in a window: pills on their days, moved, and as a list."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from marketer_desktop.services.publications import ListPublications, PublicationList
from marketer_desktop.services.publish import Publish
from marketer_desktop.ui.pages.calendar.page import CalendarPage
from marketer_desktop.ui.theme.theme import Theme
from tests.factories.publications import a_publication
from tests.fakes.fake_bridge import FakeWindow
from tests.patience import becomes_true


class Scene:
    """A calendar page with an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = datetime.now().astimezone().replace(second=0, microsecond=0)
        self.main = QMainWindow()
        qtbot.addWidget(self.main)
        at = self.now + timedelta(minutes=1)
        self.planned = a_publication(state="waiting", published_at=None, publish_at=at, due_at=at)
        self.fake = FakeWindow(
            {
                ListPublications: PublicationList(publications=[self.planned]),
                Publish: self.planned,
            },
            self.main,
        )
        self.page = CalendarPage(self.fake.context)
        self.main.setCentralWidget(self.page)
        self.main.resize(1280, 800)
        self.main.show()

    async def until(self, condition: Any) -> None:
        async def holds() -> bool:
            await self.fake.settle()
            return bool(condition())

        await becomes_true(holds, 5.0)


@pytest.fixture
async def scene(qtbot: QtBot, theme: Theme) -> AsyncIterator[Scene]:
    made = Scene(qtbot)
    made.page.shown()
    await made.until(lambda: any(cell.pills for cell in made.page.cells))
    yield made
    await made.fake.tasks.close()


async def test_a_text_lies_on_its_day_and_opens(scene: Scene) -> None:
    (cell,) = [each for each in scene.page.cells if each.pills]
    assert scene.planned.publish_at is not None
    assert cell.day == scene.planned.publish_at.astimezone().date()
    (pill,) = cell.pills
    assert "Coffee for the office" in pill.accessibleName()
    assert pill.accessibleName().startswith("Scheduled: ")
    pill.click()
    assert scene.fake.go.went == [("activity", {"activity_id": 7})]


async def test_a_text_is_moved_to_another_day(scene: Scene) -> None:
    (cell,) = [each for each in scene.page.cells if each.pills]
    later = cell.day + timedelta(days=9)
    cell.dropped.emit(scene.planned.id, later)
    await scene.until(lambda: scene.fake.go.toasts)
    (call,) = scene.fake.engine.of(Publish)
    assert call.publish_at.date() == later
    assert call.publish_at.timetz() == scene.planned.publish_at.astimezone().timetz()  # type: ignore[union-attr]
    assert scene.fake.go.toasts[-1][0].startswith("Moved to ")


async def test_what_is_past_is_no_day_to_move_to(scene: Scene) -> None:
    cell = scene.page.cells[0]
    cell.dropped.emit(scene.planned.id, cell.day - timedelta(days=40))
    assert scene.fake.engine.of(Publish) == []
    assert "past" in scene.fake.go.toasts[-1][0]


async def test_months_are_turned_and_an_empty_one_says_so(scene: Scene) -> None:
    before = scene.page.title.text()
    scene.fake.engine.answers[ListPublications] = PublicationList(publications=[])
    scene.page.after.click()
    await scene.until(lambda: scene.page.empty.isVisible())
    assert scene.page.title.text() != before
    assert scene.page.empty.title.text() == f"Nothing planned in {scene.page.title.text()}"


async def test_narrow_it_is_a_list(scene: Scene) -> None:
    scene.main.resize(720, 600)
    await scene.until(lambda: scene.page.table.isVisible())
    assert not scene.page.cells[0].isVisible()
    assert scene.page.table.model().rowCount() == 1
