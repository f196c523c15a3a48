"""The agents that are connected now, to any process on the database."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import (
    ARRAY,
    Uuid,
    all_,
    any_,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import (
    AgentApiKeyRow,
    AgentConnectionRow,
    OrganizationRow,
)

HUBS = 0x687562  # the class of the locks that hubs hold, as leases have theirs
CONNECTED, DISCONNECTED = "connected", "disconnected"


def lock_of(hub: uuid.UUID) -> tuple[int, int]:
    """The advisory lock that the process `hub` holds as long as it lives."""
    return HUBS, hub.int & 0x7FFFFFFF


class AgentConnections:
    """One row for each agent, written by the process that holds its connection."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, rows: Sequence[AgentConnectionRow]) -> None:
        """Add these agents; one that is there already stays as it is."""
        values = [
            {
                "id": row.id,
                "organization_id": row.organization_id,
                "agent_key_id": row.agent_key_id,
                "hub": row.hub,
                "models": row.models,
                "capacity": row.capacity,
            }
            for row in rows
        ]
        await self._session.execute(insert(AgentConnectionRow).on_conflict_do_nothing(), values)
        for organization_id in sorted({row.organization_id for row in rows}):
            await self._note(organization_id, CONNECTED)

    async def remove(self, connections: Collection[uuid.UUID]) -> None:
        """These agents are gone; what they were asked has to be taken back before."""
        gone = await self._session.scalars(
            delete(AgentConnectionRow)
            .where(AgentConnectionRow.id.in_(connections))
            .returning(AgentConnectionRow.organization_id)
        )
        for organization_id in sorted(set(gone)):
            if not await self.are_there(organization_id):
                await self._note(organization_id, DISCONNECTED)

    async def _note(self, organization_id: int, status: str) -> None:
        # Only what changes is written: every run of the organization counts on this row.
        await self._session.execute(
            update(OrganizationRow)
            .where(
                OrganizationRow.id == organization_id,
                OrganizationRow.agent_status.is_distinct_from(status),
            )
            .values(agent_status=status, agent_last_seen=func.clock_timestamp())
            .execution_options(synchronize_session=False)
        )

    async def models(self, organization_id: int) -> list[list[str]]:
        """The models of each agent of an organization."""
        found = await self._session.scalars(
            select(AgentConnectionRow.models)
            .where(AgentConnectionRow.organization_id == organization_id)
            .order_by(AgentConnectionRow.id)
        )
        return list(found)

    async def are_there(self, organization_id: int) -> bool:
        """Whether an agent of the organization is connected."""
        found = select(exists().where(AgentConnectionRow.organization_id == organization_id))
        return bool(await self._session.scalar(found))

    async def has_model(self, organization_id: int, name: str) -> bool:
        """Whether an agent of the organization has a model of this name."""
        found = select(
            exists().where(
                AgentConnectionRow.organization_id == organization_id,
                literal(name) == any_(AgentConnectionRow.models),
            )
        )
        return bool(await self._session.scalar(found))

    async def held(self, connections: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Those of these that are there, and stay until this transaction ends."""
        found = await self._session.scalars(
            select(AgentConnectionRow.id)
            .where(AgentConnectionRow.id.in_(connections))
            .with_for_update(read=True, key_share=True)
        )
        return set(found)

    async def lost(self, own: uuid.UUID, connected: Collection[uuid.UUID]) -> list[uuid.UUID]:
        """The agents of processes that have ended, and those of `own` that are not `connected`."""
        hubs = set(await self._session.scalars(select(AgentConnectionRow.hub).distinct()))
        if not hubs:
            return []
        living = await self._session.scalars(
            text(
                "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' "
                "AND classid = :hubs AND granted AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            ),
            {"hubs": HUBS},
        )
        numbers = set(living)
        dead = {hub for hub in hubs - {own} if lock_of(hub)[1] not in numbers}
        # One array: as so many parameters, the statement would be written anew for each agent.
        here = cast(list(connected), ARRAY(Uuid))
        mine = (AgentConnectionRow.hub == own) & (AgentConnectionRow.id != all_(here))
        found = await self._session.scalars(
            select(AgentConnectionRow.id).where(AgentConnectionRow.hub.in_(dead) | mine)
        )
        return list(found)

    async def usable_keys(self, keys: Collection[int]) -> set[int]:
        """Those of these keys that are neither revoked nor expired."""
        found = await self._session.scalars(
            select(AgentApiKeyRow.id).where(
                AgentApiKeyRow.id.in_(keys),
                AgentApiKeyRow.is_active,
                func.coalesce(AgentApiKeyRow.expires_at > func.clock_timestamp(), True),
            )
        )
        return set(found)
