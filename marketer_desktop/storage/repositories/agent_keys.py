"""The keys of agents that lend their models to an organization."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import AgentApiKeyRow, OrganizationRow

REVOKED = "agent_key_revoked"  # the channel on which numbers of revoked keys are told
USED_EVERY = dt.timedelta(minutes=1)


class AgentKeys:
    """Keys are kept as hashes only."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, organization_id: int, values: dict[str, Any]) -> AgentApiKeyRow:
        """Add a key with these columns."""
        row = AgentApiKeyRow(organization_id=organization_id, **values)
        self._session.add(row)
        await self._session.flush()
        return row

    async def page(
        self, organization_id: int, offset: int, limit: int
    ) -> tuple[int, Sequence[AgentApiKeyRow]]:
        """How many keys are not revoked, and some of them, the newest first."""
        listed = (AgentApiKeyRow.organization_id == organization_id, AgentApiKeyRow.is_active)
        total = await self._session.scalar(select(func.count(AgentApiKeyRow.id)).where(*listed))
        found = await self._session.scalars(
            select(AgentApiKeyRow)
            .where(*listed)
            .order_by(AgentApiKeyRow.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return total or 0, found.all()

    async def revoke(self, organization_id: int, key_id: int) -> AgentApiKeyRow | None:
        """Make a key worthless and tell every process so; None if there is none to revoke."""
        row: AgentApiKeyRow | None = await self._session.scalar(
            update(AgentApiKeyRow)
            .where(
                AgentApiKeyRow.id == key_id,
                AgentApiKeyRow.organization_id == organization_id,
                AgentApiKeyRow.is_active,
            )
            .values(is_active=False)
            .returning(AgentApiKeyRow),
            execution_options={"synchronize_session": False},
        )
        if row is not None:
            await self._session.execute(select(func.pg_notify(REVOKED, str(key_id))))
        return row

    async def usable(self, prefix: str) -> Sequence[AgentApiKeyRow]:
        """The keys with this prefix that are neither revoked nor expired."""
        found = await self._session.scalars(
            select(AgentApiKeyRow)
            .join(OrganizationRow, OrganizationRow.id == AgentApiKeyRow.organization_id)
            .where(
                AgentApiKeyRow.key_prefix == prefix,
                AgentApiKeyRow.is_active,
                or_(
                    AgentApiKeyRow.expires_at.is_(None),
                    AgentApiKeyRow.expires_at > func.clock_timestamp(),
                ),
                OrganizationRow.deleted_at.is_(None),
            )
        )
        return found.all()

    async def note_use(self, key_id: int) -> None:
        """Note that a key was used, to the minute."""
        now = func.clock_timestamp()
        await self._session.execute(
            update(AgentApiKeyRow)
            .where(
                AgentApiKeyRow.id == key_id,
                func.coalesce(AgentApiKeyRow.last_used_at < now - USED_EVERY, True),
            )
            .values(last_used_at=now)
            .execution_options(synchronize_session=False)
        )
