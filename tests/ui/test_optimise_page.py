"""The page *Optimise a text*: pasted, opened, checked while it is typed, and kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.scoring.verdict import Position
from marketer_desktop.services.check_text import CheckText, TextReport
from marketer_desktop.services.fix_check import FixCheck, FixedText
from marketer_desktop.services.import_activity import (
    ImportActivity,
    ImportedActivity,
    ReadTextFile,
    TextFile,
)
from marketer_desktop.services.repurpose import RepurposeActivity, Repurposed, Variant
from marketer_desktop.ui.pages.optimise.page import OptimisePage
from marketer_desktop.ui.pages.optimise.variants_sheet import VariantsSheet
from tests.factories.reports import LONG_SENTENCES, report_of, score_of, scored
from tests.fakes.fake_bridge import FakeWindow

TEXT = "# Coffee\n\nFresh coffee works. Fresh coffee works.\n"


TWICE = "A sentence stands there twice: “fresh coffee works”."


def report(call: CheckText) -> TextReport:
    place = Position(start=0, end=19, text="fresh coffee works")
    checks = [
        Check(id="headings", hard=True, passed=True, message="The headings are in order."),
        Check(id="repetition", hard=True, passed=False, message=TWICE, positions=[place]),
    ]
    at = call.markdown.find("works")
    exact = scored("textSentenceLength", 3, LONG_SENTENCES, "readability", "works")
    exact.positions[0].start, exact.positions[0].end = at, at + 5
    return report_of(checks, score_of([exact]), words=len(call.markdown.split()), uses=2)


class Scene:
    """The page with an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        frame = QWidget()
        qtbot.addWidget(frame)
        self.window = FakeWindow({CheckText: report}, frame)
        self.page = OptimisePage(self.window.context)
        qtbot.addWidget(self.page)
        self.page.resize(1064, 748)
        self.page.show()
        self.page.shown()

    async def check_now(self) -> None:
        self.page._wait.stop()
        self.page._check()
        await self.window.settle()


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    scene = Scene(qtbot)
    yield scene
    scene.page._wait.stop()


async def test_an_empty_page_says_how_to_begin(scene: Scene) -> None:
    assert scene.page.editor.placeholderText() == "Paste or open a text."
    assert scene.page.empty.isVisible() and not scene.page.score.isVisible()
    assert not scene.page.save.isEnabled() and not scene.page.repurpose.isEnabled()
    await scene.check_now()
    assert scene.window.engine.calls == []


async def test_typing_is_checked_after_a_pause(scene: Scene, qtbot: QtBot) -> None:
    qtbot.keyClicks(scene.page.editor, "Fresh coffee works")
    assert scene.window.engine.calls == [] and scene.page._wait.isActive()
    qtbot.keyClicks(scene.page.score.keyphrase, "fresh coffee")
    await scene.check_now()
    (asked,) = scene.window.engine.of(CheckText)
    assert (asked.markdown, asked.keywords) == ("Fresh coffee works", ["fresh coffee"])
    assert scene.page.counts.text() == "3 words · 6 min read · Flesch 58"
    assert scene.page.score._keyphrase._counter.text() == "2 uses · density 2.5%"
    assert scene.page.score.verdict.texts() == [TWICE, LONG_SENTENCES]
    assert scene.page.score.gauges.seo.rating.text() == "Good"


async def test_the_old_score_is_dimmed_while_typing(scene: Scene, qtbot: QtBot) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    gauge = scene.page.score.gauges.readability.gauge
    assert gauge.isEnabled()
    qtbot.keyClicks(scene.page.editor, "x")
    assert not gauge.isEnabled()
    await scene.check_now()
    assert gauge.isEnabled()


async def test_filters_show_the_good_ones_too(scene: Scene) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    verdict = scene.page.score.verdict
    verdict.filter.set_value("all")
    verdict.filter.chosen.emit("all")
    assert verdict.texts() == [TWICE, "The headings are in order.", LONG_SENTENCES]


def marked(scene: Scene) -> list[str]:
    return [mark.cursor.selectedText() for mark in scene.page.editor.extraSelections()]


async def test_show_marks_the_passage(scene: Scene) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    (row,) = scene.page.score.verdict.contract.rows()
    row.show_button.click()
    assert marked(scene) == ["Fresh coffee works"]
    (row,) = scene.page.score.verdict.advice.rows()
    row.locate.click()
    assert marked(scene) == ["works"]
    assert scene.page.editor.textCursor().position() == TEXT.find("works")


async def test_the_keyphrase_is_highlighted_if_it_is_wanted(scene: Scene, qtbot: QtBot) -> None:
    scene.page.editor.set_text(TEXT)
    qtbot.keyClicks(scene.page.score.keyphrase, "coffee")
    assert marked(scene) == ["Coffee", "coffee", "coffee"]
    scene.page.score.highlight.click()
    assert marked(scene) == []


