"""What was changed here and by somebody else differently: shown, and decided by a person."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from marketer_desktop.domain.sync import Entity
from marketer_desktop.domain.sync_fields import fields_of, with_fields
from marketer_desktop.services.activity_text import locked, markdown_of, revision_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.content import SaveContent, store_text
from marketer_desktop.services.mirror_burial import WHOLE_ROW
from marketer_desktop.services.mirror_change import row_json
from marketer_desktop.services.mirror_columns import Place, columns_of
from marketer_desktop.services.mirror_names import name_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.services.sync_data import DATA
from marketer_desktop.storage.repositories.sync_rows import Placed
from marketer_desktop.storage.tables import SyncConflictRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

# Fields of a text that are stored as if somebody had typed them, by their names in that call.
TYPED = {
    "content.markdown": "markdown",
    "content.title": "title",
    "content.meta_description": "description",
    "content.slug": "slug",
    "content.keyphrase": "keyphrase",
    "content.social_variants": "variants",
}
NOTHING: dict[str, Any] = {"variants": {}}  # of the others it is an empty text
# The columns that a part of an activity is kept in.
PARTS = {
    "brief": ("brief", "topic", "keywords", "tone", "target_audience", "target_word_count"),
    "content": ("content",),
}


class SyncConflict(BaseModel):
    """One field: `theirs` is what the row has now, `mine` what it had here.

    Without a field it is the whole row, which is gone at the server: `theirs` is None.
    """

    conflict_id: int
    account_id: int
    organization: str
    entity: Entity
    what: str
    project_id: int | None
    campaign_id: int | None
    activity_id: int | None
    field: str
    mine: Any
    theirs: Any
    at: datetime


class SyncConflictList(BaseModel):
    """The oldest first."""

    conflicts: list[SyncConflict]


class ListConflicts(Call[SyncConflictList]):
    """All that somebody has to decide."""


class DecideConflict(Call[SyncConflictList]):
    """Keep one side; the answer is what is left to decide.

    Of a whole row that is gone at the server: `mine` makes it again there (a project stays on this
    machine alone), `theirs` removes it here.
    """

    conflict_id: int
    keep: Literal["mine", "theirs"]


async def list_conflicts(call: ListConflicts, parts: Parts, emit: Emit) -> SyncConflictList:
    """Nothing is changed."""
    async with parts.database.unit_of_work() as work:
        return await _listed(work)


async def decide_conflict(call: DecideConflict, parts: Parts, emit: Emit) -> SyncConflictList:
    """What is kept of mine is a new change, which is sent. Raises `NotFound`."""
    async with parts.database.unit_of_work() as work:
        row = await _disputed(work, call.conflict_id)
        entity = Entity(row.entity)
        placed = await work.sync_rows.placed(entity, row.sync_id)
        if placed is not None:
            await work.sync_rows.hold(entity, placed)
            if row.field == WHOLE_ROW:
                await _decide_row(work, row, placed, call.keep)
            elif call.keep == "mine":
                await _keep_mine(work, parts, row, placed)
        await work.sync_conflicts.drop(row.id)
        left = await _listed(work)
        await work.commit()
    parts.bus.changed("sync", "projects", "activities", "organizations")
    parts.syncer.ask(row.account_id)
    return left


async def _disputed(work: UnitOfWork, number: int) -> SyncConflictRow:
    """The conflict, and nothing of its account is synced meanwhile."""
    row = await work.sync_conflicts.get(number)
    if row is not None:
        await work.sync_states.held(row.account_id)
        row = await work.sync_conflicts.get(number)
    if row is None:
        raise NotFound("There is no such conflict any more: it is decided.")
    return row


async def _decide_row(work: UnitOfWork, row: SyncConflictRow, placed: Placed, keep: str) -> None:
    entity = Entity(row.entity)
    if keep == "mine":
        if entity is not Entity.PROJECT:
            await work.outbox.wait(row.account_id, entity, row.sync_id)
        return
    inside = [sync_id for _, sync_id in await work.mirror_rows.inside(entity, placed.number)]
    await work.sync_conflicts.drop_all(row.account_id, inside)
    await work.mirror_rows.remove(entity, placed.number)


async def _keep_mine(work: UnitOfWork, parts: Parts, row: SyncConflictRow, placed: Placed) -> None:
    """Written as if it was changed once more."""
    entity = Entity(row.entity)
    if row.field in TYPED:
        activity = await locked(work, placed.number)
        name = TYPED[row.field]
        mine = NOTHING.get(name, "") if row.mine is None else row.mine  # None leaves it as it is
        typed = {"markdown": markdown_of(activity), name: mine}
        call = SaveContent(activity_id=activity.id, base_revision=revision_of(activity), **typed)
        await store_text(work, parts, activity, call)
        return
    here = await work.sync_rows.here(entity, placed)
    data = DATA[entity].model_validate(with_fields(entity, row_json(here), {row.field: row.mine}))
    columns = columns_of(entity, data, Place(None, None, ""), here.row)
    names = PARTS.get(row.field.partition(".")[0], (row.field,))
    changed = {name: columns[name] for name in names}
    await work.mirror_rows.change(entity, placed.number, changed)


async def _listed(work: UnitOfWork) -> SyncConflictList:
    return SyncConflictList(
        conflicts=[await _conflict(work, row) for row in await work.sync_conflicts.all()]
    )


async def _conflict(work: UnitOfWork, row: SyncConflictRow) -> SyncConflict:
    entity = Entity(row.entity)
    name = await name_of(work, entity, row.sync_id)
    placed = await work.sync_rows.placed(entity, row.sync_id)
    theirs = None
    if placed is not None and row.field != WHOLE_ROW:
        here = row_json(await work.sync_rows.here(entity, placed))
        theirs = fields_of(entity, here).get(row.field)
    return SyncConflict(
        conflict_id=row.id,
        account_id=row.account_id,
        entity=entity,
        field=row.field,
        mine=row.mine,
        theirs=theirs,
        at=row.created_at,
        **name._asdict(),
    )
