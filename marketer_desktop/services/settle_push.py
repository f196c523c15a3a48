"""What a server has answered to a push, taken into the outbox in one transaction."""

from marketer_desktop.domain.sync import (
    Applied,
    Conflicting,
    Duplicate,
    Entity,
    Outcome,
    Pushed,
    Rejected,
)
from marketer_desktop.services.apply_changes import hold_state, mirroring
from marketer_desktop.services.mirror_change import Mirror
from marketer_desktop.services.outgoing import Push
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import SyncOutboxRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

GAP = "SEQUENCE_GAP"


class Misanswered(ValueError):
    """The answer is not one to what was sent."""

    def __init__(self) -> None:
        super().__init__("The server has not answered what was sent. It is sent again.")


async def settle_push(parts: Parts, account_id: int, push: Push, answer: Pushed) -> int:
    """All answers, or none; how many changes are settled for good.

    Raises `Misanswered`, `OutOfOrder` and `UnfitRow`. What was numbered otherwise than the server
    counts waits again, and is numbered anew.
    """
    outcomes = {each.seq: each for each in answer.results}
    if outcomes.keys() != {each.seq for each in push.mutations}:
        raise Misanswered
    async with mirroring(parts, account_id, is_told=True) as (work, mirror, state):
        settling = _Settling(work, mirror, account_id)
        for row in await work.outbox.sent(account_id):
            if row.push_key == push.key:
                await settling.settle(row, outcomes[row.seq or 0])
        if settling.miscounted or answer.last_seq >= state.next_seq:
            await work.sync_states.change(account_id, next_seq=answer.last_seq + 1)
    parts.bus.changed("projects", "activities", "organizations", "notifications")
    return settling.settled


async def unfreeze_push(parts: Parts, account_id: int, push: Push, code: str | None = None) -> None:
    """The push as a whole was not taken: its changes wait, to be sent otherwise.

    With the `code` of a failure they go after others from now on.
    """
    async with parts.database.unit_of_work() as work:
        await hold_state(work, account_id)
        for row in await work.outbox.sent(account_id):
            if row.push_key == push.key:
                await _wait_again(work, row)
                await work.outbox.doubt(account_id, row.sync_id, code)
        await work.sync_states.change(account_id, next_seq=push.mutations[0].seq)
        await work.commit()


async def doubt_push(parts: Parts, account_id: int, push: Push, code: str) -> None:
    """The server has failed at it with this code. It is sent again as it is; that may help."""
    async with parts.database.unit_of_work() as work:
        await hold_state(work, account_id)
        for row in await work.outbox.sent(account_id):
            if row.push_key == push.key:
                await work.outbox.change(row.id, code=code[:100])
        await work.commit()


async def refuse_push(parts: Parts, account_id: int, push: Push, code: str, message: str) -> None:
    """The server does not carry this out, though it does others: it goes to the quarantine."""
    async with parts.database.unit_of_work() as work:
        await hold_state(work, account_id)
        for row in await work.outbox.sent(account_id):
            if row.push_key == push.key:
                await _refuse(work, row, code, message)
        await work.sync_states.change(account_id, next_seq=push.mutations[0].seq)
        await work.commit()


class _Settling:
    def __init__(self, work: UnitOfWork, mirror: Mirror, account_id: int) -> None:
        self._work, self._mirror, self._account_id = work, mirror, account_id
        self.miscounted = False
        self.settled = 0

    async def settle(self, row: SyncOutboxRow, outcome: Outcome) -> None:
        """One change and its answer."""
        match outcome:
            case Applied():
                self.settled += 1
                await self._applied(row, outcome.version)
            case Conflicting():
                self.settled += 1
                # It waits while the two are merged, and no longer if nothing differs then.
                await _wait_again(self._work, row)
                await self._mirror.apply(outcome.row)
            case Duplicate():
                # It was settled before, nobody knows how: what is read next tells what differs.
                await _wait_again(self._work, row)
            case Rejected():
                await self._rejected(row, outcome)

    async def _applied(self, row: SyncOutboxRow, version: int) -> None:
        await self._work.outbox.drop(row.id)
        entity = Entity(row.entity)
        if entity is Entity.USAGE_EVENT:
            return
        placed = await self._work.sync_rows.placed(entity, row.sync_id)
        if placed is not None:
            await self._work.sync_bases.keep(
                self._account_id, row.sync_id, entity, version, row.data
            )
            await self._work.mirror_rows.change(entity, placed.number, {"version": version})
            if row.base_version == 0 and entity is Entity.CAMPAIGN:
                await self._mirror.send_inside(placed.number)

    async def _rejected(self, row: SyncOutboxRow, refused: Rejected) -> None:
        if refused.code == GAP:
            self.miscounted = True
            await _wait_again(self._work, row)
        elif refused.code == "NOT_FOUND" and await self._hangs_in_the_air(row):
            await _wait_again(self._work, row)
        else:
            self.settled += 1
            await _refuse(self._work, row, refused.code, refused.message)

    async def _hangs_in_the_air(self, row: SyncOutboxRow) -> bool:
        """Whether it is new, in something new that the server does not have either."""
        home = (row.fields or {}).get(ABOVE.get(row.entity, ""))
        if row.base_version > 0 or home is None:
            return False
        return await self._work.sync_bases.get(self._account_id, home) is None


ABOVE = {"campaign": "project", "activity": "campaign"}


async def _wait_again(work: UnitOfWork, row: SyncOutboxRow) -> None:
    await work.outbox.drop(row.id)
    await work.outbox.wait(row.account_id, row.entity, row.sync_id)


async def _refuse(work: UnitOfWork, row: SyncOutboxRow, code: str, message: str) -> None:
    """To the quarantine, unless the row was changed since, which is tried, or does not sync."""
    is_changed = await work.outbox.waiting_row(row.account_id, row.sync_id) is not None
    if is_changed or not await _syncs(work, row):
        await work.outbox.drop(row.id)
        return
    values = {"state": "refused", "code": code[:100], "message": message}
    await work.outbox.change(row.id, seq=None, push_key=None, **values)


async def _syncs(work: UnitOfWork, row: SyncOutboxRow) -> bool:
    """Whether it is still here, and for others, too."""
    entity = Entity(row.entity)
    if entity in (Entity.CAMPAIGN, Entity.ACTIVITY):
        return await work.mirror_rows.is_shared(entity, row.sync_id)
    if entity is Entity.USAGE_EVENT:
        return True
    return await work.sync_rows.placed(entity, row.sync_id) is not None
