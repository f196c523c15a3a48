"""Projects: what a piece of content belongs to, with the figures that lists show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.tables import ActivityRow, CampaignRow, DocumentRow, ProjectRow


@dataclass(frozen=True)
class ProjectFigures:
    """A project with what it holds; what lies in the archive is not counted."""

    project: ProjectRow
    campaigns: int
    activities: int
    published: int
    documents: int
    updated_at: dt.datetime


class Projects:
    """The projects of organizations."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def figures(
        self, organization_id: int, *, archived: bool = False
    ) -> Sequence[ProjectFigures]:
        """The projects with their counts, the last touched first; `archived` adds the archive."""
        query = _figures().where(ProjectRow.organization_id == organization_id)
        if not archived:
            query = query.where(~ProjectRow.is_archived)
        found = await self._session.execute(query)
        return [ProjectFigures(*row) for row in found]

    async def get(self, organization_id: int, project_id: int) -> ProjectRow | None:
        """A project of this organization, or None."""
        row = await self._session.get(ProjectRow, project_id)
        return row if row is not None and row.organization_id == organization_id else None

    async def named(self, organization_id: int, name: str) -> ProjectRow | None:
        """The project with this name, letter case aside, or None."""
        found: ProjectRow | None = await self._session.scalar(
            select(ProjectRow)
            .where(
                ProjectRow.organization_id == organization_id,
                func.lower(ProjectRow.name) == func.lower(name),
            )
            .order_by(ProjectRow.id)
            .limit(1)
        )
        return found

    async def is_last(self, organization_id: int, project_id: int) -> bool:
        """Whether no other project lies outside the archive."""
        found = await self._session.scalar(
            select(ProjectRow.id)
            .where(
                ProjectRow.organization_id == organization_id,
                ProjectRow.id != project_id,
                ~ProjectRow.is_archived,
            )
            .limit(1)
        )
        return found is None

    async def add(
        self, organization_id: int, owner_id: int, name: str, description: str | None
    ) -> ProjectRow:
        """Add a project."""
        row = ProjectRow(
            organization_id=organization_id, owner_id=owner_id, name=name, description=description
        )
        self._session.add(row)
        await self._session.flush()
        return row

    async def change(self, project_id: int, values: dict[str, Any]) -> ProjectRow:
        """Write these columns of a project. Raises `MissingRow`."""
        return await change_row(self._session, ProjectRow, "project", project_id, values)


def _figures() -> Select[Any]:
    """Each figure has a subquery of its own: joins would multiply them."""
    in_project = CampaignRow.project_id == ProjectRow.id
    updated = func.greatest(
        ProjectRow.updated_at,
        _of_project(func.max(CampaignRow.updated_at), in_project),
        _of_activities(func.max(ActivityRow.updated_at)),
    )
    return select(
        ProjectRow,
        _of_project(func.count(CampaignRow.id), in_project, ~CampaignRow.is_archived),
        _of_activities(func.count(ActivityRow.id), ActivityRow.status != "archived"),
        _of_activities(func.count(ActivityRow.id), ActivityRow.status == "published"),
        _of_project(func.count(DocumentRow.id), DocumentRow.project_id == ProjectRow.id),
        updated,
    ).order_by(updated.desc(), ProjectRow.id.desc())


def _of_project(value: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Any:
    return select(value).where(*conditions).correlate(ProjectRow).scalar_subquery()


def _of_activities(value: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Any:
    return _of_project(
        value,
        ActivityRow.campaign_id == CampaignRow.id,
        CampaignRow.project_id == ProjectRow.id,
        ~CampaignRow.is_archived,
        *conditions,
    )
