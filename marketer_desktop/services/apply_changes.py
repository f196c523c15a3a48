"""What a server has told is taken into this machine's copy, a page at a time with its cursor."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import TypeAdapter

from marketer_desktop.domain.sync import Change, ChangePage, Entity
from marketer_desktop.domain.sync_schedule import Outcome
from marketer_desktop.services.mirror_burial import Loss
from marketer_desktop.services.mirror_change import Mirror, OutOfOrder
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_problems import SignedOut
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import SyncBaseRow, SyncStateRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)
NOT_SIGNED_IN = "This computer is signed out of that account."
RESENT = (Entity.PROJECT, Entity.CAMPAIGN, Entity.ACTIVITY)


async def cursor_of_account(parts: Parts, account_id: int) -> str | None:
    """Where the next page begins. What came while a text was being written is taken first."""
    async with parts.database.autocommit() as work:
        if not await work.sync_bases.late(account_id):
            return await work.sync_states.cursor(account_id)
    async with mirroring(parts, account_id, is_told=True) as (work, mirror, state):
        for late in await work.sync_bases.late(account_id):
            await mirror.apply(_CHANGE.validate_python(late))
    return state.cursor


async def apply_page(parts: Parts, account_id: int, cursor: str | None, page: ChangePage) -> bool:
    """The page and the cursor after it become durable together; whether it was the last.

    `cursor` is what it was asked with. If all is to be read anew since, or somebody else has read
    on, it is not the next page any more, and what it tells may be old: it is left alone.

    Raises `OutOfOrder` after which all is read anew, `UnfitRow`, and `SignedOut`.
    """
    if page.cursor == cursor and not page.changes and await _is_all_told(parts, account_id):
        return not page.has_more
    try:
        async with mirroring(parts, account_id, is_told=True) as (work, mirror, state):
            if state.cursor != cursor:
                return False
            for change in page.changes:
                await mirror.apply(change)
            if not page.has_more:
                for base in await work.sync_bases.untold(account_id):
                    await _untold(work, mirror, base)
            await work.sync_states.change(account_id, cursor=page.cursor)
    except OutOfOrder:
        await begin_anew(parts, account_id)
        raise
    if page.changes:
        parts.bus.changed("organizations", "profile", "projects", "activities", "notifications")
    return not page.has_more


async def _is_all_told(parts: Parts, account_id: int) -> bool:
    """Whether a reading from the beginning has nothing left to settle. Raises `SignedOut`."""
    async with parts.database.autocommit() as work:
        found = [each for each in await work.server_accounts.all() if each.id == account_id]
        if not found or found[0].state != "signed_in":
            raise SignedOut((found and found[0].problem) or NOT_SIGNED_IN)
        return not await work.sync_bases.untold(account_id)


async def begin_anew(parts: Parts, account_id: int, *, is_other_history: bool = False) -> None:
    """Read from the beginning with the next page; nothing of the outbox is lost."""
    async with parts.database.unit_of_work() as work:
        await hold_state(work, account_id)
        await work.sync_states.begin_anew(account_id, is_other_history=is_other_history)
        await work.commit()


@asynccontextmanager
async def mirroring(
    parts: Parts, account_id: int, *, is_told: bool = False
) -> AsyncIterator[tuple[UnitOfWork, Mirror, SyncStateRow]]:
    """A transaction in which nothing that is written is sent, and in which no other one syncs.

    Raises `SignedOut` for an account that is gone; for what a server has told (`is_told`), also
    for one that is signed out: its copy may have been taken away while the answer was on its way.
    """
    async with parts.database.unit_of_work() as work:
        state = await hold_state(work, account_id)
        await work.sync_states.apply_quietly()
        accounts = await work.server_accounts.all()
        (account,) = (each for each in accounts if each.id == account_id)
        if is_told and account.state != "signed_in":
            raise SignedOut(account.problem or NOT_SIGNED_IN)
        await work.sync_states.let_mirror_person(account.user_id)
        is_alone = [each.server for each in accounts].count(account.server) == 1
        yield work, Mirror(work, account, state.history, is_alone=is_alone), state
        await work.commit()


async def hold_state(work: UnitOfWork, account_id: int) -> SyncStateRow:
    """How far the account was read; nothing of it is synced meanwhile. Raises `SignedOut`."""
    try:
        return await work.sync_states.held(account_id)
    except MissingRow:
        raise SignedOut(NOT_SIGNED_IN) from None


async def _untold(work: UnitOfWork, mirror: Mirror, base: SyncBaseRow) -> None:
    """A row that the server had, and has not told of when it was read from the beginning.

    A tombstone would have been told: it was lost with the server's last days, or is hidden. What
    people wrote is sent again, and the server says which of the two it is.
    """
    entity = Entity(base.entity)
    placed = await work.sync_rows.placed(entity, base.sync_id)
    if placed is not None and entity in RESENT:
        if await work.mirror_rows.is_shared(entity, base.sync_id):
            await work.sync_bases.forget(base.account_id, [base.sync_id])
            await work.outbox.wait(base.account_id, entity, base.sync_id)
        else:
            await work.sync_bases.still(base.account_id, base.sync_id)
    elif placed is not None and entity is Entity.REVISION:
        await work.sync_bases.forget(base.account_id, [base.sync_id])
    elif placed is not None and entity is Entity.ORGANIZATION:
        # Left, or lost with all that is in it: a person decides.
        await mirror.burials.leave(placed.number, Loss.NOTHING)
    else:
        await mirror.burials.bury(entity, base.sync_id, placed)


async def note_round(parts: Parts, account_id: int, outcome: Outcome) -> None:
    """Note with the account, if it is still there, how a round ended."""
    async with parts.database.autocommit() as work:
        await work.sync_states.note(
            account_id, is_done=outcome.kind == "done", problem=outcome.problem
        )
