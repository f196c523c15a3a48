"""Revisions: the texts of activities as they once stood."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.tables import ActivityRevisionRow, UserRow


class Revisions:
    """The revisions of activities; whoever adds one holds the activity (`Activities.locked`)."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest(self, activity_id: int) -> ActivityRevisionRow | None:
        """The revision with the highest number, which is the text as it stands."""
        found: ActivityRevisionRow | None = await self._session.scalar(
            select(ActivityRevisionRow)
            .where(ActivityRevisionRow.activity_id == activity_id)
            .order_by(ActivityRevisionRow.number.desc())
            .limit(1)
        )
        return found

    async def get(self, activity_id: int, number: int) -> ActivityRevisionRow | None:
        """One revision, or None."""
        found: ActivityRevisionRow | None = await self._session.scalar(
            select(ActivityRevisionRow).filter_by(activity_id=activity_id, number=number)
        )
        return found

    async def list(self, activity_id: int) -> Sequence[tuple[ActivityRevisionRow, str | None]]:
        """All revisions with their writers' names, newest first."""
        found = await self._session.execute(
            select(ActivityRevisionRow, UserRow.name)
            .outerjoin(UserRow, UserRow.id == ActivityRevisionRow.created_by)
            .where(ActivityRevisionRow.activity_id == activity_id)
            .order_by(ActivityRevisionRow.number.desc())
        )
        return [(row, name) for row, name in found]

    async def add(
        self,
        activity_id: int,
        reason: str,
        *,
        title: str | None,
        markdown: str,
        word_count: int,
        created_by: int | None,
    ) -> ActivityRevisionRow:
        """Add a revision with the next number."""
        newest = await self.newest(activity_id)
        row = ActivityRevisionRow(
            activity_id=activity_id,
            number=newest.number + 1 if newest else 1,
            reason=reason,
            title=title,
            markdown=markdown,
            word_count=word_count,
            created_by=created_by,
        )
        self._session.add(row)
        await self._session.flush()
        return row

    async def is_recent(self, row: ActivityRevisionRow, window: timedelta) -> bool:
        """Whether the revision was begun within the last `window`, by the database's clock.

        One that was begun later than now is not: the clock has gone back.
        """
        lately = and_(func.now() - window < row.created_at, row.created_at < func.now() + window)
        return bool(await self._session.scalar(select(lately)))

    async def overwrite(
        self, row: ActivityRevisionRow, *, title: str | None, markdown: str, word_count: int
    ) -> ActivityRevisionRow:
        """Put another text into a revision; it keeps its number and the time it was begun."""
        values = {"title": title, "markdown": markdown, "word_count": word_count}
        return await change_row(self._session, ActivityRevisionRow, "revision", row.id, values)
