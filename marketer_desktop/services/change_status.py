"""Move a text on: to review, approved, published, into the archive, and back."""

from pydantic import BaseModel

from marketer_desktop.domain.activity_status import Status, may_become
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import locked
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

SAID = {
    "draft": "a draft",
    "generating": "being written",
    "completed": "ready",
    "needs_attention": "in need of attention",
    "in_review": "in review",
}


class StatusChange(BaseModel):
    """The status now, and the one before, which undoes the change."""

    activity_id: int
    before: str
    status: str


class ChangeStatus(Call[StatusChange]):
    """Give a text another status."""

    activity_id: int
    status: Status


class ArchiveActivity(Call[StatusChange]):
    """Put an activity away; `ChangeStatus` to the status before takes it out again."""

    activity_id: int


async def change_status(call: ChangeStatus, parts: Parts, emit: Emit) -> StatusChange:
    """Change the status if it may follow the present one, and note who did it."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await locked(work, call.activity_id)
        before = row.status
        await move_on(work, row, call.status)
        await work.commit()
    parts.bus.changed("activities")
    return StatusChange(activity_id=call.activity_id, before=before, status=call.status)


async def move_on(work: UnitOfWork, row: ActivityRow, status: Status) -> None:
    """Give the locked `row` this status, and note who did it. Raises `Conflict`."""
    before = row.status
    if before == status:
        return
    if not may_become(before, status):
        raise Conflict(
            f"This text is {_said(before)} and cannot become {_said(status)} from there."
        )
    member = await work.workspaces.member()
    await work.activities.move_to(row.id, status)
    await work.audit.record(
        member.user_id,
        member.organization_id,
        "activity.status",
        "activity",
        row.id,
        {"from": before, "to": status},
    )


async def archive_activity(call: ArchiveActivity, parts: Parts, emit: Emit) -> StatusChange:
    """Put the activity into the archive."""
    move = ChangeStatus(activity_id=call.activity_id, status="archived")
    return await change_status(move, parts, emit)


def _said(status: str) -> str:
    return SAID.get(status, status)
