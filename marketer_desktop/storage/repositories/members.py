"""The members of organizations."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import OrganizationMemberRow, UserRow


class Members:
    """Who belongs to an organization."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list(self, organization_id: int) -> Sequence[tuple[OrganizationMemberRow, UserRow]]:
        """The active members with their users, in the order in which they came."""
        found = await self._session.execute(
            select(OrganizationMemberRow, UserRow)
            .join(UserRow, UserRow.id == OrganizationMemberRow.user_id)
            .where(
                OrganizationMemberRow.organization_id == organization_id,
                OrganizationMemberRow.is_active,
            )
            .order_by(OrganizationMemberRow.joined_at.nulls_last(), OrganizationMemberRow.id)
        )
        return [(membership, user) for membership, user in found]
