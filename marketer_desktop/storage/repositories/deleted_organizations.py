"""Organizations that were deleted: kept for a while, then emptied for good."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.memberships import is_member
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import (
    AgentApiKeyRow,
    BrandSummaryRow,
    DocumentRow,
    NotificationRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    SitePageRow,
    WatchedFolderRow,
)

EMPTIED = (
    ProjectRow,  # with campaigns, activities, runs and revisions
    DocumentRow,
    AgentApiKeyRow,
    BrandSummaryRow,
    NotificationRow,
    SitePageRow,
    WatchedFolderRow,
    OrganizationMemberRow,
)


class DeletedOrganizations:
    """What is deleted keeps its row for ever: invoices and the audit log refer to it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def delete(self, organization_id: int) -> OrganizationRow:
        """From now on it is as if it were not there. Raises `MissingRow`."""
        values = {"deleted_at": func.clock_timestamp()}
        return await change_row(
            self._session, OrganizationRow, "organization", organization_id, values
        )

    async def role(self, user_id: int, organization_id: int) -> str | None:
        """What a user was in an organization that is deleted, or None."""
        found: str | None = await self._session.scalar(
            select(OrganizationMemberRow.role)
            .join(OrganizationRow, OrganizationRow.id == OrganizationMemberRow.organization_id)
            .where(
                OrganizationRow.id == organization_id,
                OrganizationRow.deleted_at.is_not(None),
                OrganizationMemberRow.user_id == user_id,
                is_member(),
            )
            .with_for_update(of=OrganizationRow)
        )
        return found

    async def worn_out(self, kept: dt.timedelta) -> Sequence[Member]:
        """Those that were deleted longer ago than `kept` and are not emptied: one member each."""
        found = await self._session.execute(
            select(OrganizationMemberRow.organization_id, func.min(OrganizationMemberRow.user_id))
            .join(OrganizationRow, OrganizationRow.id == OrganizationMemberRow.organization_id)
            .where(OrganizationRow.deleted_at < func.clock_timestamp() - kept)
            .group_by(OrganizationMemberRow.organization_id)
        )
        return [Member(user_id, organization_id) for organization_id, user_id in found]

    async def documents(self, organization_id: int) -> Sequence[tuple[int, int | None]]:
        """The numbers of its documents, each with the owner of its project, who may see it."""
        found = await self._session.execute(
            select(DocumentRow.id, ProjectRow.owner_id)
            .outerjoin(ProjectRow, ProjectRow.id == DocumentRow.project_id)
            .where(DocumentRow.organization_id == organization_id)
        )
        return [(number, owner_id) for number, owner_id in found]

    async def empty(self, organization_id: int) -> None:
        """Remove all that it held, its name and its keys; its slug is free again."""
        for kind in EMPTIED:
            await self._session.execute(
                delete(kind)
                .where(kind.organization_id == organization_id)
                .execution_options(synchronize_session=False)
            )
        values = {
            "name": "Deleted organization",
            "slug": f"deleted-{organization_id}",
            "openai_api_key": None,
            "anthropic_api_key": None,
            "mistral_api_key": None,
        }
        await change_row(self._session, OrganizationRow, "organization", organization_id, values)
