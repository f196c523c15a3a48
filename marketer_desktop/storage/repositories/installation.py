"""Figures of the whole installation, for whoever runs it: numbers, nothing of anybody's content."""

from typing import Any

from sqlalchemy import ColumnExpressionArgument, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from marketer_desktop.storage.tables import (
    DocumentRow,
    OrganizationMemberRow,
    OrganizationRow,
    UserRow,
)


class Installation:
    """Counts over all organizations."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def organizations(self) -> dict[str, int]:
        """How many there are of each plan."""
        return await self._counted(OrganizationRow.plan, OrganizationRow.deleted_at.is_(None))

    async def active_users(self) -> dict[str, int]:
        """How many people each organization has who may sign in, by the organization's number."""
        member = OrganizationMemberRow
        return await self._counted(
            member.organization_id,
            member.is_active,
            member.joined_at.is_not(None),
            member.user_id == UserRow.id,
            UserRow.is_active,
        )

    async def indexed_documents(self) -> dict[str, int]:
        """How many documents of each organization are in the search index, by its number."""
        return await self._counted(DocumentRow.organization_id, DocumentRow.status == "indexed")

    async def _counted(
        self, label: InstrumentedAttribute[Any], *where: ColumnExpressionArgument[bool]
    ) -> dict[str, int]:
        query = select(label, func.count()).where(*where).group_by(label)
        found = await self._session.execute(query)
        return {str(value): number for value, number in found}
