"""Rows that sync, as people know them."""

from typing import NamedTuple
from uuid import UUID

from marketer_desktop.domain.sync import Entity
from marketer_desktop.storage.repositories.sync_rows import SyncedRow
from marketer_desktop.storage.unit_of_work import UnitOfWork


class RowName(NamedTuple):
    """What a row is called, and where it is found on this machine."""

    organization: str = ""
    what: str = ""
    project_id: int | None = None
    campaign_id: int | None = None
    activity_id: int | None = None


async def name_of(work: UnitOfWork, entity: Entity, sync_id: UUID) -> RowName:
    """All empty for a row that is not there any more."""
    if entity is Entity.USAGE_EVENT:
        use = await work.usage.of_identity(sync_id)
        model = (use[0].details or {}).get("model") if use else None
        return RowName(what=str(model or ""))
    placed = await work.sync_rows.placed(entity, sync_id)
    if placed is None:
        return RowName()
    synced = await work.sync_rows.here(entity, placed)
    organization = await work.organizations.get(placed.organization_id or 0)
    numbers: dict[Entity, int] = {entity: placed.number}
    for known in synced.above:
        above = await work.sync_rows.placed(known.entity, known.sync_id)
        numbers[known.entity] = above.number if above else 0
    return RowName(
        organization.name if organization else "",
        _title(synced),
        numbers.get(Entity.PROJECT),
        numbers.get(Entity.CAMPAIGN),
        numbers.get(Entity.ACTIVITY),
    )


def _title(synced: SyncedRow) -> str:
    row = synced.row
    if synced.entity is Entity.ACTIVITY:
        return str(((row.content or {}).get("metadata") or {}).get("title") or row.topic)
    if synced.entity is Entity.MEMBER and synced.person is not None:
        return str(synced.person.email)
    return str(getattr(row, "name", None) or getattr(row, "title", ""))