async def test_a_check_is_mended_and_that_can_be_undone(scene: Scene) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    mended = TEXT.replace(" Fresh coffee works.\n", " It is good.\n")
    scene.window.engine.answers[FixCheck] = lambda call: FixedText(
        outcome="fixed",
        message="Fixed.",
        markdown=mended,
        title="Coffee",
        description="D",
        slug="s",
        keyphrase="",
        variants={},
        report=report(call),
    )
    (row,) = scene.page.score.verdict.advice.rows()
    row.fix_button.click()
    await scene.window.settle()
    (asked,) = scene.window.engine.of(FixCheck)
    assert (asked.check_id, asked.markdown) == ("textSentenceLength", TEXT)
    assert scene.page.editor.toPlainText() == mended
    assert scene.page.score.search.slug.text() == "s"
    text, action, undo = scene.window.go.toasts[0]
    assert (text, action) == ("Fixed.", "Undo") and undo is not None
    undo()
    assert scene.page.editor.toPlainText() == TEXT
    assert scene.page.score.search.slug.text() == ""


async def test_the_heading_is_the_title_until_there_is_another(scene: Scene, qtbot: QtBot) -> None:
    scene.page.editor.set_text(TEXT)
    title = scene.page.score.search.title
    assert title.text() == "Coffee"
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Better")
    scene.page.editor.set_text(TEXT.replace("# Coffee", "# Tea"))
    assert title.text() == "Better"
    await scene.check_now()
    assert scene.window.engine.of(CheckText)[-1].title == "Better"


async def test_posts_and_a_mail_are_made_of_the_text(scene: Scene) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    good = Check(id="variant_linkedin", hard=True, passed=True, message="In order.")
    variants = [Variant(kind="linkedin", text="Fresh coffee.", check=good)]
    told = Repurposed(title="Coffee", opening="", variants=variants)
    scene.window.engine.answers[RepurposeActivity] = told
    scene.page.repurpose.click()
    await scene.window.settle()
    (asked,) = scene.window.engine.of(RepurposeActivity)
    assert (asked.text, asked.activity_id) == (TEXT, None)
    (sheet,) = scene.window.window.findChildren(VariantsSheet)
    assert [card.value() for card in sheet.cards] == ["Fresh coffee."]
    sheet.cards[0].copy.click()
    assert QGuiApplication.clipboard().text() == "Fresh coffee."
    sheet.close_button.click()


async def test_another_type_is_checked_at_once(scene: Scene) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    assert scene.page.score.search.isVisible()
    scene.page.type.set_value(ContentType.EMAIL)
    scene.page.type.chosen.emit(ContentType.EMAIL)
    await scene.check_now()
    assert not scene.page.score.search.isVisible()
    assert not scene.page.score.gauges.seo.isVisible()
    assert scene.window.engine.of(CheckText)[-1].type is ContentType.EMAIL


async def test_a_change_while_checking_is_checked_too(scene: Scene) -> None:
    scene.page.editor.set_text("One")
    scene.window.engine.held.clear()
    await scene.check_now()
    scene.page.editor.set_text("One two")
    await scene.check_now()
    scene.window.engine.held.set()
    await scene.window.settle()
    assert [call.markdown for call in scene.window.engine.of(CheckText)] == ["One", "One two"]
    assert scene.page.counts.text() == "2 words · 6 min read · Flesch 58"


async def test_files_are_opened_as_markdown(scene: Scene, tmp_path: Path) -> None:
    answers: dict[Path, Any] = {
        tmp_path / "a.md": TextFile(kind="text", text=TEXT),
        tmp_path / "b.html": TextFile(kind="html", text="<h1>Tea</h1><p>It is <b>hot</b>.</p>"),
    }
    scene.window.engine.answers[ReadTextFile] = lambda call: answers[call.path]
    scene.page.open_file(tmp_path / "a.md")
    await scene.window.settle()
    assert scene.page.editor.toPlainText() == TEXT
    scene.page.editor.file_dropped.emit(tmp_path / "b.html")
    await scene.window.settle()
    assert scene.page.editor.toPlainText() == "# Tea\n\nIt is **hot**.\n"


async def test_what_is_pasted_keeps_its_structure(scene: Scene) -> None:
    clip = QMimeData()
    clip.setHtml("<h2>Why</h2><ul><li>One</li><li>Two</li></ul>")
    clip.setText("Why One Two")
    scene.page.editor.insertFromMimeData(clip)
    assert scene.page.editor.toPlainText() == "## Why\n\n- One\n- Two\n"
    scene.page.editor.set_text("")
    plain = QMimeData()
    plain.setText("# As it stands")
    scene.page.editor.insertFromMimeData(plain)
    assert scene.page.editor.toPlainText() == "# As it stands"


async def test_a_text_is_kept_as_an_activity(scene: Scene, qtbot: QtBot) -> None:
    scene.page.editor.set_text(TEXT)
    qtbot.keyClicks(scene.page.score.keyphrase, "coffee")
    scene.window.engine.answers[ImportActivity] = ImportedActivity(activity_id=12)
    await scene.check_now()
    qtbot.mouseClick(scene.page.save, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    (kept,) = scene.window.engine.of(ImportActivity)
    assert (kept.markdown, kept.keyphrase, kept.type) == (TEXT, "coffee", ContentType.BLOG)
    assert kept.title == "Coffee"
    assert scene.window.go.went == [("activity", {"activity_id": 12})]
    assert scene.page.editor.toPlainText() == "" and scene.page.empty.isVisible()
