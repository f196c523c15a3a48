"""The local workspace: the user, organization, project and campaign that work belongs to."""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import (
    Base,
    CampaignRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    UserRow,
)

LOCAL_EMAIL = "local@localhost"
LOCAL_SLUG = "local"
DEFAULT_PROJECT = "My content"
DEFAULT_CAMPAIGN = "General"
CREATION_LOCK = 0x776F726B  # any number will do, as long as every process uses the same

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Workspace:
    """The numbers of the rows that a piece of work is filed under."""

    user_id: int
    organization_id: int
    project_id: int
    campaign_id: int


class Workspaces:
    """Workspaces on this machine; what is missing is created once, whoever asks first."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def local_workspace(self) -> Workspace:
        """The workspace of someone who named no project."""
        return await self.project(None)

    async def project(self, name: str | None) -> Workspace:
        """The workspace of the project `name`, letter case aside; a new name makes a new one."""
        wanted = DEFAULT_PROJECT if name is None else " ".join(name.split())
        if not 1 <= len(wanted) <= 255:
            raise ValueError("A project needs a name of 1 to 255 characters. Give it another one.")
        return await self._find(wanted) or await self._create(wanted)

    async def of_campaign(self, campaign_id: int) -> Workspace:
        """The workspace that a campaign belongs to; its user is the campaign's owner."""
        found = await self._session.execute(
            select(CampaignRow.owner_id, ProjectRow.organization_id, ProjectRow.id, CampaignRow.id)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(CampaignRow.id == campaign_id)
        )
        return Workspace(*found.one())

    async def _find(self, name: str) -> Workspace | None:
        found = await self._session.execute(
            select(UserRow.id, OrganizationRow.id, ProjectRow.id, CampaignRow.id)
            .select_from(OrganizationRow)
            .join(
                OrganizationMemberRow, OrganizationMemberRow.organization_id == OrganizationRow.id
            )
            .join(UserRow, UserRow.id == OrganizationMemberRow.user_id)
            .join(ProjectRow, ProjectRow.organization_id == OrganizationRow.id)
            .join(CampaignRow, CampaignRow.project_id == ProjectRow.id)
            .where(
                OrganizationRow.slug == LOCAL_SLUG,
                UserRow.email == LOCAL_EMAIL,
                func.lower(ProjectRow.name) == func.lower(name),
                CampaignRow.name == DEFAULT_CAMPAIGN,
            )
            .order_by(ProjectRow.id, CampaignRow.id)
            .limit(1)
        )
        row = found.one_or_none()
        return Workspace(*row) if row else None

    async def _create(self, name: str) -> Workspace:
        """Create what is missing; the lock lasts until the end of the transaction."""
        await self._session.execute(select(func.pg_advisory_xact_lock(CREATION_LOCK)))
        user = await self._user()
        organization = await self._organization(user)
        project = await self._project(user, organization, name)
        campaign = await self._campaign(user, project)
        return Workspace(user.id, organization.id, project.id, campaign.id)

    async def _user(self) -> UserRow:
        found = await self._session.scalar(select(UserRow).where(UserRow.email == LOCAL_EMAIL))
        return found or await self._added(UserRow(email=LOCAL_EMAIL, role="admin"))

    async def _organization(self, user: UserRow) -> OrganizationRow:
        organization = await self._session.scalar(
            select(OrganizationRow).where(OrganizationRow.slug == LOCAL_SLUG)
        ) or await self._added(
            OrganizationRow(
                name="This computer", slug=LOCAL_SLUG, plan="local", llm_mode="local_agent"
            )
        )
        member = await self._session.scalar(
            select(OrganizationMemberRow).where(
                OrganizationMemberRow.user_id == user.id,
                OrganizationMemberRow.organization_id == organization.id,
            )
        )
        if member is None:
            await self._added(
                OrganizationMemberRow(
                    user_id=user.id,
                    organization_id=organization.id,
                    role="owner",
                    joined_at=func.current_timestamp(),
                )
            )
        return organization

    async def _project(self, user: UserRow, organization: OrganizationRow, name: str) -> ProjectRow:
        found = await self._session.scalar(
            select(ProjectRow)
            .where(
                ProjectRow.organization_id == organization.id,
                func.lower(ProjectRow.name) == func.lower(name),
            )
            .order_by(ProjectRow.id)
            .limit(1)
        )
        return found or await self._added(
            ProjectRow(organization_id=organization.id, owner_id=user.id, name=name)
        )

    async def _campaign(self, user: UserRow, project: ProjectRow) -> CampaignRow:
        found = await self._session.scalar(
            select(CampaignRow)
            .where(CampaignRow.project_id == project.id, CampaignRow.name == DEFAULT_CAMPAIGN)
            .order_by(CampaignRow.id)
            .limit(1)
        )
        return found or await self._added(
            CampaignRow(project_id=project.id, owner_id=user.id, name=DEFAULT_CAMPAIGN)
        )

    async def _added(self, row: Row) -> Row:
        self._session.add(row)
        await self._session.flush()
        return row
