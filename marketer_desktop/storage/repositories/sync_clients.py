"""How far the changes of each desktop have been carried out."""

from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import SyncClientRow


class SyncClients:
    """The desktops of users."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def held(self, user_id: int, client_id: UUID) -> int:
        """The number of the last change, held: a desktop's changes come one after the other."""
        row = SyncClientRow
        new = insert(row).values(user_id=user_id, client_id=client_id)
        await self._session.execute(new.on_conflict_do_nothing())
        found = await self._session.scalar(
            select(row.last_seq)
            .where(row.user_id == user_id, row.client_id == client_id)
            .with_for_update()
        )
        return found or 0

    async def advance(self, user_id: int, client_id: UUID, last_seq: int) -> None:
        """Note the last change that is settled."""
        row = SyncClientRow
        await self._session.execute(
            update(row)
            .where(row.user_id == user_id, row.client_id == client_id)
            .values(last_seq=last_seq)
            .execution_options(synchronize_session=False)
        )

    async def give_versions(self) -> None:
        """Give all that was changed its version now, not at the commit; nothing changes after."""
        await self._session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
