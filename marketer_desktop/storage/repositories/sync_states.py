"""How far the server of an account was read, and which organizations come from it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import (
    OrganizationRow,
    ServerAccountRow,
    SyncCounterRow,
    SyncStateRow,
)


class SyncStates:
    """The reading of each account."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def held(self, account_id: int) -> SyncStateRow:
        """The state, held until the transaction ends: one at a time reads or sends.

        Raises `MissingRow` if there is no such account any more.
        """
        row = await self._locked(account_id)
        if row is None:  # it is the first time
            known = select(ServerAccountRow.id).where(ServerAccountRow.id == account_id)
            new = insert(SyncStateRow).from_select(["account_id"], known.with_for_update(read=True))
            await self._session.execute(new.on_conflict_do_nothing())
            row = await self._locked(account_id)
        if row is None:
            raise MissingRow("account", account_id)
        return row

    async def _locked(self, account_id: int) -> SyncStateRow | None:
        return await self._session.get(
            SyncStateRow, account_id, with_for_update=True, populate_existing=True
        )

    async def cursor(self, account_id: int) -> str | None:
        """How far an account was read."""
        query = select(SyncStateRow.cursor).where(SyncStateRow.account_id == account_id)
        found: str | None = await self._session.scalar(query)
        return found

    async def all(self) -> dict[int, SyncStateRow]:
        """The states of all accounts that were read, by account."""
        found = await self._session.scalars(select(SyncStateRow))
        return {row.account_id: row for row in found}

    async def change(self, account_id: int, **values: Any) -> None:
        """Write these values."""
        await self._session.execute(
            update(SyncStateRow)
            .where(SyncStateRow.account_id == account_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )

    async def begin_anew(self, account_id: int, *, is_other_history: bool = False) -> None:
        """Read from the beginning; what is not told by its end is not there any more."""
        generation = SyncStateRow.generation + 1
        begun = {"history": generation} if is_other_history else {}
        await self.change(account_id, cursor=None, generation=generation, **begun)

    async def note(self, account_id: int, *, is_done: bool, problem: str) -> None:
        """All is sent and read as of now, or why not. An account that is gone is left alone."""
        noted = {"last_synced_at": func.clock_timestamp()} if is_done else {}
        known = select(ServerAccountRow.id).where(ServerAccountRow.id == account_id)
        new = insert(SyncStateRow).from_select(["account_id"], known.with_for_update(read=True))
        await self._session.execute(
            new.on_conflict_do_update(
                index_elements=[SyncStateRow.account_id], set_={**noted, "problem": problem}
            )
        )

    async def apply_quietly(self, *, quietly: bool = True) -> None:
        """What is written from now on in this transaction was told by a server: it is not sent."""
        said = "on" if quietly else "off"
        await self._session.execute(
            text("SELECT set_config('marketer.sync_applying', :said, true)"), {"said": said}
        )

    async def mirrored_by(self, organization_id: int) -> tuple[bool, int | None]:
        """Whether an organization is a server's, and the account that it comes from."""
        row = SyncCounterRow
        query = select(row.is_mirror, row.account_id).where(row.organization_id == organization_id)
        found = (await self._session.execute(query)).one_or_none()
        return (found[0], found[1]) if found else (False, None)

    async def organizations(self, account_id: int) -> Sequence[OrganizationRow]:
        """Those that come from an account."""
        found = await self._session.scalars(
            select(OrganizationRow)
            .join(SyncCounterRow, SyncCounterRow.organization_id == OrganizationRow.id)
            .where(SyncCounterRow.account_id == account_id, SyncCounterRow.is_mirror)
            .order_by(OrganizationRow.id)
        )
        return found.all()

    async def organization(self, sync_id: UUID) -> OrganizationRow | None:
        """The organization of this identity, deleted or not."""
        found: OrganizationRow | None = await self._session.scalar(
            select(OrganizationRow).where(OrganizationRow.sync_id == sync_id)
        )
        return found

    async def let_mirror(self, account_id: int, organization_id: int) -> None:
        """The rows of this organization have the versions of the account's server."""
        await self._count_mirror(
            SyncCounterRow.organization_id == organization_id, account_id=account_id
        )

    async def let_mirror_person(self, user_id: int) -> None:
        """The messages to this person have the versions of servers."""
        is_new = ~SyncCounterRow.is_mirror  # else nothing is written, with every page
        await self._count_mirror((SyncCounterRow.user_id == user_id) & is_new)

    async def leave(self, organization_id: int) -> None:
        """Nothing of this organization is sent or told any more."""
        await self._count_mirror(SyncCounterRow.organization_id == organization_id, account_id=None)

    async def _count_mirror(self, which: Any, **values: Any) -> None:
        await self._session.execute(
            update(SyncCounterRow)
            .where(which)
            .values(is_mirror=True, **values)
            .execution_options(synchronize_session=False)
        )
