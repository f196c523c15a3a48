"""Which history the versions of rows belong to: a database restored from a backup has another."""

from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import SyncEpochRow

# Another cluster, another database in it, or another way on from the same past.
PLACE = text("""
SELECT s.system_identifier || '/' || d.oid || '/' || c.timeline_id
FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
WHERE d.datname = current_database()
""")


class SyncEpochs:
    """The history of the database that this is."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def current(self) -> UUID:
        """The name of the history; in a database that was copied or restored a new one begins."""
        place = await self._session.scalar(PLACE)
        query = select(SyncEpochRow.epoch).where(SyncEpochRow.place == place)
        found: UUID | None = await self._session.scalar(query)
        if found is not None:
            return found
        new = insert(SyncEpochRow).values(id=1, epoch=uuid4(), place=place)
        await self._session.execute(
            new.on_conflict_do_update(
                index_elements=[SyncEpochRow.id],
                set_={"epoch": new.excluded.epoch, "place": new.excluded.place},
                where=SyncEpochRow.place != new.excluded.place,
            )
        )
        return (await self._session.scalars(query)).one()
