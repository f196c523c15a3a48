"""A sitemap and a table of briefs, on real services: imported, checked, written, opened."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.projects import CreateProject
from marketer_desktop.ui.pages.batch.page import BatchPage
from marketer_desktop.ui.pages.project.page import ProjectPage
from tests.factories.engines import running_parts
from tests.factories.near_window import NearWindow
from tests.fakes.scripted_chat_model import ScriptedChatModel

ENDED = {"Ready", "Needs attention"}
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://northwind.example/coffee-guide</loc></url>
<url><loc>https://northwind.example/prices</loc></url>
</urlset>
"""


@pytest.fixture
async def window(
    qtbot: QtBot, migrated_url: str, tmp_path: Path, shared_embeddings: MiniLmEmbeddings
) -> AsyncIterator[NearWindow]:
    model = ScriptedChatModel(about="coffee")
    async with running_parts(migrated_url, tmp_path / "data", model, shared_embeddings) as parts:
        window = NearWindow(qtbot, parts)
        yield window
        await window.close()


def states(page: BatchPage) -> list[str]:
    model = page.table.model()
    return [model.index(row, 3).data() for row in range(model.rowCount())]


async def test_a_table_is_written_and_known_when_it_comes_again(
    window: NearWindow, tmp_path: Path
) -> None:
    path = tmp_path / "briefs.csv"
    rows = ["email;coffee for the office;coffee;60", "email;tea;;60", "linkedin;home;coffee;70"]
    path.write_text("\n".join(["type;topic;keywords;words", *rows]), "utf-8")
    page = BatchPage(window.context)
    window.add(page)
    page.shown()
    page.check(path)
    await window.until(page.generate.isEnabled)
    assert states(page) == ["To write", "Left out", "To write"]
    assert page._banner._label.text() == "Row 3: no keyword."
    page.generate.click()
    await window.until(lambda: {states(page)[0], states(page)[2]} <= ENDED)
    await window.until(lambda: not page.generate.is_loading)
    page.table.activated_row.emit(2)
    ((target, arguments),) = window.fake.go.went
    assert (target, arguments["activity_id"] is None) == ("activity", False)
    written = states(page)
    page.again.click()
    await window.until(lambda: page.presenter.result is None)
    assert states(page) == written
    assert not page.generate.isEnabled()


async def test_the_pages_of_a_site_come_and_go(window: NearWindow, tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_text(SITEMAP, "utf-8")
    project = await window.bridge.call(CreateProject(name="Northwind"))
    page = ProjectPage(window.context)
    window.add(page)
    page.shown(project_id=project.project_id, tab="links")
    tab = page.links.tab
    await window.until(tab.empty.isVisible)
    tab.zone.dropped.emit([path])
    await window.until(tab.table.isVisible)
    assert tab.table.model().rowCount() == 2
    tab.search.setText("prices")
    assert tab.table.model().rowCount() == 1
