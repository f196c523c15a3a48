"""What was changed here and elsewhere differently, until somebody decides."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.sync import Entity
from marketer_desktop.storage.tables import SyncConflictRow


class SyncConflicts:
    """Values of this machine that gave way to a server's."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, account_id: int, entity: Entity, sync_id: UUID, field: str, mine: Any
    ) -> None:
        """Keep what was changed here."""
        self._session.add(
            SyncConflictRow(
                account_id=account_id, entity=entity, sync_id=sync_id, field=field, mine=mine
            )
        )
        await self._session.flush()

    async def all(self) -> Sequence[SyncConflictRow]:
        """All that is to be decided, the oldest first."""
        found = await self._session.scalars(select(SyncConflictRow).order_by(SyncConflictRow.id))
        return found.all()

    async def of_row(self, account_id: int, sync_id: UUID) -> Sequence[SyncConflictRow]:
        """What is disputed of one row."""
        row = SyncConflictRow
        found = await self._session.scalars(
            select(row).where(row.account_id == account_id, row.sync_id == sync_id)
        )
        return found.all()

    async def get(self, number: int) -> SyncConflictRow | None:
        """One of them, held."""
        return await self._session.get(SyncConflictRow, number, with_for_update=True)

    async def counts(self) -> dict[int, int]:
        """How many there are, by account."""
        row = SyncConflictRow
        found = await self._session.execute(
            select(row.account_id, func.count()).group_by(row.account_id)
        )
        return {row[0]: row[1] for row in found}

    async def are_of(self, account_id: int, sync_ids: Collection[UUID]) -> bool:
        """Whether something of these rows is to be decided."""
        row = SyncConflictRow
        query = select(row.id).where(row.account_id == account_id, row.sync_id.in_(sync_ids))
        return await self._session.scalar(query.limit(1)) is not None

    async def drop(self, number: int) -> None:
        """It is decided."""
        await self._drop(SyncConflictRow.id == number)

    async def drop_all(self, account_id: int, sync_ids: Collection[UUID]) -> None:
        """There is nothing to decide about these rows any more."""
        row = SyncConflictRow
        await self._drop((row.account_id == account_id) & row.sync_id.in_(sync_ids))

    async def forget_all(self, account_id: int) -> None:
        """There is nothing to decide with an account's server any more."""
        await self._drop(SyncConflictRow.account_id == account_id)

    async def _drop(self, which: Any) -> None:
        await self._session.execute(
            delete(SyncConflictRow).where(which).execution_options(synchronize_session=False)
        )
