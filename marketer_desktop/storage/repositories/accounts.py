"""Accounts: who may sign in, and what they are in which organization."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import Integer, Select, Uuid, bindparam, func, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.memberships import is_member
from marketer_desktop.storage.repositories.sessions import is_open
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow


@dataclass(frozen=True)
class Membership:
    """An organization that somebody belongs to."""

    slug: str
    name: str
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

    async def by_clerk_id(self, clerk_id: str) -> UserRow | None:
        """The account that signs in with this identity of Clerk's."""
        found: UserRow | None = await self._session.scalar(
            select(UserRow).where(UserRow.clerk_id == clerk_id)
        )
        return found

    async def join_clerk(self, user_id: int, clerk_id: str) -> bool:
        """Have an account sign in with Clerk alone; whether it did not with another identity."""
        joined = await self._session.scalar(
            update(UserRow)
            .where(
                UserRow.id == user_id, UserRow.clerk_id.is_(None) | (UserRow.clerk_id == clerk_id)
            )
            .values(
                clerk_id=clerk_id,
                password_hash=None,
                email_verified_at=func.clock_timestamp(),
            )
            .returning(UserRow.id)
            .execution_options(synchronize_session=False)
        )
        return joined is not None

    async def add(self, email: str) -> UserRow:
        """The account with this address, made now unless it is there."""
        row: UserRow | None = await self._session.scalar(
            insert(UserRow)
            .values(email=email.strip().lower())
            .on_conflict_do_nothing()
            .returning(UserRow)
        )
        row = row or await self.by_email(email)
        assert row is not None
        return row

    async def with_memberships(
        self, user_id: int, session: UUID | None = None
    ) -> tuple[UserRow | None, list[Membership]]:
        """An active account and the organizations it belongs to, the oldest first.

        With a session, None for the account if that has ended.
        """
        asked = {"user_id": user_id} | ({} if session is None else {"session": session})
        found = await self._session.execute(_with_memberships(session is not None), asked)
        rows = found.all()
        if not rows:
            return None, []
        user = rows[0][0]
        return user, [
            Membership(slug, name, Member(user.id, organization_id, role, user.role == "admin"))
            for _, slug, name, organization_id, role in rows
            if organization_id is not None
        ]


@cache
def _with_memberships(in_session: bool) -> Select[UserRow, str, str, int, str]:
    """Built once: it is what every request begins with."""
    user = bindparam("user_id", type_=Integer)
    signed_in = is_open(bindparam("session", type_=Uuid), user) if in_session else true()
    return (
        select(
            UserRow,
            OrganizationRow.slug,
            OrganizationRow.name,
            OrganizationRow.id,
            OrganizationMemberRow.role,
        )
        .outerjoin(
            OrganizationMemberRow, (OrganizationMemberRow.user_id == UserRow.id) & is_member()
        )
        .outerjoin(
            OrganizationRow,
            (OrganizationRow.id == OrganizationMemberRow.organization_id)
            & OrganizationRow.deleted_at.is_(None),
        )
        .where(UserRow.id == user, UserRow.is_active, signed_in)
        .order_by(OrganizationRow.id)
    )
