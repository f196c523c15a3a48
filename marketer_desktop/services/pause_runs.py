"""Pause all runs of this machine, and let them go on where they stand."""

from pydantic import BaseModel

from marketer_desktop.services.activities import INTERRUPTED, status_of, take_up
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.lease import leased


class Paused(BaseModel):
    """Whether runs wait, and which of them were under way."""

    paused: bool
    activity_ids: list[int]


class PauseRuns(Call[Paused]):
    """Stop runs under way after what is finished, and begin no others."""


class GoOn(Call[Paused]):
    """Take the paused runs up again, and those that waited."""


async def pause_runs(call: PauseRuns, parts: Parts, emit: Emit) -> Paused:
    """Runs that were under way count as interrupted until they go on."""
    await parts.queue.pause()
    parts.bus.changed("activities")
    return Paused(paused=True, activity_ids=await _interrupted(parts))


async def go_on(call: GoOn, parts: Parts, emit: Emit) -> Paused:
    """Take up every interrupted run that nobody ends meanwhile."""
    waiting = await _interrupted(parts)
    parts.queue.go_on()
    going = [activity_id for activity_id in waiting if await take_up(parts, activity_id)]
    parts.bus.changed("activities")
    return Paused(paused=False, activity_ids=going)


async def _interrupted(parts: Parts) -> list[int]:
    """In all organizations: the queue is one."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        held = await leased(work.session)
        rows = await work.runs.under_way()
    return [row.id for row in rows if status_of(row, held, queued) == INTERRUPTED]
