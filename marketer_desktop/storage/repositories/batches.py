"""Activities that come from the rows of a batch, found by the keys of those rows."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import ActivityRow, CampaignRow

# As the index has it: with a parameter in its place the index would not be used.
KEY: ColumnElement[str] = literal_column("(activities.brief ->> 'batch')", String)


class Batches:
    """What earlier calls made of the rows of a batch."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, project_id: int, keys: Iterable[str]) -> dict[str, ActivityRow]:
        """For each known key its newest activity in a project."""
        found = await self._session.execute(
            select(KEY, ActivityRow)
            .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
            .where(CampaignRow.project_id == project_id, KEY.in_(list(keys)))
            .order_by(ActivityRow.id)
        )
        return {key: row for key, row in found}  # noqa: C416 - a row is no pair to the type checker
