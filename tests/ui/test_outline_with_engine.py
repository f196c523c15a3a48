"""From the wizard over an edited outline to the draft, on real services, with a restart between."""

from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.activities import ShowActivity
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.pages.progress.page import ProgressPage
from marketer_desktop.ui.pages.wizard.wizard import Wizard
from tests.factories.engines import running_parts
from tests.factories.near_window import NearWindow
from tests.fakes.scripted_chat_model import ScriptedChatModel

HEADING = "What a fresh cup is worth"


async def begun(window: NearWindow) -> int:
    """A run that the wizard has started, with *Review outline* on."""
    wizard = Wizard(window.context)
    wizard.open(topic="fresh coffee at work", keywords=["coffee"], type="blog")
    sheet = wizard.sheet
    assert sheet is not None
    await window.until(sheet.next.isVisible)
    sheet.go_on()
    sheet.go_on()
    sheet.options.words.setValue(120)
    assert not sheet.options.only_documents.isEnabled()
    sheet.options.review_outline.click()
    sheet.go_on()
    await window.until(lambda: bool(window.fake.go.went))
    ((_, arguments),) = window.fake.go.went
    number = arguments["activity_id"]
    assert isinstance(number, int)
    return number


def opened(window: NearWindow, activity_id: int) -> ProgressPage:
    page = ProgressPage(window.context)
    window.add(page)
    page.shown(activity_id=activity_id)
    return page


async def test_an_edited_outline_is_what_is_written(
    qtbot: QtBot, migrated_url: str, tmp_path: Path, shared_embeddings: MiniLmEmbeddings
) -> None:
    model = ScriptedChatModel(about="coffee")
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        window = NearWindow(qtbot, parts)
        activity_id = await begun(window)
        page = opened(window, activity_id)
        await window.until(page.write.isVisible)
        rows = page.outline.sections.rows
        first = next(iter(rows.values()))
        first.heading.clear()
        QTest.keyClicks(first.heading, HEADING)
        page.left()
        await window.close()
    async with running_parts(migrated_url, tmp_path, model, shared_embeddings) as parts:
        window = NearWindow(qtbot, parts)
        again = Wizard(window.context)
        again.open()
        assert again.sheet is not None
        await window.until(again.sheet.next.isVisible)
        assert again.sheet.presenter.values.review_outline
        again.sheet.close_sheet()
        page = opened(window, activity_id)
        await window.until(page.write.isVisible)
        rows = page.outline.sections.rows
        assert next(iter(rows.values())).heading.text() == HEADING
        page.write.click()
        await window.until(lambda: HEADING in page.draft.toPlainText())
        assert page.draft.isVisible()
        told = await window.bridge.call(ShowActivity(activity_id=activity_id))
        assert told.status != OUTLINE_REVIEW
        page._cancel()  # what is written after that is the workflow's own matter
        await window.until(lambda: page.card.headline.text() in ("Stopped", "Ready"))
        await window.close()
