"""The stream of a run for clients that come and go: gap-free, and never silent while it runs."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from pydantic import BaseModel

from marketer_desktop.events.run_event import PROGRESS, STEPS, RunEvent
from marketer_desktop.services.activities import existing
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.follow_activity import RECHECK_SECONDS, batches
from marketer_desktop.services.live_runs import RUNNING, time_left
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.outage import DatabaseOutage

PULSE = 1.0  # seconds


class StreamStart(BaseModel):
    """The number of the event before the first one to be told; `over`: there is none to come."""

    after: int
    over: bool


class OpenStream(Call[StreamStart]):
    """A stream of an activity's events, behind the one that was heard last.

    Without `after` it begins with the latest run, or where that was taken up again.
    """

    activity_id: int
    after: int | None = None


async def open_stream(call: OpenStream, parts: Parts, emit: Emit) -> StreamStart:
    """See whether there is anything to be told."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        running, newest = row.status == RUNNING, row.last_event_seq
        after = call.after
        if after is None or after > newest:  # the events of a restored backup are fewer
            after = await work.run_events.last_end(row.id, newest + 1 if running else newest)
    return StreamStart(after=after, over=not running and after == newest)


@dataclass
class _Standing:
    """How the run stands: `held` by a process that writes it, and at which step.

    `newest` is the number of its newest stored event, by the database.
    """

    running: bool
    held: bool
    newest: int
    step: str
    progress: int
    at: float = field(default_factory=time.monotonic)

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self.at >= RECHECK_SECONDS


async def run_stream(
    parts: Parts, activity_id: int, after: int
) -> AsyncGenerator[RunEvent | None, None]:
    """Yield the events behind `after` until the run has ended, at least one thing a second.

    Where nothing happens a run under way tells how far it is and how long it still takes; one
    that waits says None. An outage of the database is sat out.
    """
    while True:
        try:
            async with aclosing(_until_the_end(parts, activity_id, after)) as told:
                async for event in told:
                    after = (event and event.seq) or after
                    yield event
            return
        except DatabaseOutage:
            yield None
            await asyncio.sleep(PULSE)


async def _until_the_end(
    parts: Parts, activity_id: int, after: int
) -> AsyncGenerator[RunEvent | None, None]:
    standing = await _stands(parts, activity_id)
    async with aclosing(batches(parts, activity_id, after, PULSE)) as heard:
        async for batch in heard:
            for event in batch:
                yield event
                after = event.seq or after
            ended = any(event.kind == "ended" for event in batch)
            if batch and not ended:
                standing = _as_told(batch[-1], after)
            elif ended or standing.is_old:
                standing = await _stands(parts, activity_id)
                if not standing.running and after >= standing.newest:
                    return
            if not batch:
                yield _beat(parts, activity_id, standing) if standing.held else None


def _as_told(event: RunEvent, newest: int) -> _Standing:
    held = event.kind != "waiting"
    return _Standing(True, held, newest, event.step, event.progress)


def _beat(parts: Parts, activity_id: int, standing: _Standing) -> RunEvent:
    told = parts.bus.progress(activity_id)
    data = {**told.data, "eta_seconds": time_left(told)} if told else {"eta_seconds": None}
    return RunEvent(
        activity_id=activity_id,
        kind="progress",
        step=standing.step,
        progress=standing.progress,
        data=data,
    )


async def _stands(parts: Parts, activity_id: int) -> _Standing:
    # A listener may leave at any moment; cut off in mid-query, its connection would be lost.
    return await asyncio.shield(_read(parts, activity_id))


async def _read(parts: Parts, activity_id: int) -> _Standing:
    async with parts.database.unit_of_work() as work:
        row = await work.activities.visible(activity_id)
        held = await leased(work.session)
    if row is None:
        return _Standing(False, False, 0, STEPS[0], 0)
    done: str = (row.workflow_state or {}).get("step") or ""
    return _Standing(
        running=row.status == RUNNING,
        held=activity_id in held,
        newest=row.last_event_seq,
        step=done or STEPS[0],
        progress=PROGRESS.get(done, 0),
    )
