"""Projects: what a piece of content belongs to, with the figures that lists show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.archive import outside_archive
from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import (
    ActivityRow,
    CampaignRow,
    DocumentRow,
    ProjectRow,
    UserRow,
)


@dataclass(frozen=True)
class ProjectFigures:
    """A project with what it holds; what lies in the archive is not counted."""

    project: ProjectRow
    campaigns: int
    activities: int
    published: int
    documents: int
    updated_at: dt.datetime


@dataclass(frozen=True)
class OwnedProject:
    """A project with its owner's address; what lies in the archive is not counted."""

    project: ProjectRow
    owner_email: str
    campaigns: int
    activities: int


class Projects:
    """The projects of organizations."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def figures(
        self, organization_id: int, *, archived: bool = False
    ) -> Sequence[ProjectFigures]:
        """The projects with their counts, the last touched first; `archived` adds the archive."""
        query = _figures().where(
            ProjectRow.organization_id == organization_id, visible_to(self._acting)
        )
        if not archived:
            query = query.where(~ProjectRow.is_archived)
        found = await self._session.execute(query)
        return [ProjectFigures(*row) for row in found]

    async def page(
        self, organization_id: int, archived: bool, offset: int, limit: int
    ) -> tuple[int, Sequence[OwnedProject]]:
        """How many there are in or outside the archive, and some of them, the newest first."""
        page, counted = _page_of(self._acting)
        asked = {"organization": organization_id, "archived": archived}
        found = await self._session.execute(page, {**asked, "offset": offset, "limit": limit})
        rows = found.all()
        # Behind the last page there is no row to say how many there are.
        total = rows[0][-1] if rows else await self._session.scalar(counted, asked) if offset else 0
        return int(total or 0), [OwnedProject(*row[:-1]) for row in rows]

    async def owned(self, organization_id: int, project_id: int) -> OwnedProject | None:
        """A project of this organization with its owner and counts, or None."""
        found = await self._session.execute(
            _owned().where(
                ProjectRow.id == project_id,
                ProjectRow.organization_id == organization_id,
                visible_to(self._acting),
            )
        )
        row = found.one_or_none()
        return OwnedProject(*row) if row else None

    async def get(self, organization_id: int, project_id: int) -> ProjectRow | None:
        """A project of this organization, or None."""
        found: ProjectRow | None = await self._session.scalar(
            select(ProjectRow).where(
                ProjectRow.id == project_id,
                ProjectRow.organization_id == organization_id,
                visible_to(self._acting),
            )
        )
        return found

    async def named(self, organization_id: int, name: str) -> ProjectRow | None:
        """The project with this name, letter case aside, among those that are seen, or None."""
        found: ProjectRow | None = await self._session.scalar(
            select(ProjectRow)
            .where(
                ProjectRow.organization_id == organization_id,
                func.lower(ProjectRow.name) == func.lower(name),
                visible_to(self._acting),
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

    async def add(self, organization_id: int, owner_id: int, values: dict[str, Any]) -> ProjectRow:
        """Add a project with these columns."""
        row = ProjectRow(organization_id=organization_id, owner_id=owner_id, **values)
        self._session.add(row)
        await self._session.flush()
        return row

    async def change(self, project_id: int, values: dict[str, Any]) -> ProjectRow:
        """Write these columns of a project. Raises `MissingRow`."""
        return await change_row(self._session, ProjectRow, "project", project_id, values)


@lru_cache(maxsize=1024)  # every list that is shown asks, most of them for the same few members
def _page_of(acting: Member | None) -> tuple[Select[*tuple[Any, ...]], Select[int]]:
    """The statements for a page, and for how many there are in all."""
    listed = (
        ProjectRow.organization_id == bindparam("organization", type_=Integer),
        ProjectRow.is_archived == bindparam("archived", type_=Boolean),
        visible_to(acting),
    )
    total = select(func.count()).select_from(ProjectRow).where(*listed)
    page = (
        _owned()
        .add_columns(total.correlate(None).scalar_subquery())
        .where(*listed)
        .order_by(ProjectRow.created_at.desc(), ProjectRow.id.desc())
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("limit", type_=Integer))
    )
    return page, total


def _owned() -> Select[Any]:
    return select(ProjectRow, UserRow.email, _campaigns(), _activities()).join(
        UserRow, UserRow.id == ProjectRow.owner_id
    )


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
        _campaigns(),
        _activities(),
        _of_activities(func.count(ActivityRow.id), ActivityRow.status == "published"),
        _of_project(func.count(DocumentRow.id), DocumentRow.project_id == ProjectRow.id),
        updated,
    ).order_by(updated.desc(), ProjectRow.id.desc())


def _campaigns() -> Any:
    in_project = CampaignRow.project_id == ProjectRow.id
    return _of_project(func.count(CampaignRow.id), in_project, ~CampaignRow.is_archived)


def _activities() -> Any:
    return _of_activities(func.count(ActivityRow.id), outside_archive())


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
