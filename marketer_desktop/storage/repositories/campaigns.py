"""Campaigns: what a project's activities are grouped under."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import CampaignRow, ProjectRow


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
