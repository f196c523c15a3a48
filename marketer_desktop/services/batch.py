"""Generate a whole table of briefs: start every row, follow them all, tell how far they are."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from marketer_desktop.domain.batch_rows import brief_of
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.eta import seconds_left
from marketer_desktop.domain.titles import slug
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.services.activities import (
    RESUMABLE,
    ResumeActivity,
    existing,
    report_of,
    resume_activity,
    stop_run,
)
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.batch_table import ENDED, BatchRow, Table, read_batch
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.deliver import delivered
from marketer_desktop.services.follow_activity import follow
from marketer_desktop.services.generate_content import chosen_model, start, take_in
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.providers import tell_where_texts_go
from marketer_desktop.services.run_journal import read_brief

INVALID = "invalid"
RUNNING = "running"
WHOLE = 100


class BatchOutcome(BaseModel):
    """What became of a row; `earlier` says that an earlier call had finished it.

    `status` is how its run ended, or `invalid` for a row that could not be started.
    """

    row: int
    topic: str
    type: ContentType
    status: str
    activity_id: int | None = None
    words: int = 0
    word_count: int = 0
    failed_checks: list[str] = Field(default_factory=list)
    errors: list[str] = Field(default_factory=list)
    path: str | None = None
    earlier: bool = False


class BatchResult(BaseModel):
    """One outcome a row, in the table's order, and how many ended in which way."""

    rows: list[BatchOutcome]
    completed: int
    needs_attention: int
    failed: int
    invalid: int
    problems: list[str]


class GenerateBatch(Call[BatchResult]):
    """Write every row of a table; `out` gets a folder for each.

    Cancelling the call cancels its runs. On the same file again, rows that are finished stay as
    they are, and the others are taken up where they stand.
    """

    path: Path
    project_id: int | None = None
    project: str | None = None
    model: str | None = None
    out: Path | None = None


@dataclass(frozen=True)
class _Run:
    """A row under way; `seen` is the number of the last event that is not to be told."""

    row: BatchRow
    activity_id: int
    seen: int = 0


