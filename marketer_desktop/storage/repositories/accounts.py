"""Accounts: who may sign in, and what they are in which organization."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow


@dataclass(frozen=True)
class Membership:
    """An organization that somebody belongs to, by its slug."""

    slug: str
    member: Member


class Accounts:
    """The accounts of an installation."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_email(self, email: str) -> UserRow | None:
        """The account with this address, letter case aside, active or not."""
        found: UserRow | None = await self._session.scalar(
            select(UserRow).where(func.lower(UserRow.email) == email.strip().lower())
        )
        return found

    async def with_memberships(self, user_id: int) -> tuple[UserRow | None, list[Membership]]:
        """An active account and the organizations it belongs to, the oldest first."""
        found = await self._session.execute(
            select(UserRow, OrganizationRow.slug, OrganizationRow.id, OrganizationMemberRow.role)
            .outerjoin(
                OrganizationMemberRow,
                (OrganizationMemberRow.user_id == UserRow.id)
                & OrganizationMemberRow.is_active
                & OrganizationMemberRow.joined_at.is_not(None),
            )
            .outerjoin(
                OrganizationRow,
                (OrganizationRow.id == OrganizationMemberRow.organization_id)
                & OrganizationRow.deleted_at.is_(None),
            )
            .where(UserRow.id == user_id, UserRow.is_active)
            .order_by(OrganizationRow.id)
        )
        rows = found.all()
        if not rows:
            return None, []
        user = rows[0][0]
        return user, [
            Membership(slug, Member(user.id, organization_id, role, user.role == "admin"))
            for _, slug, organization_id, role in rows
            if organization_id is not None
        ]
