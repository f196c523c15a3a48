"""A table of briefs: what its rows ask for, what is wrong with them, and how far each is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.batch import BatchResult
from marketer_desktop.services.batch_table import ENDED, BatchCheck, BatchRow

INVALID, READY, QUEUED, RUNNING = "invalid", "ready", "queued", "running"
State = Literal["empty", "unread", "filled"]


@dataclass
class RowView:
    """One row. `status` is `invalid`, `ready`, `queued`, `running`, or how its run ended."""

    row: int
    type: str
    topic: str
    keywords: list[str]
    words: int
    status: str
    errors: list[str] = field(default_factory=list)
    activity_id: int | None = None
    percent: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it will be written, or written again, when somebody says so."""
        return self.status not in ENDED and self.status != INVALID


class BatchPresenter:
    """`running` from the start of a batch until it has ended or was stopped."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.project_id: int | None = None
        self.rows: list[RowView] = []
        self.problems: list[str] = []
        self.result: BatchResult | None = None
        self.running = False
        self.done = self.count = 0
        self.eta_seconds: int | None = None
        self.reading = ""  # the document that is read before the writing begins

    @property
    def state(self) -> State:
        """What kind of page this is now."""
        if self.path is None:
            return "empty"
        return "filled" if self.rows else "unread"

    def choose(self, path: Path) -> None:
        """Another file."""
        self.path, self.rows, self.problems, self.result = path, [], [], None

    def take(self, check: BatchCheck) -> None:
        """Show what was read of the file."""
        if not self.running:
            self.rows, self.problems = [_view(row) for row in check.rows], check.problems
            self.result = None

    @property
    def open_count(self) -> int:
        """How many rows would be written now."""
        return sum(row.is_open for row in self.rows)

    @property
    def invalid_count(self) -> int:
        """How many rows are left out."""
        return sum(row.status == INVALID for row in self.rows)

    @property
    def written_count(self) -> int:
        """How many rows have been written."""
        return sum(row.status in ENDED for row in self.rows)

    @property
    def percent(self) -> float:
        """How far all rows under way are."""
        asked = [row for row in self.rows if row.status != INVALID]
        whole = sum(100 if row.status in ENDED else row.percent for row in asked)
        return whole / max(1, len(asked))

    def find(self, row: object) -> RowView | None:
        """The row with this number."""
        return next((view for view in self.rows if view.row == row), None)

    def begin(self) -> None:
        """All open rows wait for their turn."""
        self.running, self.result, self.reading = True, None, ""
        self.done, self.count, self.eta_seconds = 0, self.open_count, None
        for row in self.rows:
            if row.is_open:
                row.status, row.percent = QUEUED, 0

    def hear(self, event: Mapping[str, Any]) -> None:
        """Take in what the batch tells of itself."""
        if event.get("kind") == "document":
            self.reading = str(event["file"])
            return
        view = self.find(event.get("row"))
        if event.get("kind") != "batch" or view is None:
            return
        self.reading = ""
        self.done, self.count = int(event["done"]), int(event["count"])
        self.eta_seconds = event.get("eta_seconds")
        view.activity_id = event.get("activity_id") or view.activity_id
        told = str(event["status"])
        if told == "started":
            view.status = QUEUED
        else:
            view.status = RUNNING if told in ("running", "generating") else told

    def apply(self, events: Iterable[RunEvent]) -> bool:
        """Take in how far the runs are; whether a row of this table changed."""
        if not self.running:
            return False
        rows = {row.activity_id: row for row in self.rows if row.activity_id is not None}
        changed = False
        for event in events:
            row = rows.get(event.activity_id)
            if row is not None and row.status in (QUEUED, RUNNING) and event.kind != "ended":
                row.status, row.percent, changed = RUNNING, event.progress, True
        return changed

    def end(self, result: BatchResult) -> None:
        """All rows have come to an end."""
        self.running, self.result, self.eta_seconds = False, result, None
        for outcome in result.rows:
            view = self.find(outcome.row)
            if view is not None:
                view.status = outcome.status
                view.activity_id = outcome.activity_id or view.activity_id

    def stop(self) -> None:
        """It was stopped, or has failed: rows that were under way are open again."""
        self.running, self.eta_seconds, self.reading = False, None, ""
        for row in self.rows:
            if row.status in (QUEUED, RUNNING):
                row.status = "cancelled" if row.activity_id else READY


def _view(row: BatchRow) -> RowView:
    return RowView(
        row=row.row,
        type=row.type,
        topic=row.topic,
        keywords=row.keywords,
        words=row.words,
        status=INVALID if row.errors else row.status or READY,
        errors=row.errors,
        activity_id=row.activity_id,
    )
