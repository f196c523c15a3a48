"""Closes the books on what a process left behind that died, before anything else is begun."""

from marketer_desktop.observability.logs import log
from marketer_desktop.services.parts import Parts


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
