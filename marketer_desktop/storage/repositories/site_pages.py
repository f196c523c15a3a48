"""The pages of projects' web sites."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Text, cast, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import SitePageRow


@dataclass(frozen=True)
class SiteSize:
    """How many pages of a site are known, and since when."""

    count: int
    imported_at: dt.datetime | None


class SitePages:
    """The pages of projects in the order they were imported in."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def replace(
        self, organization_id: int, project_id: int, pages: Sequence[tuple[str, str, str]]
    ) -> None:
        """Keep these pages (url, title, description) of a project and no others."""
        await self.clear(project_id)
        columns = list(zip(*pages, strict=True)) or [(), (), ()]
        arrays = (cast(list(column), ARRAY(Text)) for column in columns)
        names = ("url", "title", "description")
        listed = func.unnest(*arrays).table_valued(*names, with_ordinality="place")
        listed = listed.render_derived()
        place = (literal(organization_id), literal(project_id))
        rows = select(*place, *(listed.c[name] for name in names)).order_by(listed.c.place)
        await self._session.execute(
            upsert(SitePageRow)
            .from_select(["organization_id", "project_id", *names], rows)
            .on_conflict_do_nothing()
        )

    async def list(self, project_id: int, limit: int | None = None) -> Sequence[SitePageRow]:
        """The pages of a project, at most `limit`."""
        query = select(SitePageRow).where(SitePageRow.project_id == project_id)
        return (await self._session.scalars(query.order_by(SitePageRow.id).limit(limit))).all()

    async def size(self, project_id: int) -> SiteSize:
        """How many pages a project has."""
        query = select(func.count(), func.max(SitePageRow.imported_at))
        found = await self._session.execute(query.where(SitePageRow.project_id == project_id))
        return SiteSize(*found.one())

    async def clear(self, project_id: int) -> None:
        """Forget the pages of a project."""
        await self._session.execute(delete(SitePageRow).where(SitePageRow.project_id == project_id))
