"""The outbox: which rows may differ from a server's, what was sent of them, what was refused."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.sync import Entity
from marketer_desktop.storage.tables import SyncOutboxRow, UsageEventRow

RANK = case({each.value: n for n, each in enumerate(Entity)}, value=SyncOutboxRow.entity)


class Outbox:
    """What is on its way to servers; the rows that wait are noted by triggers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def waiting(self, account_id: int) -> Sequence[SyncOutboxRow]:
        """Rows that may differ, held; what others hang on comes first."""
        found = await self._session.scalars(
            _of(account_id, "waiting").order_by(RANK, SyncOutboxRow.id).with_for_update()
        )
        return found.all()

    async def is_there(self, account_id: int) -> bool:
        """Whether anything waits or was not answered."""
        row = SyncOutboxRow
        query = select(row.id).where(row.account_id == account_id, row.state != "refused")
        return await self._session.scalar(query.limit(1)) is not None

    async def waiting_row(self, account_id: int, sync_id: UUID) -> int | None:
        """The number of what waits of one row."""
        row = SyncOutboxRow
        query = select(row.id).where(
            row.account_id == account_id, row.sync_id == sync_id, row.state == "waiting"
        )
        found: int | None = await self._session.scalar(query)
        return found

    async def add(self, account_id: int, entity: Entity, sync_id: UUID) -> int:
        """Have a row wait of which nothing waits; its number."""
        row = SyncOutboxRow(account_id=account_id, entity=entity, sync_id=sync_id)
        self._session.add(row)
        await self._session.flush()
        return row.id

    async def sent(self, account_id: int) -> Sequence[SyncOutboxRow]:
        """What was sent and not answered, in the order of its numbers."""
        found = await self._session.scalars(_of(account_id, "sent").order_by(SyncOutboxRow.seq))
        return found.all()

    async def refused(self, account_id: int | None = None) -> Sequence[SyncOutboxRow]:
        """What servers have refused for good, the oldest first."""
        query = select(SyncOutboxRow).where(SyncOutboxRow.state == "refused")
        if account_id is not None:
            query = query.where(SyncOutboxRow.account_id == account_id)
        return (await self._session.scalars(query.order_by(SyncOutboxRow.id))).all()

    async def get_refused(self, number: int) -> SyncOutboxRow | None:
        """One of those, held."""
        row = await self._session.get(SyncOutboxRow, number, with_for_update=True)
        return row if row is not None and row.state == "refused" else None

    async def counts(self) -> dict[tuple[int, str], int]:
        """How many rows are in each state, by account and state."""
        row = SyncOutboxRow
        found = await self._session.execute(
            select(row.account_id, row.state, func.count(func.distinct(row.sync_id))).group_by(
                row.account_id, row.state
            )
        )
        return {(account_id, state): number for account_id, state, number in found}

    async def is_unsettled(self, account_id: int, sync_ids: Collection[UUID]) -> bool:
        """Whether something of these rows waits, is on its way or was refused."""
        row = SyncOutboxRow
        query = select(row.id).where(row.account_id == account_id, row.sync_id.in_(sync_ids))
        return await self._session.scalar(query.limit(1)) is not None

    async def wait(self, account_id: int, entity: str, sync_id: UUID) -> None:
        """The row may differ from the server's; what was refused of it is tried again."""
        await self._session.execute(
            text("SELECT sync_wait(:account, :kind, :identity)"),
            {"account": account_id, "kind": str(entity), "identity": sync_id},
        )

    async def doubt(self, account_id: int, sync_id: UUID, code: str | None) -> None:
        """The server has failed at what waits of a row, with this code."""
        row = SyncOutboxRow
        await self._session.execute(
            update(row)
            .where(row.account_id == account_id, row.sync_id == sync_id, row.state == "waiting")
            .values(code=code and code[:100])
            .execution_options(synchronize_session=False)
        )

    async def change(self, number: int, **values: Any) -> None:
        """Write these values."""
        await self._session.execute(
            update(SyncOutboxRow)
            .where(SyncOutboxRow.id == number)
            .values(**values)
            .execution_options(synchronize_session=False)
        )

    async def drop(self, number: int) -> None:
        """It is settled, or there is nothing to be sent."""
        await self._session.execute(_without(SyncOutboxRow.id == number))

    async def drop_waiting(self, account_id: int, sync_id: UUID) -> None:
        """The row is as the server's; what was refused of it does not count any more."""
        await self.drop_all(account_id, [sync_id])

    async def drop_all(self, account_id: int, sync_ids: Collection[UUID]) -> None:
        """Nothing of these rows is sent any more; what was sent is answered."""
        row = SyncOutboxRow
        mine = (row.account_id == account_id) & row.sync_id.in_(sync_ids)
        await self._session.execute(_without(mine & (row.state != "sent")))

    async def forget_all(self, account_id: int) -> None:
        """Nothing is sent to an account's server any more, nor are answers of it understood."""
        await self._session.execute(_without(SyncOutboxRow.account_id == account_id))

    async def drop_uses(self, account_id: int, organization_id: int) -> None:
        """What was used in this organization is not told any more."""
        row, use = SyncOutboxRow, UsageEventRow
        uses = select(use.sync_id).where(use.organization_id == organization_id)
        mine = (row.account_id == account_id) & row.sync_id.in_(uses)
        await self._session.execute(_without(mine & (row.state != "sent")))


def _of(account_id: int, state: str) -> Any:
    row = SyncOutboxRow
    return (
        select(row)
        .where(row.account_id == account_id, row.state == state)
        .execution_options(populate_existing=True)
    )


def _without(which: Any) -> Any:
    return delete(SyncOutboxRow).where(which).execution_options(synchronize_session=False)
