"""The editor page on the real services: what is typed is in the database, and comes back."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.call import Call
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.registry import SERVICES
from marketer_desktop.services.revisions import ListRevisions
from marketer_desktop.ui.pages.editor.page import EditorPage
from marketer_desktop.ui.theme.theme import Theme
from tests.factories.contents import ARTICLE, add_content
from tests.factories.engines import Ear, running_parts
from tests.fakes.fake_bridge import FakeWindow
from tests.fakes.saying_model import SayingModel
from tests.patience import becomes_true


class Desk:
    """A page whose calls go to the services."""

    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.parts = parts
        self.main = QMainWindow()
        qtbot.addWidget(self.main)
        self.fake = FakeWindow({}, self.main)
        self.fake.engine.call = self._call  # type: ignore[method-assign]
        self.page = EditorPage(self.fake.context)
        self.editor = self.page.column.editor
        self.main.setCentralWidget(self.page)
        self.main.resize(1280, 800)
        self.main.show()

    async def _call(self, call: Call[Any], on_event: Callable[[Any], None] | None = None) -> Any:
        return await SERVICES[type(call).__name__].run(call, self.parts, on_event or Ear())

    async def open(self, activity_id: int) -> None:
        self.page.shown(activity_id=activity_id)
        await self.until(lambda: self.page.text is not None and self.page.text.state.report)

    async def until(self, condition: Callable[[], Any]) -> None:
        async def holds() -> bool:
            await self.fake.settle()
            return bool(condition())

        await becomes_true(holds, 10)


@pytest.fixture
async def desk(
    qtbot: QtBot,
    theme: Theme,
    migrated_url: str,
    tmp_path: Path,
    shared_embeddings: MiniLmEmbeddings,
) -> AsyncIterator[Desk]:
    model = SayingModel(about="tea", sayings=["A cup costs 40 cents at most."])
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        desk = Desk(qtbot, parts)
        yield desk
        desk.page.left()
        await desk.fake.tasks.finish(10)
        await desk.fake.tasks.close()


async def test_what_is_typed_is_stored_and_comes_back(desk: Desk) -> None:
    activity_id = await add_content(desk.parts)
    await desk.open(activity_id)
    assert desk.page.column.status_bar.words.text() == "43 words"
    QTest.keyClicks(desk.editor, "Fresh ")
    desk.page.left()
    await desk.open(activity_id)
    assert desk.editor.markdown() == ARTICLE.replace("# Coffee", "# Fresh Coffee")
    stored = Path(desk.page.text.state.content.folder) / "article.md"  # type: ignore[union-attr]
    assert stored.read_text("utf-8") == desk.editor.markdown()


async def test_a_rewritten_and_a_restored_text_are_revisions(desk: Desk) -> None:
    activity_id = await add_content(desk.parts)
    await desk.open(activity_id)
    desk.editor.setTextCursor(desk.editor.document().find("A cup costs 40 cents"))
    desk.page.column.command_asked.emit("rephrase", "")
    panel = desk.page.rewriting.panel
    await desk.until(panel.accept.isEnabled)
    assert panel.note.text() == ""
    panel.accept.click()
    assert "A cup costs 40 cents at most." in desk.editor.markdown()
    desk.page.toggle_history()
    rows = desk.page.panel.revisions.list.model()
    await desk.until(lambda: rows.rowCount() == 2)
    desk.page.panel.revisions.restore_asked.emit(1)
    await desk.until(lambda: rows.rowCount() == 3)
    await desk.until(lambda: desk.page.text is not None)
    assert desk.editor.markdown() == ARTICLE
    call = ListRevisions(activity_id=activity_id)
    listed = await SERVICES["ListRevisions"].run(call, desk.parts, Ear())
    reasons = [entry["reason"] for entry in listed.model_dump()["revisions"]]
    assert reasons == ["restored", "edited", "generated"]


async def test_a_check_is_mended_by_the_engine_and_the_score_follows(desk: Desk) -> None:
    activity_id = await add_content(desk.parts)
    await desk.open(activity_id)
    desk.page.show_tab("seo")
    view = desk.page.panel.seo.view
    before = desk.page.text.state.seo  # type: ignore[union-attr]
    assert before is not None and view.gauges.seo.rating.isVisible()
    row = next(
        row
        for row in view.verdict.contract.rows()
        if row.finding is not None and row.finding.id == "keyphrase_in_subheadings"
    )
    row.fix_button.click()
    await desk.until(lambda: desk.fake.go.toasts)
    assert desk.fake.go.toasts[0][0].startswith("Fixed. ")
    fixed = desk.editor.markdown()
    assert fixed != ARTICLE and fixed.endswith(ARTICLE[ARTICLE.index("---") :])
    await desk.until(lambda: (desk.page.text.state.seo or 0) > before)  # type: ignore[union-attr]
    desk.editor.undo()
    assert desk.editor.markdown() == ARTICLE
