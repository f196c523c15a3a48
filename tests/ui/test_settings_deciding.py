"""Conflicts and refusals on the settings page: seen, decided, edited, discarded."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import Call, ServiceError
from marketer_desktop.services.sync_conflicts import (
    DecideConflict,
    ListConflicts,
    SyncConflict,
    SyncConflictList,
)
from marketer_desktop.services.sync_quarantine import (
    DiscardQuarantined,
    ListQuarantine,
    Quarantine,
    RefusedChange,
    RetryQuarantined,
)
from marketer_desktop.ui.pages.settings.deciding import Deciding
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.comparison_view import ComparisonView
from marketer_desktop.ui.widgets.sheet import Sheet
from tests.factories.accounts_window import make_conflict, make_refused
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

OLD = "We roast on Monday.\n\nWe send on Tuesday."
NEW = "We roast on Monday.\n\nWe send on Wednesday."


class Desk:
    """Both cards, and an engine that settles what it is told to."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.conflicts: list[SyncConflict] = []
        self.refused: list[RefusedChange] = []
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.frame.resize(900, 900)
        answers: dict[type[Call[Any]], Any] = {
            ListConflicts: lambda call: SyncConflictList(conflicts=list(self.conflicts)),
            ListQuarantine: lambda call: Quarantine(refused=list(self.refused)),
            DecideConflict: self._decide,
            DiscardQuarantined: self._settle,
            RetryQuarantined: self._settle,
        }
        self.window = FakeWindow(answers, self.frame)
        self.cards = Deciding(self.window.context, self.frame)
        self.cards.resize(640, 900)

    def _decide(self, call: DecideConflict) -> SyncConflictList:
        self.conflicts = [c for c in self.conflicts if c.conflict_id != call.conflict_id]
        return SyncConflictList(conflicts=self.conflicts)

    def _settle(self, call: DiscardQuarantined | RetryQuarantined) -> Quarantine:
        self.refused = [r for r in self.refused if r.refused_id != call.refused_id]
        return Quarantine(refused=self.refused)

    async def show(self) -> Deciding:
        with self.qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()
        await self.cards.read()
        await self.window.settle()
        return self.cards

    async def click(self, name: str, within: QWidget | None = None) -> None:
        self.qtbot.mouseClick(self.button(name, within), Qt.MouseButton.LeftButton)
        await self.window.settle()

    def button(self, name: str, within: QWidget | None = None) -> Button:
        buttons = (within or self.cards).findChildren(Button)
        named = [b for b in buttons if name in (b.accessibleName(), b.text()) and b.isVisible()]
        assert named, name
        return named[0]

    def said(self) -> str:
        labels = self.cards.findChildren(QLabel)
        return " | ".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
async def desk(qtbot: QtBot) -> AsyncIterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    await desk.window.tasks.close()


async def test_with_nothing_to_decide_nothing_is_there(desk: Desk) -> None:
    cards = await desk.show()
    assert not cards.isVisible()


async def test_both_values_stand_side_by_side(desk: Desk) -> None:
    desk.conflicts = [make_conflict(1), make_conflict(2, "is_archived", mine=True, theirs=False)]
    cards = await desk.show()
    said = desk.said()
    assert cards.conflicts.count.text() == "2 to decide"
    assert "Project · Kestrow" in said and "Yours | Spring" in said
    assert "Theirs · 5 minutes ago | Summer" in said
    assert "In the archive" in said and "Yours | Yes" in said
    assert not cards.refused.isVisible()


async def test_each_field_is_decided_by_itself(desk: Desk) -> None:
    desk.conflicts = [make_conflict(1), make_conflict(2, "description")]
    cards = await desk.show()
    await desk.click("Name: Keep mine")
    await desk.click("Description: Use theirs")
    assert desk.window.engine.of(DecideConflict) == [
        DecideConflict(conflict_id=1, keep="mine"),
        DecideConflict(conflict_id=2, keep="theirs"),
    ]
    assert not cards.isVisible()


