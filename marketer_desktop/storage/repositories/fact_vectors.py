"""The vectors of the sentences that chunks may be quoted with."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import FactVectorsRow


@dataclass(frozen=True)
class ChunkFacts:
    """The sentences of one chunk, and what a model makes of them, one vector after another."""

    chunk_id: int
    model: str
    texts: list[str]
    vectors: bytes


class FactVectors:
    """One row for each chunk that has something to quote; it goes with the chunk."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, found: Sequence[ChunkFacts]) -> None:
        """Keep these in place of what is known of the same chunks."""
        if not found:
            return
        adding = upsert(FactVectorsRow).values([asdict(each) for each in found])
        fresh = {name: adding.excluded[name] for name in ("model", "texts", "vectors")}
        await self._session.execute(
            adding.on_conflict_do_update(index_elements=["chunk_id"], set_=fresh)
        )

    async def of_chunks(self, chunk_ids: Collection[int], model: str) -> list[ChunkFacts]:
        """What is known of these chunks by this model, in no order."""
        row = FactVectorsRow
        found = await self._session.execute(
            select(row.chunk_id, row.model, row.texts, row.vectors).where(
                row.chunk_id.in_(chunk_ids), row.model == model
            )
        )
        return [ChunkFacts(*known) for known in found]
