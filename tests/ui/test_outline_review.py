"""An outline that waits: changed by mouse and keys, undone, kept, sent; nothing wrong is sent."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from marketer_desktop.services.activities import CancelActivity
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.services.review_outline import ApproveOutline, ShowOutline
from marketer_desktop.services.save_outline import SaveOutline
from tests.factories.outline_window import OutlineScene
from tests.factories.outlines import make_outline, make_short_outline
from tests.guards import Problems

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
PROPOSED = ["Where it pays off", "Start small", "What to measure", "Next steps"]


@pytest.fixture
async def scene(qtbot: QtBot) -> AsyncIterator[OutlineScene]:
    made = OutlineScene(qtbot)
    await made.open()
    yield made
    await made.window.tasks.close()


async def test_a_run_that_waits_shows_its_outline(scene: OutlineScene) -> None:
    page = scene.page
    assert scene.headings == PROPOSED
    assert page.card.headline.text() == "Waits for your outline"
    assert (page.write.isVisible(), page.open.isVisible()) == (True, False)
    assert (page.outline.isVisible(), page.draft.isVisible()) == (True, False)
    assert page.outline.total.text() == "536 of 600 words"
    assert "Waits for your outline" in page.card.stepper.accessibleDescription()
    assert page.card.cancel.isVisible()


async def test_it_comes_as_soon_as_the_run_waits(qtbot: QtBot) -> None:
    scene = OutlineScene(qtbot)
    scene.set_status("generating")
    await scene.open()
    assert not scene.page.outline.isVisible()
    scene.set_status(OUTLINE_REVIEW)
    await scene.hear("waiting")
    assert scene.headings == PROPOSED
    await scene.window.tasks.close()


async def test_what_was_changed_is_sent_and_the_draft_follows(scene: OutlineScene) -> None:
    first = scene.rows[0]
    first.heading.setFocus()
    first.heading.selectAll()
    QTest.keyClicks(first.heading, "The first saving")
    QTest.keyClicks(first.points, "And who saves it?")
    first.words.setValue(200)
    assert scene.page.outline.total.text() == "602 of 600 words"
    scene.set_status("generating")
    QTest.keyClick(first.heading, Qt.Key.Key_Return, CTRL)
    await scene.window.settle()
    (call,) = scene.window.engine.of(ApproveOutline)
    assert call.activity_id == 7
    assert call.sections[0].heading == "The first saving"
    assert call.sections[0].points == ["And who saves it?What is saved?"]
    assert [section.words for section in call.sections] == [200, 134, 134, 134]
    assert not scene.page.write.isVisible()
    assert scene.page.card.headline.text() == "Waiting"
    await scene.hear("started")
    assert scene.page.draft.isVisible()
    assert scene.page.card.headline.text() == "Generating"


async def test_sections_are_moved_by_keys_and_keep_the_keyboard(scene: OutlineScene) -> None:
    heading = scene.rows[1].heading
    heading.setFocus()
    QTest.keyClick(heading, Qt.Key.Key_Down, ALT)
    await scene.window.settle()
    assert scene.headings == [PROPOSED[0], PROPOSED[2], PROPOSED[1], PROPOSED[3]]
    assert heading.hasFocus()
    QTest.keyClick(heading, Qt.Key.Key_Up, ALT)
    QTest.keyClick(heading, Qt.Key.Key_Up, ALT)
    QTest.keyClick(heading, Qt.Key.Key_Up, ALT)
    await scene.window.settle()
    assert scene.headings == [PROPOSED[1], PROPOSED[0], PROPOSED[2], PROPOSED[3]]
    grip = scene.rows[0].grip
    grip.setFocus()
    QTest.keyClick(grip, Qt.Key.Key_Down)
    await scene.window.settle()
    assert scene.headings == PROPOSED


async def test_a_section_is_dragged_to_where_it_is_let_go(scene: OutlineScene) -> None:
    rows = scene.rows
    grip, target = rows[0].grip, rows[2]
    middle = grip.rect().center()
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=middle)
    there = grip.mapFromGlobal(target.mapToGlobal(QPoint(middle.x(), target.height() - 4)))
    QTest.mouseMove(grip, there)
    await scene.window.settle()
    assert scene.headings == [PROPOSED[1], PROPOSED[2], PROPOSED[0], PROPOSED[3]]
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(grip, QPoint(middle.x(), -2000))
    await scene.window.settle()
    assert scene.headings == [PROPOSED[1], PROPOSED[2], PROPOSED[0], PROPOSED[3]]


async def test_a_removed_section_can_be_brought_back(scene: OutlineScene) -> None:
    scene.rows[1].remove.click()
    await scene.window.settle()
    assert scene.headings == [PROPOSED[0], PROPOSED[2], PROPOSED[3]]
    text, action, undo = scene.window.go.toasts[-1]
    assert (text, action) == ("Removed “Start small”.", "Undo")
    assert undo is not None
    undo()
    await scene.window.settle()
    assert scene.headings == PROPOSED
    assert scene.rows[1].points.toPlainText() == "Which one first?\nTwo days."


async def test_too_few_sections_are_not_written(scene: OutlineScene) -> None:
    for _ in range(2):
        scene.rows[0].remove.click()
        await scene.window.settle()
    assert scene.page.outline.note.text() == "Keep at least 3 sections."
    scene.page.write.click()
    await scene.window.settle()
    assert scene.window.engine.of(ApproveOutline) == []
    scene.page.outline.add.click()
    await scene.window.settle()
    assert scene.rows[2].heading.hasFocus()
    QTest.keyClicks(scene.rows[2].heading, "A new one")
    scene.page.write.click()
    await scene.window.settle()
    assert len(scene.window.engine.of(ApproveOutline)) == 1


async def test_what_is_wrong_is_said_where_it_is(scene: OutlineScene) -> None:
    scene.rows[2].heading.clear()
    QTest.keyClicks(scene.rows[2].heading, "start SMALL")
    scene.page.write.click()
    await scene.window.settle()
    row = scene.rows[2]
    assert row.heading.hasFocus()
    assert row.error.text() == "Another section has this heading. Choose a different one."
    assert scene.window.engine.of(ApproveOutline) == []
    QTest.keyClicks(row.heading, "er")
    assert row.error.text() == ""
    assert not row.error.isVisible()


async def test_a_refused_outline_stays_to_be_changed(
    scene: OutlineScene, log_problems: Problems
) -> None:
    scene.answers[ApproveOutline] = ServiceError("Two sections have the same heading.")
    scene.page.write.click()
    await scene.window.settle()
    assert scene.window.go.errors[-1][0] == "Two sections have the same heading."
    assert (scene.page.write.is_loading, scene.page.outline.isVisible()) == (False, True)
    log_problems.records.clear()


async def test_changes_are_kept_with_the_run(scene: OutlineScene) -> None:
    QTest.keyClicks(scene.rows[0].heading, "x")
    scene.page.left()
    await scene.window.settle()
    (call,) = scene.window.engine.of(SaveOutline)
    assert call.sections[0].heading == "xWhere it pays off"
    scene.page.left()
    scene.page.shown(activity_id=7)
    await scene.window.settle()
    assert len(scene.window.engine.of(SaveOutline)) == 1
    assert len(scene.window.engine.of(ShowOutline)) == 2
    assert scene.headings[0] == "xWhere it pays off"


async def test_the_run_can_be_cancelled(scene: OutlineScene) -> None:
    scene.set_status("cancelled")
    scene.rows[0].heading.setFocus()
    QTest.keyClick(scene.rows[0].heading, Qt.Key.Key_Period, CTRL)
    await scene.window.settle()
    assert len(scene.window.engine.of(CancelActivity)) == 1
    assert (scene.page.write.isVisible(), scene.page.outline.isVisible()) == (False, False)


async def test_a_post_has_points_only(qtbot: QtBot) -> None:
    scene = OutlineScene(qtbot, make_short_outline())
    await scene.open()
    (row,) = scene.rows
    shown = (row.heading, row.words, row.grip, row.remove, scene.page.outline.add)
    assert not any(part.isVisible() for part in shown)
    QTest.keyClicks(row.points, "We learned: ")
    scene.page.write.click()
    await scene.window.settle()
    (call,) = scene.window.engine.of(ApproveOutline)
    assert call.sections[0].points == ["We learned: What did we learn?"]
    await scene.window.tasks.close()


@pytest.mark.parametrize("width", [1064, 700])
async def test_long_points_are_seen_whole(qtbot: QtBot, width: int) -> None:
    outline = make_outline()
    outline.sections[0].points = ["A point that goes on and on. " * 12]
    scene = OutlineScene(qtbot, outline)
    scene.frame.resize(width, 748)
    scene.page.resize(width, 748)
    await scene.open()
    qtbot.wait(20)
    points = scene.rows[0].points
    assert points.verticalScrollBar().maximum() == 0
    assert points.height() > 80
    assert scene.page.horizontalScrollBar().maximum() == 0
    if width == 700:  # the page scrolls there, and not the card
        assert scene.page.outline._area.verticalScrollBar().maximum() == 0
    await scene.window.tasks.close()
