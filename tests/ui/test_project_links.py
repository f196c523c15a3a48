"""The tab of internal links: a file in, pages by words, all of them out again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.projects import ShowProject
from marketer_desktop.services.site_pages import (
    ClearSitePages,
    ImportSitemap,
    ListSitePages,
    SiteImport,
    SitePageList,
)
from marketer_desktop.ui.pages.project.links_presenter import MOST_SHOWN
from marketer_desktop.ui.pages.project.page import ProjectPage
from marketer_desktop.ui.widgets.sheet import Sheet
from tests.factories.project_views import make_campaign, make_project
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

FILE = Path("sitemap.xml")
NONE = SitePageList(count=0, imported_at=None, pages=[])


def site(count: int) -> SitePageList:
    pages = [
        SitePage(url=f"https://northwind.example/{n}", title=f"Page {n}", description="")
        for n in range(count)
    ]
    return SitePageList(count=count, imported_at=datetime.now(UTC), pages=pages)


class Scene:
    """A project whose pages are kept by the fake engine."""

    def __init__(self, qtbot: QtBot) -> None:
        self.pages = NONE
        self.result = SiteImport(count=60, skipped=0, missing=[], truncated=False)
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(1064, 748)
        self.fake = FakeWindow(
            {
                ShowProject: make_project(make_campaign(1, "General")),
                ListSitePages: lambda call: self.pages,
                ImportSitemap: self._import,
                ClearSitePages: self._clear,
            },
            window,
        )
        self.page = ProjectPage(self.fake.context, window)
        self.page.resize(1064, 748)
        self.tab = self.page.links.tab

    def _import(self, call: ImportSitemap) -> SiteImport:
        self.pages = site(60)
        return self.result

    def _clear(self, call: ClearSitePages) -> SitePageList:
        self.pages = NONE
        return NONE

    async def open(self, **arguments: Any) -> None:
        self.fake.window.show()
        self.page.shown(**{"project_id": 1, "tab": "links", **arguments})
        await self.fake.settle()

    async def take_in(self, *paths: Path) -> None:
        self.tab.zone.dropped.emit(list(paths))
        await self.fake.settle()

    @property
    def titles(self) -> list[str]:
        model = self.tab.table.model()
        return [model.index(row, 0).data().split(",")[0] for row in range(model.rowCount())]


@pytest.fixture
async def scene(qtbot: QtBot) -> AsyncIterator[Scene]:
    made = Scene(qtbot)
    yield made
    await made.fake.tasks.close()


async def test_the_pages_are_read_only_where_they_are_looked_at(scene: Scene) -> None:
    await scene.open(tab="activities")
    assert scene.fake.engine.of(ListSitePages) == []
    scene.page.tabs.set_value("links")
    scene.page.tabs.chosen.emit("links")
    await scene.fake.settle()
    assert [call.project_id for call in scene.fake.engine.of(ListSitePages)] == [1]
    assert (scene.tab.empty.isVisible(), scene.tab.table.isVisible()) == (True, False)


async def test_a_file_is_imported_and_its_pages_are_found(scene: Scene) -> None:
    await scene.open()
    await scene.take_in(FILE)
    (call,) = scene.fake.engine.of(ImportSitemap)
    assert (call.project_id, call.path) == (1, FILE)
    assert scene.fake.go.toasts[-1][0] == "Imported 60 pages."
    assert len(scene.titles) == MOST_SHOWN
    assert scene.tab.more.text() == "10 more. Type a word to find one."
    assert scene.tab.about.text() == "60 pages, imported just now"
    QTest.keyClicks(scene.tab.search, "page 59")
    assert scene.titles == ["Page 59"]
    assert not scene.tab.more.isVisible()
    QTest.keyClicks(scene.tab.search, "x")
    assert not scene.tab.table.isVisible()
    assert scene.tab.more.text() == "No page has these words."


async def test_what_could_not_be_used_is_said(scene: Scene) -> None:
    scene.result = SiteImport(
        count=60, skipped=3, missing=["a.xml", "b.xml", "c.xml", "d.xml"], truncated=False
    )
    await scene.open()
    await scene.take_in(FILE)
    assert scene.fake.go.toasts[-1][0].endswith("3 entries were no web pages and were left out.")
    assert scene.tab._banner.isVisible()
    said = scene.tab._banner._label.text()
    assert said.startswith("Not beside the file: a.xml, b.xml, c.xml and 1 more.")
    scene.result = SiteImport(count=60, skipped=0, missing=[], truncated=False)
    await scene.take_in(FILE)
    assert not scene.tab._banner.isVisible()


async def test_two_files_are_too_many(scene: Scene) -> None:
    await scene.open()
    await scene.take_in(FILE, FILE)
    assert scene.fake.engine.of(ImportSitemap) == []
    assert scene.fake.go.toasts[-1][0].startswith("Choose one file")


async def test_a_file_of_no_use_leaves_what_was_there(scene: Scene, log_problems: Problems) -> None:
    scene.pages = site(2)
    scene.fake.engine.answers[ImportSitemap] = ServiceError("“sitemap.xml” lists no page.")
    await scene.open()
    await scene.take_in(FILE)
    assert scene.fake.go.errors[-1][0] == "“sitemap.xml” lists no page."
    assert scene.titles == ["Page 0", "Page 1"]
    assert scene.tab.zone.isEnabled()
    log_problems.records.clear()


@pytest.mark.parametrize(("answer", "left"), [("Remove", 0), ("Cancel", 2)])
async def test_all_pages_are_cleared_after_a_question(scene: Scene, answer: str, left: int) -> None:
    scene.pages = site(2)
    await scene.open()
    scene.tab.clear.click()
    await scene.fake.settle()
    (sheet,) = (sheet for sheet in scene.fake.window.findChildren(Sheet) if sheet.isVisible())
    assert sheet.title.text() == "Remove 2 pages?"
    next(b for b in sheet.findChildren(QPushButton) if b.text() == answer).click()
    await scene.fake.settle()
    assert len(scene.fake.engine.of(ClearSitePages)) == (left == 0)
    assert len(scene.titles) == left
    assert scene.tab.empty.isVisible() is (left == 0)


async def test_another_project_has_other_pages(scene: Scene) -> None:
    scene.pages = site(2)
    await scene.open()
    scene.tab.search.setText("zzz")
    scene.pages = site(1)
    await scene.open(project_id=2)
    assert scene.tab.search.text() == ""
    assert scene.titles == ["Page 0"]
    assert scene.fake.engine.of(ListSitePages)[-1].project_id == 2
