"""Activities: list and show them, cancel a run, take one up again."""

from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field

from marketer_desktop.services.activity_report import (
    ActivityReport,
    EventReport,
    ExecutionReport,
    activity_report,
    own_run,
)
from marketer_desktop.services.activity_text import locked
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.follow_activity import follow
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW, REVIEW
from marketer_desktop.services.queue_run import queue_again
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.services.run_journal import RunJournal
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

INTERRUPTED = "interrupted"
BEGINS_WITHIN = timedelta(seconds=30)
RESUMABLE = frozenset({INTERRUPTED, "failed", "cancelled"})


class ActivitySummary(BaseModel):
    """One line of the list."""

    activity_id: int
    type: str
    topic: str
    status: str
    word_count: int | None
    created_at: datetime


class ActivityList(BaseModel):
    """Newest first."""

    activities: list[ActivitySummary]


class ActivityDetails(ActivityReport):
    """The report with the ledger and the events."""

    brief: dict[str, object] = Field(default_factory=dict)
    executions: list[ExecutionReport]
    events: list[EventReport]


class ListActivities(Call[ActivityList]):
    """The last activities."""

    limit: int = Field(default=50, ge=1, le=1000)


class ShowActivity(Call[ActivityDetails]):
    """Everything about one activity."""

    activity_id: int


class CancelActivity(Call[ActivityReport]):
    """End a run; what it has written so far is kept."""

    activity_id: int


class ResumeActivity(Call[ActivityReport]):
    """Take up a run that was cut off, failed or was cancelled.

    `follow` waits for its end; without it the answer comes as soon as the run is queued.
    """

    activity_id: int
    follow: bool = True


def status_of(row: ActivityRow, held: set[int], queued: Container[int] = ()) -> str:
    """The stored status, or `interrupted` for a started run that no process holds.

    A run that waits for its outline to be reviewed is in `outline_review`.

    A run whose job is among the `queued` ones waits for its turn: nothing cut it off. Nor has
    anything yet if a worker has just fetched its job, which notes itself once it holds the run.
    """
    state = row.workflow_state or {}
    if row.status == "generating" and state.get(REVIEW):
        return OUTLINE_REVIEW
    begun = state.get("begun") == state.get("job")
    # A process may die between fetching a job and that note; the clock may go back.
    started = begun or abs(datetime.now(UTC) - row.updated_at) > BEGINS_WITHIN
    cut_off = row.status == "generating" and started and row.id not in held
    return INTERRUPTED if cut_off and state.get("job") not in queued else row.status


async def existing(work: UnitOfWork, activity_id: int) -> ActivityRow:
    """The activity, or a `NotFound` that says how to find the right number."""
    row = await work.activities.visible(activity_id)
    if row is None:
        raise NotFound(
            f"There is no activity {activity_id}. “marketer activities list” shows what is there."
        )
    return row


async def list_activities(call: ListActivities, parts: Parts, emit: Emit) -> ActivityList:
    """The last activities of this installation, newest first."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        rows = await work.activities.list(place.organization_id, call.limit)
        held = await leased(work.session)
        await work.commit()
    return ActivityList(activities=[_summary(row, status_of(row, held, queued)) for row in rows])


def _summary(row: ActivityRow, status: str) -> ActivitySummary:
    return ActivitySummary(
        activity_id=row.id,
        type=row.type,
        topic=row.topic,
        status=status,
        word_count=(row.content or {}).get("metadata", {}).get("word_count"),
        created_at=row.created_at,
    )


async def report_of(parts: Parts, activity_id: int) -> ActivityReport:
    """How an activity stands now."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        row = await existing(work, activity_id)
        status = status_of(row, await leased(work.session), queued)
        return await activity_report(work, row, status)


async def show_activity(call: ShowActivity, parts: Parts, emit: Emit) -> ActivityDetails:
    """The report, the brief, every call of the ledger and every event."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        executions, events = own_run(
            row, await work.executions.of_activity(row.id), await work.run_events.after(row.id, 0)
        )
        status = status_of(row, await leased(work.session), queued)
        told = await activity_report(work, row, status)
    return ActivityDetails(
        **told.model_dump(),
        brief=row.brief or {},
        executions=[
            ExecutionReport(
                node=e.node or "",
                agent=e.agent_name,
                status=e.status,
                input_hash=e.input_hash or "",
                attempt=e.attempt or 1,
                duration_ms=e.duration_ms,
            )
            for e in executions
        ],
        events=_events(events),
    )


def _events(rows: Sequence[object]) -> list[EventReport]:
    return [EventReport.model_validate(row, from_attributes=True) for row in rows]


async def cancel_activity(call: CancelActivity, parts: Parts, emit: Emit) -> ActivityReport:
    """Mark the run as cancelled, then stop the job; a run that has ended is left alone."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
    if row.status != "generating":
        raise Conflict(f"Activity {row.id} is {row.status}: there is no run to cancel.")
    await stop_run(parts, row)
    return await report_of(parts, row.id)


async def stop_run(parts: Parts, row: ActivityRow) -> None:
    """Write the ending, then stop the job that would go on writing."""

    async def mark(work: UnitOfWork) -> None:
        await work.activities.set_status(row.id, "cancelled")

    journal = RunJournal(parts.database, parts.bus, row.id)
    await journal.end("cancelled", {}, mark)
    job = (row.workflow_state or {}).get("job")
    if job is not None:
        await parts.queue.cancel(job)


async def resume_activity(call: ResumeActivity, parts: Parts, emit: Emit) -> ActivityReport:
    """Take the run up where its last checkpoint stands, and follow it if asked to."""
    seen = await _queued_again(parts, call.activity_id, RESUMABLE)
    if call.follow:
        await follow(parts, call.activity_id, emit, after=seen)
    return await report_of(parts, call.activity_id)


async def take_up(parts: Parts, activity_id: int) -> bool:
    """Have a run go on that was cut off; False if somebody has ended it or taken it up since."""
    try:
        await _queued_again(parts, activity_id, {INTERRUPTED})
    except Conflict:
        return False
    return True


async def _queued_again(parts: Parts, activity_id: int, resumable: Container[str]) -> int:
    """Queue the run; the number of the last event before. Raises `Conflict`."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        await existing(work, activity_id)
        row = await locked(work, activity_id)
        status = status_of(row, await leased(work.session), queued)
        if status not in resumable:
            raise Conflict(f"Activity {row.id} is {status}: there is nothing to resume.")
        old = (row.workflow_state or {}).get("job")
        await work.activities.set_status(row.id, "generating")
        await queue_again(parts, work, row, {REVIEW: ""})
        seen = row.last_event_seq
        if status == INTERRUPTED and old is not None:
            await parts.queue.abandon(old)
        await work.commit()
    parts.bus.changed("activities")
    return seen
