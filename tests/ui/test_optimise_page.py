"""The page *Optimise a text*: pasted, opened, checked while it is typed, and kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.keyphrase import KeyphraseUse
from marketer_desktop.services.check_text import CheckText, TextReport
from marketer_desktop.services.import_activity import (
    ImportActivity,
    ImportedActivity,
    ReadTextFile,
    TextFile,
)
from marketer_desktop.ui.pages.optimise.page import OptimisePage
from tests.fakes.fake_bridge import FakeWindow

TEXT = "# Coffee\n\nFresh coffee works. Fresh coffee works.\n"


def report(call: CheckText) -> TextReport:
    twice = "A sentence stands there twice: “fresh coffee works”."
    return TextReport(
        checks=[
            Check(id="headings", hard=True, passed=True, message="The headings are in order."),
            Check(id="repetition", hard=True, passed=False, message=twice),
        ],
        word_count=len(call.markdown.split()),
        minutes=1,
        keyphrase=KeyphraseUse(count=2, density=25.0),
    )


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
    assert scene.page.empty.isVisible() and not scene.page.checks.isVisible()
    assert not scene.page.save.isEnabled()
    await scene.check_now()
    assert scene.window.engine.calls == []


async def test_typing_is_checked_after_a_pause(scene: Scene, qtbot: QtBot) -> None:
    qtbot.keyClicks(scene.page.editor, "Fresh coffee works")
    assert scene.window.engine.calls == [] and scene.page._wait.isActive()
    scene.page.keyphrase.setText("fresh coffee")
    await scene.check_now()
    (asked,) = scene.window.engine.of(CheckText)
    assert (asked.markdown, asked.keywords) == ("Fresh coffee works", ["fresh coffee"])
    assert scene.page.counts.text() == "3 words · 1 min read"
    assert scene.page._keyphrase._counter.text() == "2 uses · density 25.0%"
    assert scene.page.checks.texts() == ["A sentence stands there twice: “fresh coffee works”."]


async def test_filters_show_the_good_ones_too(scene: Scene) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    scene.page.checks.filter.set_value("all")
    scene.page.checks.filter.chosen.emit("all")
    await scene.window.settle()
    assert len(scene.page.checks.texts()) == 2


async def test_show_selects_the_passage(scene: Scene, qtbot: QtBot) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    buttons = scene.page.checks.findChildren(QPushButton)
    show = next(b for b in buttons if b.text() == "Show" and b.isVisible())
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert scene.page.editor.textCursor().selectedText() == "Fresh coffee works"


async def test_another_type_is_checked_at_once(scene: Scene) -> None:
    scene.page.editor.set_text(TEXT)
    await scene.check_now()
    scene.page.type.set_value(ContentType.EMAIL)
    scene.page.type.chosen.emit(ContentType.EMAIL)
    await scene.check_now()
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
    assert scene.page.counts.text() == "2 words · 1 min read"


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
    scene.page.keyphrase.setText("coffee")
    scene.window.engine.answers[ImportActivity] = ImportedActivity(activity_id=12)
    await scene.check_now()
    qtbot.mouseClick(scene.page.save, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    (kept,) = scene.window.engine.of(ImportActivity)
    assert (kept.markdown, kept.keyphrase, kept.type) == (TEXT, "coffee", ContentType.BLOG)
    assert scene.window.go.went == [("activity", {"activity_id": 12})]
    assert scene.page.editor.toPlainText() == "" and scene.page.empty.isVisible()
