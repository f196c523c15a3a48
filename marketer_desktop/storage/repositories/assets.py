"""Assets: the images of texts, each once for an activity."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import AssetRow


class Assets:
    """The images that were copied into the folders of activities."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_hash(self, activity_id: int, content_hash: str) -> AssetRow | None:
        """The image with this content (SHA-256 in hex), or None."""
        found: AssetRow | None = await self._session.scalar(
            select(AssetRow).filter_by(activity_id=activity_id, content_hash=content_hash)
        )
        return found

    async def of_activity(self, activity_id: int) -> Sequence[AssetRow]:
        """All images of an activity, in the order in which they came."""
        found = await self._session.scalars(
            select(AssetRow).where(AssetRow.activity_id == activity_id).order_by(AssetRow.id)
        )
        return found.all()

    async def add(
        self,
        activity_id: int,
        *,
        filename: str,
        media_type: str,
        file_path: str,
        file_size: int,
        content_hash: str,
    ) -> AssetRow:
        """Note an image; `file_path` is relative to the activity's folder, the size in bytes."""
        row = AssetRow(
            activity_id=activity_id,
            filename=filename,
            media_type=media_type,
            file_path=file_path,
            file_size=file_size,
            content_hash=content_hash,
        )
        self._session.add(row)
        await self._session.flush()
        return row
