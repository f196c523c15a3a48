"""What this process has to say to others on the same database, heard once it is committed."""

from collections.abc import Sequence

from sqlalchemy import ARRAY, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

LONGEST = 7900  # bytes; PostgreSQL takes fewer than 8000


class Announcements:
    """Texts for whoever listens on a channel."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def say(self, channel: str, texts: Sequence[str]) -> None:
        """Say these in order; those that are too long are left out."""
        short = [text for text in texts if len(text.encode()) <= LONGEST]
        said = func.unnest(cast(short, ARRAY(String))).column_valued("said")
        await self._session.execute(select(func.pg_notify(channel, said)))
