"""The editor page: a text is opened, edited, saved, checked, rewritten and left."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.check_text import CheckText
from marketer_desktop.services.content import OpenContent, SaveContent
from marketer_desktop.services.regenerate import (
    RegenerateActivity,
    RegenerateSection,
)
from marketer_desktop.services.rewrite import RewritePassage, Rewritten
from marketer_desktop.storage.full_disk import DiskIsFull
from marketer_desktop.ui.pages.editor import saver
from marketer_desktop.ui.pages.editor.regenerate_sheet import RegenerateSheet
from marketer_desktop.ui.pages.editor.saver import WAIT_MS
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.popover import Popover
from tests.factories.contents import ARTICLE
from tests.factories.editor_window import TWICE, Opened, Store
from tests.factories.reports import DENSITY, LONG_SENTENCES, score_of
from tests.guards import Problems

pytestmark = pytest.mark.usefixtures("quick_saves")


@pytest.fixture
async def window(qtbot: QtBot, theme: Theme) -> AsyncIterator[Opened]:
    opened = Opened(qtbot, Store(), (1280, 800))
    await opened.open()
    yield opened
    await opened.close()


async def test_a_text_is_shown_with_its_outline_and_its_counts(window: Opened) -> None:
    page = window.page
    assert window.editor.markdown() == ARTICLE
    assert page.head.title.text() == "Coffee for the office"
    assert page.head.status.text() == "Ready"
    headings = [page.side.outline.item(n).text() for n in range(page.side.outline.count())]
    assert headings[:2] == ["Coffee for the office", "What it costs"]
    assert page.column.status_bar.words.text() == "1,543 words"
    assert page.column.status_bar.minutes.text() == "6 min read"
    assert page.column.status_bar.stand.text() == "Saved"
    assert not page.panel.isVisible()
    page.side.outline.itemActivated.emit(page.side.outline.item(1))
    assert window.editor.textCursor().block().text() == "What it costs"
    assert window.store.saves == []


async def test_typing_is_saved_within_two_seconds_although_it_goes_on(
    window: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "WAIT_MS", WAIT_MS)  # as it is for people
    began = asyncio.get_running_loop().time()
    while not window.store.saves:
        window.type("x")
        await asyncio.sleep(0.05)
        await window.fake.settle()
        assert asyncio.get_running_loop().time() - began < 2.0
    assert asyncio.get_running_loop().time() - began >= WAIT_MS / 1000 - 0.1
    assert window.store.saves[0].base_revision == 3
    window.type("y")
    await window.until(lambda: len(window.store.saves) == 2)
    assert window.store.content.markdown == window.editor.markdown()
    await window.until(lambda: window.page.column.status_bar.stand.text() == "Saved")


async def test_leaving_the_page_saves_at_once(window: Opened) -> None:
    window.type("New ")
    assert window.page.column.status_bar.stand.text() == "Saving…"
    window.page.left()
    await window.until(lambda: window.store.saves, 1.0)
    assert window.store.saves[0].markdown.startswith("# New Coffee")


async def test_a_text_that_comes_back_has_what_was_typed(window: Opened) -> None:
    window.type("New ")
    window.page.left()
    window.page.shown(activity_id=7)
    await window.until(lambda: window.page.text is not None)
    assert window.editor.markdown().startswith("# New Coffee")
    window.type("er")
    await window.until(lambda: len(window.store.saves) == 2)


async def test_a_failed_save_stays_in_sight_until_it_works(window: Opened) -> None:
    window.store.refuse = OSError("The disk is full.")
    window.type("New ")
    notices = window.page.column.notices
    await window.until(lambda: notices.text)
    assert notices.text == f"Not saved: {DiskIsFull()} Keep this window open."
    assert window.page.column.status_bar.problem.isVisible()
    window.store.refuse = None
    window.page.column.status_bar.retry.click()
    await window.until(lambda: window.store.saves)
    await window.until(lambda: notices.text == "")
    assert window.page.column.status_bar.stand.text() == "Saved"


async def test_a_text_that_could_not_be_saved_waits_for_its_reader(window: Opened) -> None:
    window.store.refuse = ServiceError("The database is restarting.")
    window.type("New ")
    window.page.left()
    await window.until(lambda: window.fake.go.toasts)
    text, action, open_again = window.fake.go.toasts[0]
    assert (text, action) == ("“Coffee for the office” is not saved yet.", "Open")
    assert open_again is not None
    open_again()
    assert window.fake.go.went == [("activity", {"activity_id": 7})]
    window.page.shown(activity_id=7)
    await window.until(lambda: window.page.text is not None)
    assert window.editor.markdown().startswith("# New Coffee")
    assert "database is restarting" in window.page.column.notices.text
    window.store.refuse = None
    window.page.column.status_bar.retry.click()
    await window.until(lambda: window.store.saves)
    assert window.store.saves[0].markdown.startswith("# New Coffee")


async def test_two_windows_lose_nothing(window: Opened) -> None:
    theirs = window.store.content.model_copy(update={"markdown": "# Theirs\n", "revision": 8})
    window.store.content = theirs
    window.type("New ")
    notices = window.page.column.notices
    await window.until(lambda: notices.text)
    assert "changed elsewhere" in notices.text
    window.type("er ")
    await asyncio.sleep(0.05)
    assert window.store.saves == []
    notices.chosen.emit("mine")
    await window.until(lambda: window.store.saves)
    assert window.store.saves[0].base_revision == 8
    assert window.store.saves[0].markdown.startswith("# New er Coffee")
    await window.until(lambda: notices.text == "")


async def test_what_was_stored_elsewhere_is_shown_if_nothing_was_changed_here(
    window: Opened,
) -> None:
    update = {"markdown": "# Theirs\n", "revision": 8, "status": "approved"}
    window.store.content = window.store.content.model_copy(update=update)
    window.fake.engine.changed.emit("activities")
    await window.until(lambda: window.editor.markdown() == "# Theirs\n")
    await window.until(lambda: window.page.head.status.text() == "Approved")


async def test_our_own_saves_are_not_read_again(window: Opened) -> None:
    before = len(window.calls(OpenContent))
    window.type("x")
    await window.until(lambda: window.store.saves)
    window.fake.engine.changed.emit("activities")
    await asyncio.sleep(0.4)
    await window.fake.settle()
    assert len(window.calls(OpenContent)) == before


async def test_the_seo_view_shows_scores_checks_keyphrase_and_preview(window: Opened) -> None:
    page, seo = window.page, window.page.panel.seo.view
    page.show_tab("seo")
    assert page.panel.isVisible()
    assert page.panel.width() == 416
    assert seo.gauges.seo.rating.text() == "Good"
    assert seo.gauges.seo.line.text() == "2 to improve"
    assert seo.gauges.readability.rating.text() == "Fair"
    assert "60" in seo.gauges.seo.gauge.toolTip()
    assert seo.keyphrase.text() == "coffee"
    assert seo.search.preview.title.text() == "Coffee for the office"
    assert seo.search.description_bar.text == "17 of 156"
    assert seo.verdict.texts() == [TWICE, DENSITY, "No image shows the keyphrase.", LONG_SENTENCES]
    assert page.column.status_bar.flesch.text() == "Flesch 58"
    assert _marked(window) == ["coffee"] * ARTICLE.lower().count("coffee")
    seo.highlight.click()
    assert _marked(window) == []
    page.show_tab("content")
    assert not page.panel.isVisible()


def _marked(window: Opened) -> list[str]:
    return [mark.cursor.selectedText().casefold() for mark in window.editor.extraSelections()]


async def test_tab_goes_down_the_checks(window: Opened) -> None:
    window.page.show_tab("seo")
    view = window.page.panel.seo.view
    rows = [*view.verdict.contract.rows(), *view.verdict.advice.rows()]
    buttons = [
        button
        for row in rows
        for button in (row.locate, row.show_button, row.fix_button)
        if button.isVisible()
    ]
    assert len(buttons) >= 3
    wanted = [*buttons, view.search.device.findChildren(QToolButton)[0]]
    wanted[0].setFocus()
    for button in wanted[1:]:
        QTest.keyClick(window.page.focusWidget(), Qt.Key.Key_Tab)
        assert window.page.focusWidget() is button


async def test_show_goes_to_the_place_that_a_check_speaks_of(window: Opened) -> None:
    window.page.show_tab("seo")
    verdict = window.page.panel.seo.view.verdict
    (required,) = verdict.contract.rows()
    required.show_button.click()
    assert "a cup costs" in _marked(window)
    row = next(row for row in verdict.advice.rows() if row.text.text() == LONG_SENTENCES)
    row.show_button.click()
    assert "it is best fresh" in _marked(window)
    assert "a cup costs" not in _marked(window)
    window.type("x")
    assert "it is best fresh" not in _marked(window)


async def test_the_old_score_is_dimmed_until_the_new_one_is_there(window: Opened) -> None:
    window.page.show_tab("seo")
    gauge = window.page.panel.seo.view.gauges.seo.gauge
    assert gauge.isEnabled()
    window.store.score = score_of(seo=40, readability=90)
    window.fake.engine.held.clear()
    window.type("x")
    assert not gauge.isEnabled()
    await window.until(lambda: len(window.calls(CheckText)) == 2)
    assert not gauge.isEnabled()
    window.fake.engine.held.set()
    await window.until(gauge.isEnabled)
    view = window.page.panel.seo.view
    assert (view.gauges.seo.rating.text(), view.gauges.readability.rating.text()) == (
        "Poor",
        "Good",
    )
    assert window.calls(CheckText)[1].markdown.startswith("# xCoffee")


async def test_without_a_keyphrase_there_is_no_seo_score(window: Opened) -> None:
    window.page.show_tab("seo")
    view = window.page.panel.seo.view
    view.keyphrase.selectAll()
    QTest.keyClick(view.keyphrase, Qt.Key.Key_Delete)
    await window.until(lambda: window.calls(CheckText)[-1].keyphrase == "")
    await window.until(lambda: view.gauges.seo.line.text() == "Add a keyphrase for a score.")
    assert not view.gauges.seo.rating.isVisible()
    assert _marked(window) == []


async def test_fields_beside_the_text_are_saved(window: Opened) -> None:
    window.page.show_tab("seo")
    search = window.page.panel.seo.view.search
    search.title.selectAll()
    QTest.keyClicks(search.title, "Better coffee")
    search.description.setPlainText("Short. " * 40)
    assert window.page.head.title.text() == "Better coffee"
    assert search.description_bar.text.endswith("too many")
    await window.until(lambda: window.store.saves)
    call = window.store.saves[0]
    assert (call.title, call.slug) == ("Better coffee", None)
    assert call.description == "Short. " * 40


async def test_a_citation_opens_the_passage_behind_it(window: Opened) -> None:
    held = window.editor.document()
    window.editor.citation_clicked.emit(1)
    (popover,) = window.main.findChildren(Popover)
    texts = [label.text() for label in popover.findChildren(Label)]
    assert "[1] prices.pdf" in texts
    assert "page 2" in texts
    assert any("A cup costs 40 cents" in text for text in texts)
    popover.close_popover()
    assert window.editor.hasFocus()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isValid(held)  # deleting the anchor took it from Python once, and painting failed


async def test_a_selection_is_rewritten_in_one_step(window: Opened) -> None:
    window.fake.engine.emits[RewritePassage] = [
        {"kind": "delta", "text": "A cup "},
        {"kind": "delta", "text": "is cheap."},
    ]
    window.fake.engine.held.clear()
    window.select("A cup costs 40 cents")
    window.page.column.command_asked.emit("rephrase", "")
    panel = window.page.rewriting.panel
    await window.until(lambda: panel.text.toPlainText() == "A cup is cheap.")
    assert not panel.accept.isEnabled()
    window.fake.engine.held.set()
    await window.until(panel.accept.isEnabled)
    assert "New in it: 9." in panel.note.text()
    assert "[1]" in panel.note.text()
    (call,) = window.calls(RewritePassage)
    assert (call.command, call.text) == ("rephrase", "A cup costs 40 cents")
    assert call.context_before.endswith("What it costs\n")
    panel.accept.click()
    assert "A cup is cheap.[1]" in window.editor.markdown()
    assert not panel.isVisible()
    window.editor.undo()
    assert window.editor.markdown() == ARTICLE


async def test_a_proposal_can_be_left_and_a_failure_is_said(
    window: Opened, log_problems: Problems
) -> None:
    window.fake.engine.answers[RewritePassage] = ServiceError("Ollama is not running. Start it.")
    window.select("A cup costs 40 cents")
    window.page.column.command_asked.emit("shorten", "")
    panel = window.page.rewriting.panel
    await window.until(lambda: "Ollama is not running" in panel.text.toPlainText())
    log_problems.records.clear()
    assert not panel.accept.isEnabled()
    window.fake.engine.answers[RewritePassage] = Rewritten(
        text="Cheap.", invented=[], lost_citations=[]
    )
    panel.again.click()
    await window.until(panel.accept.isEnabled)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert window.editor.markdown() == ARTICLE


async def test_an_own_instruction_is_asked_first(window: Opened) -> None:
    window.select("A cup costs 40 cents")
    window.page.column.command_asked.emit("own", "")
    panel = window.page.rewriting.panel
    await window.fake.settle()
    assert window.calls(RewritePassage) == []
    QTest.keyClicks(panel.instruction, "Make it rhyme")
    QTest.keyClick(panel.instruction, Qt.Key.Key_Return)
    await window.until(lambda: window.calls(RewritePassage))
    assert window.calls(RewritePassage)[0].instruction == "Make it rhyme"
    window.page.rewriting.discard()


async def test_a_section_is_regenerated_up_to_the_next_heading(window: Opened) -> None:
    window.editor.go_to(window.editor.document().find("costs 40").position())
    window.page.head.regenerate_asked.emit()
    (sheet,) = window.main.findChildren(RegenerateSheet)
    assert sheet.section.currentText().strip() == "What it costs"
    sheet.section.setCurrentIndex(2)
    sheet.go.click()
    panel = window.page.rewriting.panel
    await window.until(panel.accept.isEnabled)
    assert window.calls(RegenerateSection)[0].heading == "What comes next"
    panel.accept.click()
    expected = ARTICLE.replace("Order a machine for one month.", "Fresh words.")
    assert window.editor.markdown() == expected
    await window.until(lambda: window.store.saves)
    assert window.store.saves[0].reason == "regenerated"


async def test_the_whole_text_is_regenerated_after_it_is_saved(window: Opened) -> None:
    window.type("New ")
    window.page.head.regenerate_asked.emit()
    (sheet,) = window.main.findChildren(RegenerateSheet)
    sheet.what.set_value("all")
    sheet.go.click()
    await window.until(lambda: window.fake.go.went)
    assert window.fake.go.went == [("activity", {"activity_id": 7})]
    kinds = [type(call) for call in window.fake.engine.calls]
    assert kinds.index(SaveContent) < kinds.index(RegenerateActivity)
