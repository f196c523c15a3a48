"""Change an activity: its status, and what its next text shall be about."""

from typing import Any

from pydantic import BaseModel, ValidationError

from marketer_desktop.domain.activity_status import Status
from marketer_desktop.domain.brief import (
    Audience,
    Brief,
    Keywords,
    SeoPriority,
    Tone,
    Topic,
    Words,
)
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import locked
from marketer_desktop.services.call import Call, Emit, WrongUse, said_plainly
from marketer_desktop.services.change_status import move_on
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_journal import read_brief
from marketer_desktop.services.start_activity import check_documents
from marketer_desktop.services.write_anew import free_to_write
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork


class UpdatedActivity(BaseModel):
    """What was changed, and the status now."""

    activity_id: int
    status: str


class UpdateActivity(Call[UpdatedActivity]):
    """Change what is given; None leaves a field alone. A text that is there stays as it is."""

    activity_id: int
    status: Status | None = None
    topic: Topic | None = None
    keywords: Keywords | None = None
    audience: Audience | None = None
    tone: Tone | None = None
    words: Words | None = None
    language: str | None = None
    document_ids: list[int] | None = None
    seo_priority: SeoPriority | None = None
    only_documents: bool | None = None
    review_outline: bool | None = None


async def update_activity(call: UpdateActivity, parts: Parts, emit: Emit) -> UpdatedActivity:
    """All of it or nothing, and note who did it."""
    changes = call.model_dump(exclude={"activity_id", "status"}, exclude_none=True)
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await locked(work, call.activity_id)
        if call.status is not None:
            await move_on(work, row, call.status)
        if changes:
            await _rewrite(work, await free_to_write(work, row.id), changes)
        await work.commit()
    parts.bus.changed("activities")
    return UpdatedActivity(activity_id=row.id, status=call.status or row.status)


async def _rewrite(work: UnitOfWork, row: ActivityRow, changes: dict[str, Any]) -> None:
    """Let the brief ask for something else."""
    try:
        brief = Brief.model_validate({**dict(read_brief(row.brief)), **changes})
    except ValidationError as error:
        raise WrongUse(said_plainly(error)) from error
    place = await work.workspaces.of_campaign(row.campaign_id)
    await check_documents(work, place, changes.get("document_ids", []))
    await work.activities.set_brief(row.id, brief.model_dump(mode="json"))
    member = await work.workspaces.member()
    await work.audit.record(
        member.user_id,
        member.organization_id,
        "activity.update",
        "activity",
        row.id,
        {"fields": sorted(changes)},
    )
