"""Closes the books on what a process left behind that died, before anything else is begun."""

from collections.abc import Sequence

from marketer_desktop.jobs.queue import StalledJob
from marketer_desktop.observability.logs import log
from marketer_desktop.services.activities import INTERRUPTED, status_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.planned_outline import REVIEW
from marketer_desktop.storage.lease import keeps_runs, leased
from marketer_desktop.storage.tables import ActivityRow


async def recover_runs(parts: Parts) -> None:
    """End the jobs of dead workers, and have their runs count as interrupted at once.

    To be called while no worker is alive: what is not queued then was cut off, also a run that
    had a job and died before it began.
    """
    for orphan in await parts.queue.orphans():
        await parts.queue.abandon(orphan)
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        for row in await work.runs.under_way():
            state = row.workflow_state or {}
            job = state.get("job")
            if job not in queued and state.get("begun") != job:
                log.warning("a run was cut off before it began", extra={"activity_id": row.id})
                await work.activities.set_run(row.id, {**state, "begun": job})
        await work.commit()


async def take_over(parts: Parts) -> list[int]:
    """Have the runs go on that a dead process of several has left; return their activities.

    Of all processes one looks at a time, so that nobody takes back what another has begun anew. A
    silent worker that holds its run is alive.
    """
    async with parts.database.unit_of_work() as work:
        if not await keeps_runs(work.session):
            return []
        held = await leased(work.session)
        stalled = await parts.queue.stalled()
        known = await parts.queue.unfinished()
        rows = await work.runs.under_way()
        taken = await _taken_back(parts, rows, [s for s in stalled if s.activity_id not in held])
        for row in rows:
            if status_of(row, held, known) == INTERRUPTED:
                job = await parts.queue.defer(await work.driver_connection(), row.id)
                state = {**(row.workflow_state or {}), "job": job, REVIEW: ""}
                await work.activities.set_run(row.id, state)
                taken.append(row.id)
        await work.commit()
    for activity_id in taken:
        log.warning("a run was cut off and goes on", extra={"activity_id": activity_id})
    return taken


async def _taken_back(
    parts: Parts, rows: Sequence[ActivityRow], dead: Sequence[StalledJob]
) -> list[int]:
    """Have the jobs of dead workers wait again; those of runs that are over are closed."""
    jobs = {(row.workflow_state or {}).get("job") for row in rows}
    for each in dead:
        if each.job in jobs:
            await parts.queue.take_back(each.job)
        else:
            await parts.queue.abandon(each.job)
    return [each.activity_id for each in dead if each.job in jobs]
