"""Changes that a server refused for good: shown, and tried again or given up by a person."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from marketer_desktop.domain.sync import Entity
from marketer_desktop.events.change import Subject
from marketer_desktop.services.apply_changes import mirroring
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.mirror_names import name_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.tables import SyncOutboxRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

SUBJECTS: tuple[Subject, ...] = ("sync", "projects", "activities", "organizations")


class RefusedChange(BaseModel):
    """What was sent of a row, and why the server does not take it.

    The row is here as it was changed; changing it once more sends that.
    """

    refused_id: int
    account_id: int
    organization: str
    entity: Entity
    what: str
    project_id: int | None
    campaign_id: int | None
    activity_id: int | None
    code: str
    message: str
    fields: dict[str, Any]
    at: datetime


class Quarantine(BaseModel):
    """The oldest first."""

    refused: list[RefusedChange]


class ListQuarantine(Call[Quarantine]):
    """All that servers have refused."""


class RetryQuarantined(Call[Quarantine]):
    """Send it once more; the answer is what is left."""

    refused_id: int


class DiscardQuarantined(Call[Quarantine]):
    """Let the row be as the server has it; what only is here stays here, and is not sent."""

    refused_id: int


async def list_quarantine(call: ListQuarantine, parts: Parts, emit: Emit) -> Quarantine:
    """Nothing is changed."""
    async with parts.database.unit_of_work() as work:
        return await _listed(work)


async def retry_quarantined(call: RetryQuarantined, parts: Parts, emit: Emit) -> Quarantine:
    """Raises `NotFound`."""
    account_id = await _account_of(parts, call.refused_id)
    async with mirroring(parts, account_id) as (work, _mirror, _):
        row = await _refused(work, call.refused_id)
        await work.outbox.wait(account_id, row.entity, row.sync_id)
        left = await _listed(work)
    parts.bus.changed("sync")
    parts.syncer.ask(account_id)
    return left


async def discard_quarantined(call: DiscardQuarantined, parts: Parts, emit: Emit) -> Quarantine:
    """Raises `NotFound`."""
    account_id = await _account_of(parts, call.refused_id)
    async with mirroring(parts, account_id) as (work, mirror, _):
        row = await _refused(work, call.refused_id)
        await mirror.restore(Entity(row.entity), row.sync_id)
        left = await _listed(work)
    parts.bus.changed(*SUBJECTS)
    parts.syncer.ask(account_id)  # what is in it waits no longer
    return left


async def _account_of(parts: Parts, number: int) -> int:
    async with parts.database.unit_of_work() as work:
        return (await _refused(work, number)).account_id


async def _refused(work: UnitOfWork, number: int) -> SyncOutboxRow:
    row = await work.outbox.get_refused(number)
    if row is None:
        raise NotFound("This is not refused any more: it was changed, sent or given up.")
    return row


async def _listed(work: UnitOfWork) -> Quarantine:
    return Quarantine(refused=[await _told(work, row) for row in await work.outbox.refused()])


async def _told(work: UnitOfWork, row: SyncOutboxRow) -> RefusedChange:
    entity = Entity(row.entity)
    name = await name_of(work, entity, row.sync_id)
    return RefusedChange(
        refused_id=row.id,
        account_id=row.account_id,
        entity=entity,
        code=row.code or "",
        message=row.message or "",
        fields=row.fields or {},
        at=row.updated_at,
        **name._asdict(),
    )