@dataclass
class _Progress:
    """How far the rows of this call are, each in percent by its activity, and since when."""

    emit: Emit
    percent: dict[int, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def tell(self, run: _Run, status: str, percent: int) -> None:
        """Say how a row stands, and with it the whole."""
        self.percent[run.activity_id] = percent
        share = sum(self.percent.values()) / (WHOLE * len(self.percent))
        left = seconds_left(time.monotonic() - self.began, share)
        self.emit(
            {
                "kind": "batch",
                "row": run.row.row,
                "topic": run.row.topic,
                "activity_id": run.activity_id,
                "status": status,
                "done": sum(each == WHOLE for each in self.percent.values()),
                "count": len(self.percent),
                "percent": round(WHOLE * share),
                "eta_seconds": None if left is None else round(left),
            }
        )


async def generate_batch(call: GenerateBatch, parts: Parts, emit: Emit) -> BatchResult:
    """Queue all valid rows, then follow each to its end."""
    choice = await chosen_model(parts, call.model)
    tell_where_texts_go(choice, emit)
    table = await read_batch(parts, call.path, call.project_id, call.project)
    runs: list[_Run] = []
    try:
        for key, row in table.rows.items():
            run = None if row.status in ENDED else await _begun(parts, table, key, choice, emit)
            runs += [run] if run else []
        parts.bus.changed("activities")
        await _follow_all(parts, runs, _Progress(emit, {run.activity_id: 0 for run in runs}))
    except asyncio.CancelledError:
        await asyncio.shield(_stop_all(parts, runs))
        raise
    fresh = {run.activity_id for run in runs}
    rows = [await _outcome(parts, row, fresh, call.out) for row in table.rows.values()]
    return _result(rows, table.problems)


async def _begun(
    parts: Parts, table: Table, key: str, choice: ModelChoice, emit: Emit
) -> _Run | None:
    """The run of a row: a new one, or the one of an earlier call; None if it cannot be started."""
    row = table.rows[key]
    if row.activity_id is not None:
        return await _taken_up(parts, row, row.activity_id, emit)
    documents = [] if row.errors else await _documents(parts, table, row, emit)
    if row.errors:
        return None
    row.activity_id = await start(parts, table.place, brief_of(row, documents, key), choice)
    return _Run(row, row.activity_id)


async def _taken_up(parts: Parts, row: BatchRow, activity_id: int, emit: Emit) -> _Run | None:
    """The run of an earlier call, whose events so far are not told again; None if it has ended."""
    async with parts.database.unit_of_work() as work:
        found = await existing(work, activity_id)
    if row.status in RESUMABLE:
        await resume_activity(ResumeActivity(activity_id=activity_id, follow=False), parts, emit)
    elif found.status != "generating":
        return None
    return _Run(row, activity_id, found.last_event_seq)


async def _documents(parts: Parts, table: Table, row: BatchRow, emit: Emit) -> list[int]:
    """The numbers of the row's documents, taken in if they are new; failures become errors."""
    found, files = table.documents_of(row)
    for path in files:
        result = await take_in(path, parts, table.place, emit)
        if result.document_id is None or result.status != "indexed":
            row.errors.append(f"Row {row.row}: {path.name}: {result.error}")
        else:
            found.append(result.document_id)
    return list(dict.fromkeys(found))


async def _follow_all(parts: Parts, runs: list[_Run], progress: _Progress) -> None:
    for run in runs:
        progress.tell(run, "started", 0)
    try:
        async with asyncio.TaskGroup() as group:
            for run in runs:
                group.create_task(_followed(parts, run, progress))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors


async def _followed(parts: Parts, run: _Run, progress: _Progress) -> None:
    """Follow one run. Only its stored progress is told: a whole table's tokens say little."""

    def hear(event: dict[str, Any]) -> None:
        if event["kind"] in {"started", "finished"}:
            progress.tell(run, RUNNING, min(event["progress"], WHOLE - 1))

    await follow(parts, run.activity_id, hear, after=run.seen)
    progress.tell(run, (await report_of(parts, run.activity_id)).status, WHOLE)


async def _stop_all(parts: Parts, runs: list[_Run]) -> None:
    for run in runs:
        async with parts.database.unit_of_work() as work:
            row = await existing(work, run.activity_id)
        if row.status == "generating":
            await stop_run(parts, row)


async def _outcome(parts: Parts, row: BatchRow, fresh: set[int], out: Path | None) -> BatchOutcome:
    about = row.model_dump(include={"row", "topic", "type", "words", "errors"})
    if row.activity_id is None:
        return BatchOutcome(**about, status=INVALID)
    told = await report_of(parts, row.activity_id)
    if told.path is not None:
        told = await _deliver(parts, row, told, out)
    return BatchOutcome(
        **about | {"errors": [told.error] if told.error else []},
        status=told.status,
        activity_id=row.activity_id,
        word_count=told.word_count,
        failed_checks=[check.id for check in told.checks if check.hard and not check.passed],
        path=told.path,
        earlier=row.activity_id not in fresh,
    )


async def _deliver(
    parts: Parts, row: BatchRow, told: ActivityReport, out: Path | None
) -> ActivityReport:
    async with parts.database.unit_of_work() as work:
        brief = read_brief((await existing(work, told.activity_id)).brief)
    folder = out / f"row-{row.row:03d}-{slug(row.topic)[:40].strip('-')}" if out else None
    return await delivered(told, brief, folder)


def _result(rows: list[BatchOutcome], problems: list[str]) -> BatchResult:
    ended = [row.status for row in rows]
    return BatchResult(
        rows=rows,
        completed=sum(s in ENDED and s != "needs_attention" for s in ended),
        needs_attention=ended.count("needs_attention"),
        failed=ended.count("failed") + ended.count("cancelled"),
        invalid=ended.count(INVALID),
        problems=problems,
    )
