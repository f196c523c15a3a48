"""Writes the text of an activity anew: the present one stays among the revisions."""

from uuid import UUID

from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import keep_first, locked
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.queue_run import queue_run
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork


async def free_to_write(work: UnitOfWork, activity_id: int) -> ActivityRow:
    """The activity, locked. Raises `NotFound`, and `Conflict` where nothing may be written."""
    await existing(work, activity_id)
    row = await locked(work, activity_id)
    if row.status == "generating":
        raise Conflict("This text is being written already.")
    if row.status == "archived":
        raise Conflict("This text is archived. Take it out of the archive first.")
    return row


async def write_anew(
    parts: Parts, work: UnitOfWork, row: ActivityRow, choice: ModelChoice | None
) -> UUID:
    """Queue a new run of the activity; the run's end replaces the text."""
    await keep_first(work, row)
    member = await work.workspaces.member()
    await work.activities.set_status(row.id, "generating")
    await work.audit.record(
        member.user_id, member.organization_id, "activity.regenerate", "activity", row.id
    )
    return await queue_run(parts, work, row, member.organization_id, choice)
