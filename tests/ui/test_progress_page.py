"""The progress page: the stream without flicker, every state of a run, and what can be done."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import (
    ActivityDetails,
    CancelActivity,
    ResumeActivity,
    ShowActivity,
)
from marketer_desktop.services.activity_report import ActivityReport, EventReport
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.live_runs import ListRuns, LiveRun, RunList
from marketer_desktop.services.show_draft import Draft, DraftPart, ShowDraft
from marketer_desktop.ui.pages.progress.draft_view import DraftView
from marketer_desktop.ui.pages.progress.live_draft import Block
from marketer_desktop.ui.pages.progress.page import ProgressPage
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.error_view import ErrorView
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

TOPIC = "How local AI protects your brand voice"
AT = datetime(2026, 3, 1, tzinfo=UTC)
PLAN = Draft(
    parts=[
        DraftPart(node="title", style="title", text=TOPIC),
        DraftPart(node="writing/introduction", style="paragraph", text=""),
        DraftPart(node="writing/section:0", style="heading", text="First"),
        DraftPart(node="writing/section:0/answer", style="paragraph", text=""),
        DraftPart(node="writing/section:1", style="heading", text="Second"),
        DraftPart(node="writing/section:1/answer", style="paragraph", text=""),
    ]
)


def stored(kind: str, step: str, progress: int, seq: int, **data: Any) -> EventReport:
    return EventReport(kind=kind, step=step, progress=progress, seq=seq, at=AT, data=data)


EVENTS = [
    stored("started", "seo_research", 0, 1),
    stored("finished", "seo_research", 20, 2, duration_ms=15_000),
    stored("started", "research", 20, 3),
    stored("finished", "research", 40, 4, duration_ms=22_000),
    stored("started", "writing", 40, 5),
]


def details(status: str = "generating", **more: Any) -> ActivityDetails:
    told = {"brief": {"topic": TOPIC}, "executions": [], "events": EVENTS} | more
    return ActivityDetails(activity_id=7, status=status, **told)


def listed(number: int = 7, status: str = "generating", position: int = 0) -> LiveRun:
    return LiveRun(
        activity_id=number,
        title=TOPIC if number == 7 else f"Run {number}",
        type="blog",
        status=status,
        step=None,
        progress=0,
        eta_seconds=None,
        position=position,
    )


def told(kind: Any, step: str = "writing", progress: int = 45, **data: Any) -> RunEvent:
    return RunEvent(activity_id=7, kind=kind, step=step, progress=progress, data=data)


def draft(node: str, delta: str) -> RunEvent:
    return told("draft", node=node, delta=delta)


class Scene:
    """A progress page in a window, with an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.window = FakeWindow({}, self.frame)
        self.answers = self.window.engine.answers
        self.page = ProgressPage(self.window.context)
        qtbot.addWidget(self.page)
        self.page.resize(1064, 748)
        self.page.show()

    async def show(
        self, told: ActivityDetails | None = None, runs: list[LiveRun] | None = None
    ) -> None:
        told = told or details()
        runs = [listed(status=told.status)] if runs is None else runs
        self.answers |= {ListRuns: RunList(runs=runs), ShowActivity: told}
        self.answers.setdefault(ShowDraft, PLAN)
        self.page.shown(activity_id=told.activity_id)
        await self.window.settle()

    async def hear(self, *events: RunEvent) -> None:
        self.window.engine.run_events.emit(list(events))
        await self.window.settle()

    @property
    def text(self) -> list[str]:
        return self.page.draft.toPlainText().split("\n")

    def banner(self) -> Banner | None:
        return next((b for b in self.page.findChildren(Banner) if b.isVisible()), None)

    def buttons(self) -> dict[str, QPushButton]:
        found = self.page.findChildren(QPushButton)
        return {button.text(): button for button in found if button.isVisible()}


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


async def test_a_run_is_followed_section_by_section(scene: Scene) -> None:
    await scene.show()
    assert scene.page.title.text() == f"Generating: {TOPIC}"
    assert scene.text == [TOPIC, "First", "Second"]
    await scene.hear(
        draft("writing/section:1/answer", "Two"),
        draft("writing/introduction", "Intro"),
        draft("writing/section:1/answer", " more."),
        told("progress", progress=48, eta_seconds=43, tokens_per_second=24.4),
    )
    assert scene.text == [TOPIC, "Intro", "First", "Second", "Two more."]
    assert scene.page.card.headline.text() == "About 45 s left"
    assert scene.page.card.percent.text() == "48%"
    assert "24 tokens/s" in scene.page.card.stepper.accessibleDescription()
    assert scene.page.words.text() == "12 words"
    assert scene.banner() is None and "Open" not in scene.buttons()


