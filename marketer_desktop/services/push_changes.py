"""What a desktop has changed, carried out in its order, each change once."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import Field, ValidationError

from marketer_desktop.domain.sync import (
    MOST_MUTATIONS,
    Applied,
    Conflicting,
    Duplicate,
    Entity,
    Mutation,
    Outcome,
    Pushed,
    Rejected,
)
from marketer_desktop.events.bus import EventBus
from marketer_desktop.services.authorize import note_refusal
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse, plain_message
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.push_mutation import (
    CHANGE,
    MAKE,
    PARENTS,
    Pushing,
    not_there,
    parent_of,
)
from marketer_desktop.services.refusals import (
    Conflict,
    NotFound,
    PermissionDenied,
    QuotaExceeded,
)
from marketer_desktop.services.sync_data import burial_of, change_of
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.repositories.sync_rows import SyncedRow
from marketer_desktop.storage.repositories.sync_streams import Stream
from marketer_desktop.storage.unit_of_work import UnitOfWork

SCOPE = "sync"
REPEATS = timedelta(days=2)  # later the number of the change tells that it was settled
READ_ONLY = (Entity.SUBSCRIPTION, Entity.INVOICE, Entity.REVISION)
# The first that fits counts; what is none of these fails the whole push, and nothing is done.
CODES: tuple[tuple[type[Exception], str], ...] = (
    (ValidationError, "VALIDATION_ERROR"),
    (WrongUse, "VALIDATION_ERROR"),
    (PermissionDenied, "PERMISSION_DENIED"),
    (NotFound, "NOT_FOUND"),
    (MissingRow, "NOT_FOUND"),
    (QuotaExceeded, "RATE_LIMIT_EXCEEDED"),
    (Conflict, "CONFLICT"),
)


class PushChanges(Call[Pushed]):
    """The next changes of a client; the same key is given the same answer again."""

    idempotency_key: UUID
    client_id: UUID
    mutations: Annotated[list[Mutation], Field(max_length=MOST_MUTATIONS)]

    @property
    def hash(self) -> str:
        """The request in short."""
        told = self.model_dump(mode="json", exclude={"idempotency_key"})
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


async def push_changes(call: PushChanges, parts: Parts, emit: Emit) -> Pushed:
    """Effects, answer and the number of the last change become durable together.

    Raises `Conflict` if the key was used for something else.
    """
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        last_seq = await work.sync_clients.held(member.user_id, call.client_id)
        key = f"{member.user_id}:{call.idempotency_key}"
        before = await work.idempotency.answer(SCOPE, key)
        if before is not None:
            if before.request_hash != call.hash:
                raise _used_before()
            return Pushed.model_validate(before.response)
        # Who watches hears of it after the commit.
        own = replace(parts, database=await parts.database.within(work), bus=EventBus())
        push = _Push(own, work, await work.sync_streams.of_user(member.user_id), last_seq)
        answer = await push.all(call.mutations)
        await work.sync_clients.advance(member.user_id, call.client_id, answer.last_seq)
        response = answer.model_dump(mode="json")
        if not await work.idempotency.take(SCOPE, key, call.hash, response):
            raise _used_before()
        await work.commit()
    parts.bus.changed("organizations", "projects", "activities", "notifications")
    return answer


def _used_before() -> Conflict:
    return Conflict("This Idempotency-Key was used for another request. Use a new one.")


class _Push:
    """One push of a person who belongs to the organizations of these streams."""

    def __init__(
        self, parts: Parts, work: UnitOfWork, streams: Sequence[Stream], last_seq: int
    ) -> None:
        self._parts, self._work = parts, work
        self._own = streams[-1]
        self._streams = {each.member.organization_id: each for each in streams[:-1]}
        self._last_seq = last_seq
        self._pushings: list[Pushing] = []

    async def all(self, mutations: list[Mutation]) -> Pushed:
        """Carry them out one after the other; what is applied gets its version in the end."""
        results = [await self._settled(each) for each in mutations]
        await self._work.sync_clients.give_versions()
        for mutation, result in zip(mutations, results, strict=True):
            if isinstance(result, Applied) and mutation.entity is not Entity.USAGE_EVENT:
                placed = await self._work.sync_rows.placed(mutation.entity, mutation.sync_id)
                result.version = placed.version if placed else 0
        return Pushed(results=results, last_seq=self._last_seq)

    async def _settled(self, mutation: Mutation) -> Outcome:
        expected = self._last_seq + 1
        if mutation.seq < expected:
            return Duplicate(seq=mutation.seq)
        if mutation.seq > expected:
            return Rejected(
                seq=mutation.seq,
                code="SEQUENCE_GAP",
                message=f"The next change of this client is number {expected}. Send that first.",
            )
        self._last_seq = mutation.seq
        return await self._answered(mutation)

    async def _answered(self, mutation: Mutation) -> Outcome:
        """What became of it: all of it, or nothing. Refusals are final, failures not caught."""
        part = await self._work.session.begin_nested()
        try:
            outcome = await self._carried_out(mutation)
        except (ServiceError, ValidationError, MissingRow) as error:
            # That a limit is reached, and that something was attempted, is told and noted.
            await (part.commit() if isinstance(error, QuotaExceeded) else part.rollback())
            await self._note_refusals()
            codes = (code for kind, code in CODES if isinstance(error, kind))
            code = next(codes, "CONFLICT")
            return Rejected(seq=mutation.seq, code=code, message=plain_message(error))
        await part.commit()
        return outcome

    async def _note_refusals(self) -> None:
        for pushing in self._pushings:
            for refused in pushing.refused:
                await note_refusal(pushing.parts, *refused)
        self._pushings.clear()

    async def _carried_out(self, mutation: Mutation) -> Outcome:
        if mutation.entity in READ_ONLY:
            raise WrongUse(f"Of a {mutation.entity} nothing can be changed from a desktop.")
        placed = None
        if mutation.entity is not Entity.USAGE_EVENT:
            placed = await self._work.sync_rows.placed(mutation.entity, mutation.sync_id)
        if placed is None:
            return await self._made(mutation)
        stream = self._stream(mutation.entity, placed.organization_id)
        await self._work.sync_rows.hold(mutation.entity, placed)
        row = await self._work.sync_rows.one(mutation.entity, stream, mutation.sync_id)
        begins_to_share = mutation.fields.get("share_with_team") is True
        if row is None and not begins_to_share:
            return await self._gone(mutation, [stream])
        if row is not None and row.row.version != mutation.base_version:
            return Conflicting(seq=mutation.seq, row=change_of(row))
        change = mutation if row is None else _in_place(mutation, row)
        await CHANGE[mutation.entity](self._pushing(stream), change, placed.number)
        return Applied(seq=mutation.seq, version=0)

    async def _made(self, mutation: Mutation) -> Outcome:
        """A new row; one that was there before has a version."""
        if mutation.base_version > 0 or mutation.entity not in MAKE:
            return await self._gone(mutation, [*self._streams.values(), self._own])
        kind, sync_id = parent_of(mutation)
        placed = await self._work.sync_rows.placed(kind, sync_id)
        if placed is None:
            raise not_there()
        stream = self._stream(kind, placed.organization_id)
        if await self._work.sync_rows.one(kind, stream, sync_id) is None:
            raise not_there()
        await MAKE[mutation.entity](self._pushing(stream), mutation, placed.number)
        return Applied(seq=mutation.seq, version=0)

    async def _gone(self, mutation: Mutation, streams: Sequence[Stream]) -> Outcome:
        """What was there before is known by its tombstone. Raises `NotFound`."""
        for stream in streams:
            grave = await self._work.sync_rows.grave(stream, mutation.sync_id)
            if grave is not None:
                return Conflicting(seq=mutation.seq, row=burial_of(grave))
        raise not_there()

    def _stream(self, entity: Entity, organization_id: int | None) -> Stream:
        if entity is Entity.NOTIFICATION:
            return self._own
        stream = self._streams.get(organization_id or 0)
        if stream is None:
            raise not_there()
        return stream

    def _pushing(self, stream: Stream) -> Pushing:
        pushing = Pushing(self._parts.acting_as(stream.member), self._work)
        self._pushings.append(pushing)
        return pushing


def _in_place(mutation: Mutation, row: SyncedRow) -> Mutation:
    """The change without the name of what the row hangs on, which stays the same."""
    if mutation.entity not in PARENTS:
        return mutation
    _, name = PARENTS[mutation.entity]
    home = row.above[-1].sync_id if row.above else row.organization
    if mutation.fields.get(name, str(home)) != str(home):
        raise WrongUse(f"A {mutation.entity} stays in the {name} that it was made in.")
    kept = {key: value for key, value in mutation.fields.items() if key != name}
    return mutation.model_copy(update={"fields": kept})