async def test_the_keyboard_goes_on_to_the_next_decision(desk: Desk, qtbot: QtBot) -> None:
    desk.conflicts = [make_conflict(1), make_conflict(2, what="Other", project_id=8)]
    cards = await desk.show()
    desk.button("Name: Keep mine").setFocus()
    await desk.click("Name: Keep mine")
    holder = QApplication.focusWidget()
    assert isinstance(holder, Button) and holder.isVisible() and cards.isAncestorOf(holder)
    desk.button("Name: Keep mine").setFocus()
    with qtbot.waitSignal(cards.settled):
        await desk.click("Name: Keep mine")


async def test_texts_are_compared_word_by_word(desk: Desk) -> None:
    desk.conflicts = [
        make_conflict(1, "content.markdown", entity="activity", activity_id=3, mine=OLD, theirs=NEW)
    ]
    cards = await desk.show()
    (view,) = cards.findChildren(ComparisonView)
    assert "Tuesday.Wednesday." in view.toPlainText()
    assert "1 change. Struck out: only in yours. Underlined: only in theirs." in desk.said()
    await desk.click("Text: Use theirs")
    assert desk.window.engine.of(DecideConflict) == [DecideConflict(conflict_id=1, keep="theirs")]


async def test_a_row_can_be_looked_at_before(desk: Desk) -> None:
    desk.conflicts = [make_conflict()]
    await desk.show()
    await desk.click("Open")
    assert desk.window.go.went == [("project", {"project_id": 7, "tab": "settings"})]


async def test_reading_the_same_again_keeps_the_keyboard_in_place(desk: Desk) -> None:
    desk.conflicts, desk.refused = [make_conflict()], [make_refused()]
    cards = await desk.show()
    keep, edit = desk.button("Name: Keep mine"), desk.button("Edit")
    await cards.read()
    assert desk.button("Name: Keep mine") is keep and desk.button("Edit") is edit


async def test_a_decision_that_failed_can_be_made_again(desk: Desk, log_problems: Problems) -> None:
    desk.conflicts = [make_conflict()]
    await desk.show()
    desk.window.engine.answers[DecideConflict] = ServiceError("The database is restarting.")
    await desk.click("Name: Keep mine")
    assert desk.window.go.errors[-1][0] == "The database is restarting."
    assert not desk.button("Name: Keep mine").is_loading
    log_problems.records.clear()


async def test_a_refusal_says_why_and_leads_to_where_it_is_mended(desk: Desk) -> None:
    desk.refused = [make_refused(), make_refused(2, entity="notification", project_id=None)]
    cards = await desk.show()
    assert "Campaign · Kestrow · Budget" in desk.said()
    assert "Refused: The budget is too large." in desk.said()
    assert not cards.conflicts.isVisible()
    edits = [b for b in cards.findChildren(Button) if b.text() == "Edit"]
    assert len(edits) == 1  # a notification has no page
    await desk.click("Edit")
    assert desk.window.go.went == [("project", {"project_id": 7, "tab": "activities"})]


async def test_a_refused_change_is_sent_again_or_discarded(desk: Desk) -> None:
    desk.refused = [make_refused(1, what="Hotels"), make_refused(2, what="Cafés")]
    cards = await desk.show()
    await desk.click("Send again: Hotels")
    assert desk.window.engine.of(RetryQuarantined) == [RetryQuarantined(refused_id=1)]
    await desk.click("Discard: Cafés")
    (sheet,) = [s for s in desk.frame.findChildren(Sheet) if s.isVisible()]
    asked = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert "“Cafés” becomes what it is on the server." in asked
    await desk.click("Cancel", sheet)
    assert desk.window.engine.of(DiscardQuarantined) == []
    await desk.click("Discard: Cafés")
    (sheet,) = [s for s in desk.frame.findChildren(Sheet) if s.isVisible()]
    await desk.click("Discard", sheet)
    assert desk.window.engine.of(DiscardQuarantined) == [DiscardQuarantined(refused_id=2)]
    assert not cards.isVisible()
