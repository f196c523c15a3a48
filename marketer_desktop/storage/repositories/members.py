"""The members of organizations, and who is invited to be one."""

import datetime as dt
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import ColumnExpressionArgument, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.memberships import is_member
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow

Membership = tuple[OrganizationMemberRow, UserRow]


class Members:
    """Who belongs to an organization; tokens of invitations are kept as hashes only."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list(self, organization_id: int) -> Sequence[Membership]:
        """The active members with their users, in the order in which they came."""
        return (await self.page(organization_id, 0, None))[1]

    async def page(
        self, organization_id: int, offset: int, limit: int | None
    ) -> tuple[int, Sequence[Membership]]:
        """How many members and invited ones there are, and some of them, as they came."""
        listed = (
            OrganizationMemberRow.organization_id == organization_id,
            OrganizationMemberRow.is_active,
        )
        found = await self._session.execute(
            select(OrganizationMemberRow, UserRow)
            .join(UserRow, UserRow.id == OrganizationMemberRow.user_id)
            .where(*listed)
            .order_by(OrganizationMemberRow.joined_at.nulls_last(), OrganizationMemberRow.id)
            .offset(offset)
            .limit(limit)
        )
        return await self._count(*listed), [(membership, user) for membership, user in found]

    async def hold(self, organization_id: int) -> OrganizationRow:
        """The organization, its members held against changes until the transaction ends."""
        return await self._session.get_one(
            OrganizationRow, organization_id, with_for_update=True, populate_existing=True
        )

    async def get(self, organization_id: int, member_id: int) -> Membership | None:
        """A member or an invited one of this organization, or None."""
        return await self._one(organization_id, OrganizationMemberRow.id == member_id)

    async def of_user(self, organization_id: int, user_id: int) -> Membership | None:
        """The membership of a user in this organization, or None."""
        return await self._one(
            organization_id, OrganizationMemberRow.user_id == user_id, is_member()
        )

    async def owners(self, organization_id: int) -> int:
        """How many own it."""
        return await self._count(
            OrganizationMemberRow.organization_id == organization_id,
            OrganizationMemberRow.is_active,
            OrganizationMemberRow.joined_at.is_not(None),
            OrganizationMemberRow.role == "owner",
        )

    async def seats(self, organization_id: int) -> int:
        """How many belong to it or may still accept an invitation."""
        return await self._count(
            OrganizationMemberRow.organization_id == organization_id,
            OrganizationMemberRow.is_active,
            or_(
                OrganizationMemberRow.joined_at.is_not(None),
                OrganizationMemberRow.invitation_expires_at > func.clock_timestamp(),
            ),
        )

    async def invite(
        self,
        organization_id: int,
        user_id: int,
        role: str,
        invited_by: int,
        token: str,
        life: dt.timedelta,
    ) -> OrganizationMemberRow | None:
        """Invite a user, again if they were invited or have left; None if they belong to it."""
        values = {
            "role": role,
            "invited_by": invited_by,
            "invited_at": func.clock_timestamp(),
            "invitation_token": _hash(token),
            "invitation_expires_at": func.clock_timestamp() + life,
            "joined_at": None,
            "is_active": True,
        }
        is_out = or_(~OrganizationMemberRow.is_active, OrganizationMemberRow.joined_at.is_(None))
        row: OrganizationMemberRow | None = await self._session.scalar(
            insert(OrganizationMemberRow)
            .values(organization_id=organization_id, user_id=user_id, **values)
            .on_conflict_do_update(
                index_elements=[
                    OrganizationMemberRow.user_id,
                    OrganizationMemberRow.organization_id,
                ],
                set_=values,
                where=is_out,
            )
            .returning(OrganizationMemberRow),
            execution_options={"populate_existing": True},
        )
        return row

    async def invited(
        self, token: str
    ) -> tuple[OrganizationMemberRow, UserRow, OrganizationRow] | None:
        """An invitation that can be accepted, held; with its user and organization."""
        found = await self._session.execute(
            select(OrganizationMemberRow, UserRow, OrganizationRow)
            .join(UserRow, UserRow.id == OrganizationMemberRow.user_id)
            .join(OrganizationRow, OrganizationRow.id == OrganizationMemberRow.organization_id)
            .where(
                OrganizationMemberRow.invitation_token == _hash(token),
                OrganizationMemberRow.invitation_expires_at > func.clock_timestamp(),
                OrganizationMemberRow.is_active,
                OrganizationRow.deleted_at.is_(None),
                UserRow.is_active,
            )
            .with_for_update(of=OrganizationMemberRow)
        )
        row = found.one_or_none()
        return (row[0], row[1], row[2]) if row else None

    async def _one(
        self, organization_id: int, *conditions: ColumnExpressionArgument[bool]
    ) -> Membership | None:
        found = await self._session.execute(
            select(OrganizationMemberRow, UserRow)
            .join(UserRow, UserRow.id == OrganizationMemberRow.user_id)
            .where(
                OrganizationMemberRow.organization_id == organization_id,
                OrganizationMemberRow.is_active,
                *conditions,
            )
        )
        row = found.one_or_none()
        return (row[0], row[1]) if row else None

    async def _count(self, *conditions: ColumnExpressionArgument[bool]) -> int:
        counted = select(func.count(OrganizationMemberRow.id)).where(*conditions)
        found: int | None = await self._session.scalar(counted)
        return found or 0


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
