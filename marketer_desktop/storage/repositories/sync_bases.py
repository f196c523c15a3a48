"""What a server told of its rows, as it told it last."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.sync import Entity
from marketer_desktop.storage.tables import SyncBaseRow, SyncStateRow


class SyncBases:
    """The rows of servers, by account and identity."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, account_id: int, sync_id: UUID) -> SyncBaseRow | None:
        """The row as it was told last, or None."""
        return await self._session.get(SyncBaseRow, (account_id, sync_id), populate_existing=True)

    async def keep(
        self,
        account_id: int,
        sync_id: UUID,
        entity: Entity,
        version: int,
        data: dict[str, Any] | None,
    ) -> None:
        """The server has the row like this; that is known since the present reading."""
        values = {"entity": entity, "version": version, "data": data, "late": None}
        now = {**values, "generation": _generation(account_id)}
        new = insert(SyncBaseRow).values(account_id=account_id, sync_id=sync_id, **now)
        await self._session.execute(
            new.on_conflict_do_update(
                index_elements=[SyncBaseRow.account_id, SyncBaseRow.sync_id], set_=now
            )
        )

    async def keep_late(self, account_id: int, sync_id: UUID, change: dict[str, Any]) -> None:
        """The row has changed there while nothing may be done to it here."""
        now = {"late": change, "generation": _generation(account_id)}
        await self._session.execute(
            update(SyncBaseRow)
            .where(SyncBaseRow.account_id == account_id, SyncBaseRow.sync_id == sync_id)
            .values(**now)
            .execution_options(synchronize_session=False)
        )

    async def late(self, account_id: int) -> Sequence[dict[str, Any]]:
        """The changes that came too early for this machine."""
        found = await self._session.scalars(
            select(SyncBaseRow.late).where(
                SyncBaseRow.account_id == account_id, SyncBaseRow.late.is_not(None)
            )
        )
        return [each for each in found if each is not None]

    async def untold(self, account_id: int) -> Sequence[SyncBaseRow]:
        """The rows that the present reading has not told of."""
        row, generation = SyncBaseRow, _generation(account_id)
        found = await self._session.scalars(
            select(row).where(row.account_id == account_id, row.generation < generation)
        )
        return found.all()

    async def of_account(self, account_id: int) -> Sequence[SyncBaseRow]:
        """All rows that an account's server has."""
        found = await self._session.scalars(
            select(SyncBaseRow).where(SyncBaseRow.account_id == account_id)
        )
        return found.all()

    async def forget_all(self, account_id: int) -> None:
        """Nothing is known of an account's server any more."""
        await self._session.execute(
            delete(SyncBaseRow)
            .where(SyncBaseRow.account_id == account_id)
            .execution_options(synchronize_session=False)
        )

    async def known(self, sync_ids: Collection[UUID]) -> set[UUID]:
        """Which of these some server has."""
        query = select(SyncBaseRow.sync_id).where(SyncBaseRow.sync_id.in_(sync_ids))
        return set(await self._session.scalars(query))

    async def still(self, account_id: int, sync_id: UUID) -> None:
        """The row counts as told by the present reading."""
        await self._session.execute(
            update(SyncBaseRow)
            .where(SyncBaseRow.account_id == account_id, SyncBaseRow.sync_id == sync_id)
            .values(generation=_generation(account_id))
            .execution_options(synchronize_session=False)
        )

    async def forget(self, account_id: int, sync_ids: Collection[UUID]) -> None:
        """The server does not have these any more."""
        await self._session.execute(
            delete(SyncBaseRow)
            .where(SyncBaseRow.account_id == account_id, SyncBaseRow.sync_id.in_(sync_ids))
            .execution_options(synchronize_session=False)
        )


def _generation(account_id: int) -> Any:
    state = SyncStateRow.account_id == account_id
    return select(SyncStateRow.generation).where(state).scalar_subquery()
