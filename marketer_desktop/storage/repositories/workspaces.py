"""The local workspace: the user, organization, project and campaign that work belongs to."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.storage.repositories.memberships import is_member
from marketer_desktop.storage.repositories.missing import MissingRow
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
UNNAMED_ORGANIZATION = "This computer"
DEFAULT_CAMPAIGN = "General"
CREATION_LOCK = 0x776F726B  # any number will do, as long as every process uses the same
NOWHERE = 0  # the number of no organization
CURRENT = "organization_id"  # the preference that holds the current organization

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Member:
    """A user in an organization; `administers` the installation, too."""

    user_id: int
    organization_id: int
    role: str = "owner"
    administers: bool = False


@dataclass(frozen=True)
class Workspace:
    """The numbers of the rows that a piece of work is filed under."""

    user_id: int
    organization_id: int
    project_id: int
    campaign_id: int


class Workspaces:
    """Workspaces of whoever acts; what is missing is created once, whoever asks first.

    `seen` is true of the projects that they may see.
    """

    def __init__(
        self,
        session: AsyncSession,
        acting: Member | None = None,
        seen: ColumnElement[bool] | None = None,
    ) -> None:
        self._session, self._acting = session, acting
        self._seen = true() if seen is None else seen

    async def member(self) -> Member:
        """Who acts: as the database was told, else the person at this computer.

        That one works in the organization switched to, else the first.
        """
        if self._acting is not None:
            return self._acting
        found = await self._member()
        if found is None:
            await self._lock()
            user = await self._user()
            await self._organization(user)
            found = await self._member()
        assert found is not None
        return found

    async def switch(self, organization_id: int) -> None:
        """Make an organization the current one."""
        await self._prefer(await self.member(), {CURRENT: organization_id})

    async def local_workspace(self) -> Workspace:
        """The workspace of someone who named no project, in the current organization."""
        return await self.project(None)

    async def project(self, name: str | None) -> Workspace:
        """The workspace of the project `name`, letter case aside; a new name makes a new one."""
        wanted = None if name is None else " ".join(name.split())
        if wanted is not None and not 1 <= len(wanted) <= 255:
            raise ValueError("A project needs a name of 1 to 255 characters. Give it another one.")
        member = await self.member()
        where = and_(self._seen, _project_of(member, wanted))
        return await self._find(member, where) or await self._create(
            member, where, wanted or DEFAULT_PROJECT
        )

    async def keep_default(self, project_id: int) -> None:
        """Let the default project stay the default one, whatever it is called from now on."""
        member = await self.member()
        await self._prefer(member, {_default_key(member): project_id})

    async def of_project(self, project_id: int) -> Workspace:
        """The workspace of a project, filed under its general campaign. Raises `MissingRow`."""
        member = await self.member()
        ours = ProjectRow.organization_id == member.organization_id
        where = and_(self._seen, ours, ProjectRow.id == project_id)
        found = await self._find(member, where)
        if found is not None:
            return found
        await self._lock()
        project = await self._project(member, where)
        if project is None:
            raise MissingRow("project", project_id)
        return await self._find(member, where) or await self._with_campaign(member, project)

    async def of_campaign(self, campaign_id: int) -> Workspace:
        """The workspace of a campaign; its user is the campaign's owner. Raises `MissingRow`."""
        found = await self._session.execute(_of_campaign(self._seen), {"campaign": campaign_id})
        row = found.one_or_none()
        if row is None:
            raise MissingRow("campaign", campaign_id)
        return Workspace(*row)

    async def _member(self) -> Member | None:
        switched_to = UserRow.preferences[CURRENT].astext == cast(OrganizationRow.id, String)
        found = await self._session.execute(
            select(
                UserRow.id, OrganizationRow.id, OrganizationMemberRow.role, UserRow.role == "admin"
            )
            .join(OrganizationMemberRow, OrganizationMemberRow.user_id == UserRow.id)
            .join(OrganizationRow, OrganizationRow.id == OrganizationMemberRow.organization_id)
            .where(UserRow.email == LOCAL_EMAIL, is_member(), OrganizationRow.deleted_at.is_(None))
            .order_by(
                switched_to.desc().nulls_last(),
                (OrganizationRow.slug == LOCAL_SLUG).desc(),
                OrganizationRow.id,
            )
            .limit(1)
        )
        row = found.one_or_none()
        return Member(*row) if row else None

    async def _find(self, member: Member, where: ColumnElement[bool]) -> Workspace | None:
        found = await self._session.execute(
            select(ProjectRow.id, CampaignRow.id)
            .join(CampaignRow, CampaignRow.project_id == ProjectRow.id)
            .where(where, ~CampaignRow.is_archived)
            .order_by(
                *_best_project(member),
                (CampaignRow.name == DEFAULT_CAMPAIGN).desc(),
                CampaignRow.id,
            )
            .limit(1)
        )
        row = found.one_or_none()
        return Workspace(member.user_id, member.organization_id, *row) if row else None

    async def _create(self, member: Member, where: ColumnElement[bool], name: str) -> Workspace:
        """Create what is missing; the lock lasts until the end of the transaction."""
        await self._lock()
        found = await self._find(member, where)
        if found is not None:
            return found
        project = await self._project(member, where) or await self._added(
            ProjectRow(organization_id=member.organization_id, owner_id=member.user_id, name=name)
        )
        return await self._with_campaign(member, project)

    async def _with_campaign(self, member: Member, project: ProjectRow) -> Workspace:
        campaign = await self._added(
            CampaignRow(project_id=project.id, owner_id=member.user_id, name=DEFAULT_CAMPAIGN)
        )
        return Workspace(member.user_id, member.organization_id, project.id, campaign.id)

    async def _lock(self) -> None:
        await self._session.execute(select(func.pg_advisory_xact_lock(CREATION_LOCK)))

    async def _prefer(self, member: Member, values: dict[str, Any]) -> None:
        """Merge `values` into the user's preferences, and leave the others."""
        await self._session.execute(
            update(UserRow)
            .where(UserRow.id == member.user_id)
            .values(preferences=UserRow.preferences.op("||")(cast(values, JSONB)))
            .execution_options(synchronize_session=False)
        )

    async def _user(self) -> UserRow:
        found = await self._session.scalar(select(UserRow).where(UserRow.email == LOCAL_EMAIL))
        return found or await self._added(UserRow(email=LOCAL_EMAIL, role="admin"))

    async def _organization(self, user: UserRow) -> OrganizationRow:
        organization = await self._session.scalar(
            select(OrganizationRow).where(OrganizationRow.slug == LOCAL_SLUG)
        ) or await self._added(
            OrganizationRow(
                name=UNNAMED_ORGANIZATION,
                slug=LOCAL_SLUG,
                plan=Plan.LOCAL,
                llm_mode="local_agent",
                **LIMITS[Plan.LOCAL]._asdict(),
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

    async def _project(self, member: Member, where: ColumnElement[bool]) -> ProjectRow | None:
        found: ProjectRow | None = await self._session.scalar(
            select(ProjectRow).where(where).order_by(*_best_project(member)).limit(1)
        )
        return found

    async def _added(self, row: Row) -> Row:
        self._session.add(row)
        await self._session.flush()
        return row


@lru_cache(maxsize=1024)  # as many as there are conditions on what members may see
def _of_campaign(seen: ColumnElement[bool]) -> Select[int, int, int, int]:
    return (
        select(CampaignRow.owner_id, ProjectRow.organization_id, ProjectRow.id, CampaignRow.id)
        .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
        .where(CampaignRow.id == bindparam("campaign", type_=Integer), seen)
    )


def _default_key(member: Member) -> str:
    return f"default_project_{member.organization_id}"


def _is_default(member: Member) -> ColumnElement[bool]:
    preferred = (
        select(UserRow.preferences[_default_key(member)].astext)
        .where(UserRow.id == member.user_id)
        .scalar_subquery()
    )
    return preferred == cast(ProjectRow.id, String)


def _project_of(member: Member, name: str | None) -> ColumnElement[bool]:
    """Without a name the default project; if that lies in the archive, any that does not."""
    ours = ProjectRow.organization_id == member.organization_id
    if name is not None:
        return and_(ours, func.lower(ProjectRow.name) == func.lower(name))
    default = or_(_is_default(member), _has_default_name())
    away = select(ProjectRow.id).where(ours, default, ProjectRow.is_archived)
    return and_(ours, ~ProjectRow.is_archived, or_(default, away.correlate(None).exists()))


def _has_default_name() -> ColumnElement[bool]:
    return func.lower(ProjectRow.name) == func.lower(DEFAULT_PROJECT)


def _best_project(member: Member) -> tuple[Any, ...]:
    return (
        ProjectRow.is_archived,
        _is_default(member).desc().nulls_last(),
        _has_default_name().desc(),
        ProjectRow.id,
    )