async def test_events_of_other_runs_change_nothing(scene: Scene) -> None:
    await scene.show()
    await scene.hear(draft("writing/introduction", "x").model_copy(update={"activity_id": 8}))
    assert scene.text == [TOPIC, "First", "Second"]


async def test_a_finished_run_offers_to_open_it(scene: Scene, qtbot: QtBot) -> None:
    await scene.show()
    scene.answers[ShowActivity] = details(
        "completed", events=[*EVENTS, stored("ended", "complete", 100, 6)], word_count=598
    )
    scene.answers[ShowDraft] = Draft(markdown=f"# {TOPIC}\n\nAll of it.\n")
    scene.answers[ListRuns] = RunList(runs=[listed(status="completed")])
    await scene.hear(told("ended", "complete", 100, status="completed"))
    assert scene.page.title.text() == TOPIC
    assert scene.banner() is not None and scene.text == [TOPIC, "All of it."]
    assert scene.page.words.text() == "598 words" and "Cancel" not in scene.buttons()
    qtbot.mouseClick(scene.page.open, Qt.MouseButton.LeftButton)
    assert scene.window.go.went == [("activity", {"activity_id": 7})]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("failed", "The model stopped. Your draft is kept."),
        ("cancelled", "Stopped. Draft kept."),
        ("interrupted", "This run was cut off. It goes on where it stopped."),
    ],
)
async def test_a_run_that_stands_still_can_be_resumed(
    scene: Scene, qtbot: QtBot, status: str, said: str
) -> None:
    await scene.show(details(status, error="Out of memory." if status == "failed" else None))
    banner = scene.banner()
    assert banner is not None
    assert said in {label.text() for label in banner.findChildren(QLabel)}
    assert ("Details" in scene.buttons()) == (status == "failed")
    scene.answers[ResumeActivity] = ActivityReport(activity_id=7, status="generating")
    qtbot.mouseClick(scene.buttons()["Resume"], Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.window.engine.of(ResumeActivity)[0].follow is False
    assert scene.page.card.headline.text() == "Waiting"
    await scene.hear(told("started"))
    assert scene.banner() is None and scene.page.card.headline.text() == "Generating"


async def test_the_details_of_a_failure_are_shown_and_copied(scene: Scene, qtbot: QtBot) -> None:
    await scene.show(details("failed", error="Out of memory."))
    assert not scene.page.details.isVisible()
    qtbot.mouseClick(scene.buttons()["Details"], Qt.MouseButton.LeftButton)
    assert scene.page.details.isVisible() and scene.page.details.toPlainText() == "Out of memory."
    qtbot.mouseClick(scene.buttons()["Copy"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Out of memory."


async def test_a_run_is_stopped_by_key(scene: Scene, qtbot: QtBot) -> None:
    await scene.show()
    scene.answers[CancelActivity] = ActivityReport(activity_id=7, status="cancelled")
    scene.answers[ShowActivity] = details("cancelled")
    scene.page.activateWindow()
    scene.page.card.cancel.setFocus()
    qtbot.keyClick(scene.page.card.cancel, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    await scene.window.settle()
    assert len(scene.window.engine.of(CancelActivity)) == 1
    assert scene.page.card.headline.text() == "Stopped"
    scene.page._cancel()
    await scene.window.settle()
    assert len(scene.window.engine.of(CancelActivity)) == 1


async def test_a_run_that_measures_its_model_is_under_way(scene: Scene) -> None:
    await scene.show(details(events=[]), [listed(7, "waiting")])
    assert (scene.page.card.headline.text(), scene.page.card.sentence.text()) == ("Waiting", "")
    scene.answers[ListRuns] = RunList(runs=[listed(7)])
    scene.window.engine.changed.emit("activities")
    await scene.window.settle()
    assert scene.banner() is None and scene.page.card.headline.text() == "Generating"
    assert scene.page.card.sentence.text() == "Getting the model ready."
    await scene.hear(told("started", "seo_research", 0))
    assert scene.page.card.sentence.text() == "Finding the title and what readers ask."


async def test_no_draft_is_promised_where_nothing_was_written(scene: Scene) -> None:
    def said() -> list[str]:
        banner = scene.banner()
        return [label.text() for label in banner.findChildren(QLabel)] if banner else []

    scene.answers[ShowDraft] = Draft()
    await scene.show(details("cancelled", events=[]))
    assert "Stopped. Nothing was written yet." in said()
    assert scene.page.draft.placeholderText() == "Nothing was written yet."
    await scene.show(details("failed", events=[], error="Gone."))
    assert "The model stopped before it wrote anything. Your brief is kept." in said()


async def test_a_line_break_in_an_answer_moves_no_other_block(scene: Scene) -> None:
    await scene.show()
    await scene.hear(draft("writing/section:0/answer", "A list:\n\n1."))
    await scene.hear(draft("writing/section:1/answer", "Later."))
    await scene.hear(draft("writing/section:0/answer", " Grind"))
    assert scene.text == [TOPIC, "First", "A list: 1. Grind", "Second", "Later."]


async def test_a_waiting_run_says_how_many_are_before_it(scene: Scene) -> None:
    runs = [listed(8), listed(7, "waiting", 2)]
    await scene.show(details(events=[]), runs)
    assert scene.page.card.headline.text() == "Waiting"
    assert scene.page.chooser.isVisible() and scene.page.chooser.value() == 7
    scene.answers[ListRuns] = RunList(runs=[listed(8, "completed"), listed(7, "waiting", 0)])
    scene.window.engine.changed.emit("activities")
    await scene.window.settle()
    assert scene.page.chooser.itemText(0) == "Ready · Run 8"
    scene.page.chooser.chosen.emit(8)
    assert scene.window.go.went == [("activity", {"activity_id": 8})]


async def test_one_run_needs_no_chooser_and_none_an_offer(scene: Scene) -> None:
    await scene.show()
    assert not scene.page.chooser.isVisible()
    scene.answers[ListRuns] = RunList(runs=[])
    scene.page.shown()
    await scene.window.settle()
    assert scene.page.empty.isVisible()
    scene.page.empty.action.emit()
    assert scene.window.go.wizards == [{}]


async def test_what_cannot_be_read_can_be_tried_again(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    scene.answers |= {ListRuns: ServiceError("The database is restarting.")}
    scene.page.shown(activity_id=7)
    await scene.window.settle()
    assert scene.page.findChild(ErrorView) is not None
    scene.answers |= {
        ListRuns: RunList(runs=[listed()]),
        ShowActivity: details(),
        ShowDraft: PLAN,
    }
    qtbot.mouseClick(scene.buttons()["Try again"], Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.text == [TOPIC, "First", "Second"]
    log_problems.records.clear()


def long_text(paragraphs: int) -> list[Block]:
    return [Block(f"n{n}", "paragraph", f"{n} " + "word " * 60) for n in range(paragraphs)]


@pytest.fixture
def view(qtbot: QtBot) -> DraftView:
    view = DraftView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    return view


def test_the_end_is_followed_unless_the_reader_has_scrolled_up(view: DraftView) -> None:
    blocks = long_text(12)
    view.show_blocks(blocks)
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    blocks = [*blocks, Block("n12", "paragraph", "word " * 60)]
    view.show_blocks(blocks)
    assert bar.value() == bar.maximum()
    bar.setValue(200)
    view.show_blocks([*blocks, Block("n13", "paragraph", "word " * 60)])
    assert bar.value() == 200


def test_what_grows_above_does_not_move_what_is_read(view: DraftView) -> None:
    view.show_blocks(long_text(12))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before, top = view._reader()
    grown = long_text(12)
    grown[0].text += "word " * 200
    view.show_blocks(grown)
    after, same = view._reader()
    assert (before, round(top)) == (after, round(same))
    inserted = [grown[0], Block("new", "paragraph", "word " * 90), *grown[1:]]
    view.show_blocks(inserted)
    after, same = view._reader()
    assert (before, round(top)) == (after, round(same))


def test_a_selection_survives_the_stream(view: DraftView) -> None:
    blocks = long_text(3)
    view.show_blocks(blocks)
    cursor = view.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(12, cursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    selected = view.textCursor().selectedText()
    blocks[2].text += " and on"
    view.show_blocks([*blocks, Block("n3", "note", "By the way.")])
    assert view.textCursor().selectedText() == selected and selected
    assert view.toPlainText().endswith("By the way.")


def test_a_finished_text_begins_at_its_beginning(view: DraftView) -> None:
    view.show_blocks(long_text(12), is_growing=False)
    assert view.verticalScrollBar().value() == 0


def test_another_theme_keeps_the_place(view: DraftView, theme: Theme) -> None:
    view.show_blocks(long_text(12))
    view.verticalScrollBar().setValue(120)
    theme.set_mode("dark")
    assert view.verticalScrollBar().value() == 120
    ink = view.document().firstBlock().begin().fragment().charFormat().foreground().color()
    assert ink.name() == theme.tokens.text
