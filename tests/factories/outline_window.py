"""A progress page whose run waits for its outline, with what its engine answers."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import ActivityDetails, CancelActivity, ShowActivity
from marketer_desktop.services.activity_report import ActivityReport, EventReport
from marketer_desktop.services.live_runs import ListRuns, LiveRun, RunList
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.services.review_outline import ApproveOutline, Outline, ShowOutline
from marketer_desktop.services.save_outline import SavedOutline, SaveOutline
from marketer_desktop.services.show_draft import Draft, ShowDraft
from marketer_desktop.ui.pages.progress.outline.section_row import SectionRow
from marketer_desktop.ui.pages.progress.page import ProgressPage
from tests.factories.outlines import make_outline
from tests.fakes.fake_bridge import FakeWindow

AT = datetime(2026, 3, 1, tzinfo=UTC)


def _event(seq: int, kind: str, step: str, progress: int, **data: Any) -> EventReport:
    return EventReport(kind=kind, step=step, progress=progress, seq=seq, at=AT, data=data)


EVENTS = [
    _event(1, "started", "seo_research", 0),
    _event(2, "finished", "seo_research", 20, duration_ms=15_000),
    _event(3, "started", "research", 20),
    _event(4, "finished", "research", 40, duration_ms=22_000),
    _event(5, "started", "writing", 40),
]
WAITS = _event(6, "waiting", "writing", 40, **{"for": "outline"})


def make_live(status: str = OUTLINE_REVIEW) -> LiveRun:
    """The run in the list of runs."""
    return LiveRun(
        activity_id=7,
        title="Automation",
        type="blog",
        status=status,
        step="writing",
        progress=40,
        eta_seconds=None,
        position=0,
    )


class OutlineScene:
    """The page in a window; the fake engine knows one run, and its outline."""

    def __init__(self, qtbot: QtBot, outline: Outline | None = None) -> None:
        self.qtbot = qtbot
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.frame.resize(1064, 748)
        self.window = FakeWindow(
            {
                ShowOutline: outline or make_outline(),
                ShowDraft: Draft(),
                SaveOutline: SavedOutline(kept=True),
                ApproveOutline: ActivityReport(activity_id=7, status="generating"),
                CancelActivity: ActivityReport(activity_id=7, status="cancelled"),
            },
            self.frame,
        )
        self.answers = self.window.engine.answers
        self.set_status(OUTLINE_REVIEW)
        self.page = ProgressPage(self.window.context, self.frame)
        self.page.resize(1064, 748)

    def set_status(self, status: str) -> None:
        """What the engine tells of the run from now on."""
        events = [*EVENTS, WAITS] if status == OUTLINE_REVIEW else EVENTS
        self.answers[ListRuns] = RunList(runs=[make_live(status)])
        self.answers[ShowActivity] = ActivityDetails(
            activity_id=7,
            status=status,
            brief={"topic": "Automation"},
            executions=[],
            events=events,
        )

    async def open(self) -> None:
        """Go to the page, in a window that has the keyboard."""
        self.frame.show()
        self.frame.activateWindow()
        self.qtbot.waitUntil(self.frame.isActiveWindow)
        self.page.shown(activity_id=7)
        await self.window.settle()

    async def hear(self, kind: Any, step: str = "writing", progress: int = 40) -> None:
        """Something happens in the run."""
        event = RunEvent(activity_id=7, kind=kind, step=step, progress=progress)
        self.window.engine.run_events.emit([event])
        await self.window.settle()

    @property
    def rows(self) -> list[SectionRow]:
        """The rows from top to bottom."""
        rows = self.page.outline.sections.rows.values()
        return sorted((row for row in rows if row.isVisible()), key=lambda row: row.y())

    @property
    def headings(self) -> list[str]:
        """The headings from top to bottom."""
        return [row.heading.text() for row in self.rows]
