"""What is to be sent next: the differences of rows that wait, frozen with their numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from marketer_desktop.domain.sync import MOST_MUTATIONS, Entity, Mutation
from marketer_desktop.domain.sync_fields import told, told_anew
from marketer_desktop.llm.choice import UnknownModel, parse_choice
from marketer_desktop.services.apply_changes import hold_state
from marketer_desktop.services.mirror_change import RUNS_HERE, changed_here, row_json
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.sync_rows import Placed, SyncedRow
from marketer_desktop.storage.tables import SyncBaseRow, SyncOutboxRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

MOST_AT_ONCE = MOST_MUTATIONS - 1
LARGEST_PUSH = 1_000_000  # characters of JSON, unless a single change has more
MADE_HERE = (Entity.PROJECT, Entity.CAMPAIGN, Entity.ACTIVITY)


@dataclass(frozen=True)
class Push:
    """Changes that go together under one key, however often they are sent."""

    key: UUID
    mutations: Sequence[Mutation]
    is_doubted: bool = False  # the server has failed at a push with each of these before

    @property
    def is_alone(self) -> bool:
        """Whether it cannot be sent in parts: a project goes with its first campaign."""
        firsts = {each.fields.get("first_campaign") for each in self.mutations}
        return sum(str(each.sync_id) not in firsts for each in self.mutations) == 1


@dataclass(frozen=True)
class Told:
    """What a server is told of a row, and the row as it is then."""

    base_version: int
    fields: dict[str, Any]
    data: dict[str, Any]


async def unanswered_push(parts: Parts, account_id: int) -> Push | None:
    """What was sent and not answered: it is sent again as it was, before anything else."""
    async with parts.database.autocommit() as work:
        return _unanswered(await work.outbox.sent(account_id))


async def next_push(parts: Parts, account_id: int, most_doubted: int = 1) -> Push | None:
    """Freeze what waits, as far as it fits into one push; None if there is nothing.

    What the server has failed at goes after all else, at most `most_doubted` changes at once, or
    one more: the first campaign of a new project goes with it.
    """
    async with parts.database.autocommit() as work:
        if not await work.outbox.is_there(account_id):
            return None
    async with parts.database.unit_of_work() as work:
        state = await hold_state(work, account_id)
        sent = await work.outbox.sent(account_id)
        if not sent:
            packing = _Packing(work, account_id, state.next_seq)
            await packing.add_all(await work.outbox.waiting(account_id), most_doubted)
            await work.sync_states.change(account_id, next_seq=packing.seq)
            sent = await work.outbox.sent(account_id)
        await work.commit()
    return _unanswered(sent)


def _unanswered(sent: Sequence[SyncOutboxRow]) -> Push | None:
    if not sent:
        return None
    key = sent[0].push_key
    assert key is not None
    rows = [row for row in sent if row.push_key == key]
    return Push(key, [_mutation(row) for row in rows], all(row.code for row in rows))


def _mutation(row: SyncOutboxRow) -> Mutation:
    return Mutation(
        seq=row.seq or 0,
        entity=Entity(row.entity),
        sync_id=row.sync_id,
        base_version=row.base_version,
        fields=row.fields or {},
    )


@dataclass
class _Packing:
    work: UnitOfWork
    account_id: int
    seq: int
    most: int = MOST_AT_ONCE
    key: UUID = field(default_factory=uuid4)
    size: int = 0
    packed: set[UUID] = field(default_factory=set)

    async def add_all(self, rows: Sequence[SyncOutboxRow], most_doubted: int) -> None:
        """Pack these; those that a push has failed with only if there are no others."""
        for row in rows:
            if row.code is None:
                await self.add(row)
        if self.packed:
            return
        self.most = most_doubted
        for row in rows:
            if row.code is not None:
                await self.add(row)

    async def add(self, row: SyncOutboxRow) -> None:
        """Pack a row, unless there is no room, nothing to tell, or a reason to wait."""
        if row.sync_id in self.packed or len(self.packed) >= self.most:
            return
        entity = Entity(row.entity)
        found = await self._told(entity, row.sync_id)
        if found is None:
            await self.work.outbox.drop(row.id)
        elif isinstance(found, Told):
            size = len(json.dumps(found.fields))
            if self.packed and self.size + size > LARGEST_PUSH:
                return
            await self._pack(row.id, row.sync_id, found, size)
            first = found.fields.get("first_campaign")
            if first is not None:  # it is made with its project, and changed in the same push
                await self._add_first(UUID(first))

    async def _add_first(self, sync_id: UUID) -> None:
        found = await self._told(Entity.CAMPAIGN, sync_id)
        waiting = await self.work.outbox.waiting_row(self.account_id, sync_id)
        if isinstance(found, Told):
            number = waiting or await self.work.outbox.add(
                self.account_id, Entity.CAMPAIGN, sync_id
            )
            await self._pack(number, sync_id, found, len(json.dumps(found.fields)))

    async def _pack(self, number: int, sync_id: UUID, told: Told, size: int) -> None:
        await self.work.outbox.change(
            number,
            state="sent",
            seq=self.seq,
            push_key=self.key,
            base_version=told.base_version,
            fields=told.fields,
            data=told.data,
        )
        self.seq += 1
        self.size += size
        self.packed.add(sync_id)

    async def _told(self, entity: Entity, sync_id: UUID) -> "Told | Wait | None":
        """None where there is nothing to tell."""
        if entity is Entity.USAGE_EVENT:
            return await self._use(sync_id)
        placed = await self.work.sync_rows.placed(entity, sync_id)
        if placed is None:
            return None
        base = await self.work.sync_bases.get(self.account_id, sync_id)
        synced = await self.work.sync_rows.here(entity, placed)
        if entity in MADE_HERE:
            return await self._content(entity, base, synced, placed)
        if base is None:
            return None
        if entity is Entity.MEMBER and not synced.row.is_active:
            return Told(base.version, {"status": "removed"}, base.data or {})
        return _difference(base, synced)

    async def _content(
        self, entity: Entity, base: SyncBaseRow | None, synced: SyncedRow, placed: Placed
    ) -> "Told | Wait | None":
        is_shared = await self.work.mirror_rows.is_shared(entity, synced.row.sync_id)
        if not is_shared and (entity is not Entity.PROJECT or base is None):
            return None
        if entity is Entity.ACTIVITY and synced.row.status == RUNS_HERE:
            return WAIT  # until it is written
        found = _difference(base, synced) if base else await self._anew(synced, placed)
        if isinstance(found, Told) and "content" in found.fields:
            newest = await self.work.revisions.newest(placed.number)
            if newest is not None and not await self.work.sync_bases.known([newest.sync_id]):
                found.fields["revision"] = str(newest.sync_id)
        return found

    async def _anew(self, synced: SyncedRow, placed: Placed) -> "Told | Wait | None":
        """A row that the server does not have, once it has what the row hangs on.

        None in what somebody has let be of this machine alone.
        """
        above = synced.above[-1].sync_id if synced.above else synced.organization
        if synced.above and above not in self.packed and not await self._has(above):
            return WAIT if await self._is_undecided(above) else None
        row = row_json(synced)
        fields = told_anew(synced.entity, row, str(above))
        if synced.entity is Entity.PROJECT:
            first = await self.work.mirror_rows.first_campaign(placed.number)
            fields |= {"first_campaign": str(first)} if first else {}
        return Told(0, fields, row)

    async def _has(self, sync_id: UUID | None) -> bool:
        assert sync_id is not None
        return await self.work.sync_bases.get(self.account_id, sync_id) is not None

    async def _is_undecided(self, sync_id: UUID | None) -> bool:
        """Whether the row may still get to the server."""
        assert sync_id is not None
        account_id, these = self.account_id, [sync_id]
        is_unsettled = await self.work.outbox.is_unsettled(account_id, these)
        return is_unsettled or await self.work.sync_conflicts.are_of(account_id, these)

    async def _use(self, sync_id: UUID) -> Told | None:
        use = await self.work.usage.of_identity(sync_id)
        if use is None:
            return None
        event, organization = use
        details = event.details or {}
        try:
            model = parse_choice(str(details.get("model")))
        except UnknownModel:
            return None
        counted = {name: details[name] for name in COUNTED if isinstance(details.get(name), int)}
        fields = {
            "organization": str(organization),
            "event_type": event.event_type,
            "at": event.timestamp.isoformat(),
            "details": {"tokens": 0, **counted, "provider": model.provider, "model": model.name},
            "cost_usd": str(event.cost_usd),
        }
        return Told(0, fields, {})


class Wait:
    """It cannot be told yet."""


WAIT = Wait()
COUNTED = ("tokens", "tokens_input", "tokens_output", "duration_ms")


def _difference(base: SyncBaseRow, synced: SyncedRow) -> Told | None:
    changed = changed_here(base, synced)
    if not changed:
        return None
    row = row_json(synced)
    return Told(base.version, told(synced.entity, row, changed), row)
