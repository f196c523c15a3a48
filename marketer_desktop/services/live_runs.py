"""The runs that matter now: under way, waiting, cut off, or ended within the last hour."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from marketer_desktop.events.run_event import PROGRESS, STEPS, RunEvent
from marketer_desktop.jobs.queue import CONCURRENCY
from marketer_desktop.services.activities import status_of
from marketer_desktop.services.activity_report import own_run
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.tables import ActivityRow, RunEventRow

RECENT = timedelta(hours=1)
RUNNING = "generating"
WAITING = "waiting"
WELL_ENDED = frozenset({"completed", "needs_attention"})


class LiveRun(BaseModel):
    """One run: `status` is `waiting`, `generating`, `interrupted` or how it ended.

    `step` is the last one that began (None before the first), `progress` is in percent,
    `eta_seconds` what the run itself has told last, and `position` how many runs must end
    before this one begins (0 unless it waits).
    """

    activity_id: int
    title: str
    type: str
    status: str
    step: str | None
    progress: int
    eta_seconds: int | None
    position: int


class RunList(BaseModel):
    """Oldest first."""

    runs: list[LiveRun]


class ListRuns(Call[RunList]):
    """The runs of the current organization that matter now."""


async def list_runs(call: ListRuns, parts: Parts, emit: Emit) -> RunList:
    """Read the runs and where each stands in the queue."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        rows = await work.runs.live(place.organization_id, RECENT)
        events = await work.runs.events([row.id for row in rows])
        held = await leased(work.session)
        await work.commit()
    told = parts.bus.progress
    return RunList(runs=[_run(r, events[r.id], held, queued, told(r.id)) for r in rows])


def _run(
    row: ActivityRow,
    events: Sequence[RunEventRow],
    held: Collection[int],
    queued: list[int],
    told: RunEvent | None,
) -> LiveRun:
    status = run_status(row, held, queued)
    _, own = own_run(row, [], events)
    steps = [event for event in own if event.step in STEPS]
    progress = PROGRESS["complete"] if status in WELL_ENDED else 0
    return LiveRun(
        activity_id=row.id,
        title=(row.content or {}).get("metadata", {}).get("title") or row.topic,
        type=row.type,
        status=status,
        step=steps[-1].step if steps else None,
        progress=progress or (steps[-1].progress if steps else 0),
        eta_seconds=time_left(told) if told and status == RUNNING else None,
        position=runs_ahead(row, held, queued) if status == WAITING else 0,
    )


def run_status(row: ActivityRow, held: Collection[int], queued: Collection[int]) -> str:
    """The status of the activity, but `waiting` for a run that nobody has taken up yet."""
    status = status_of(row, set(held), queued)
    return WAITING if status == RUNNING and row.id not in held else status


def runs_ahead(row: ActivityRow, held: Collection[int], queued: Sequence[int]) -> int:
    """How many runs must end before this one's turn comes, as several run at once."""
    job = (row.workflow_state or {}).get("job")
    earlier = queued.index(job) if job in queued else 0
    return max(0, len(held) + earlier - (CONCURRENCY - 1))


def time_left(told: RunEvent) -> int | None:
    """Seconds to go: what the run said, less the time since."""
    said: float | None = told.data["eta_seconds"]
    since = max(0.0, (datetime.now(UTC) - told.at).total_seconds())  # the clock may go back
    return None if said is None else max(0, round(said - since))
