"""Campaigns: what a project's activities are grouped under."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.archive import outside_archive
from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import ActivityRow, CampaignRow, ProjectRow


@dataclass(frozen=True)
class CampaignOfProject:
    """A campaign with its project's name; activities in the archive are not counted."""

    campaign: CampaignRow
    project: str
    activities: int


class Campaigns:
    """The campaigns of projects."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def of_organization(
        self, organization_id: int, project_id: int | None = None
    ) -> Sequence[CampaignRow]:
        """The campaigns of all projects, or of one, without the archive, by age."""
        query = (
            select(CampaignRow)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(
                ProjectRow.organization_id == organization_id,
                visible_to(self._acting),
                ~CampaignRow.is_archived,
            )
            .order_by(CampaignRow.id)
        )
        if project_id is not None:
            query = query.where(CampaignRow.project_id == project_id)
        return (await self._session.scalars(query)).all()

    async def page(
        self,
        organization_id: int,
        project_id: int | None,
        archived: bool,
        offset: int,
        limit: int,
    ) -> tuple[int, Sequence[CampaignOfProject]]:
        """How many there are in or outside the archive, and some of them, the newest first.

        Those of a project in the archive are there with it, unless it is named.
        """
        listed = [
            ProjectRow.organization_id == organization_id,
            CampaignRow.is_archived == archived,
            visible_to(self._acting),
        ]
        if project_id is not None:
            listed.append(ProjectRow.id == project_id)
        elif not archived:
            listed.append(~ProjectRow.is_archived)
        total = await self._session.scalar(
            select(func.count())
            .select_from(CampaignRow)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(*listed)
        )
        found = await self._session.execute(
            _placed()
            .where(*listed)
            .order_by(CampaignRow.created_at.desc(), CampaignRow.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return total or 0, [CampaignOfProject(*row) for row in found]

    async def placed(self, organization_id: int, campaign_id: int) -> CampaignOfProject | None:
        """A campaign of this organization with its project and count, or None."""
        found = await self._session.execute(
            _placed().where(
                CampaignRow.id == campaign_id,
                ProjectRow.organization_id == organization_id,
                visible_to(self._acting),
            )
        )
        row = found.one_or_none()
        return CampaignOfProject(*row) if row else None

    async def get(self, organization_id: int, campaign_id: int) -> CampaignRow | None:
        """A campaign of this organization, or None."""
        found: CampaignRow | None = await self._session.scalar(
            select(CampaignRow)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(
                CampaignRow.id == campaign_id,
                ProjectRow.organization_id == organization_id,
                visible_to(self._acting),
            )
        )
        return found

    async def add(self, project_id: int, owner_id: int, values: dict[str, Any]) -> CampaignRow:
        """Add a campaign with these columns."""
        row = CampaignRow(project_id=project_id, owner_id=owner_id, **values)
        self._session.add(row)
        await self._session.flush()
        return row

    async def change(self, campaign_id: int, values: dict[str, Any]) -> CampaignRow:
        """Write these columns of a campaign. Raises `MissingRow`."""
        return await change_row(self._session, CampaignRow, "campaign", campaign_id, values)


def _placed() -> Select[Any]:
    activities = (
        select(func.count(ActivityRow.id))
        .where(ActivityRow.campaign_id == CampaignRow.id, outside_archive())
        .correlate(CampaignRow)
        .scalar_subquery()
    )
    return select(CampaignRow, ProjectRow.name, activities).join(
        ProjectRow, ProjectRow.id == CampaignRow.project_id
    )
