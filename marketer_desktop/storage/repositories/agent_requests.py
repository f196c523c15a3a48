"""What agents are asked: each request is one agent's at a time, and is answered once."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import AgentConnectionRow, AgentRequestRow

# A request at which so many agents have vanished may be the reason.
MOST_OFFERS = 3
OPEN = ("waiting", "sent")


class AgentRequests:
    """The queue of an organization's requests, and their answers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ask(
        self, request_id: uuid.UUID, organization_id: int, request: dict[str, Any], kept: float
    ) -> None:
        """Queue a request, kept for so many seconds.

        One that is under way or answered stays as it is; one that has failed is queued anew.
        """
        fresh = {
            "status": "waiting",
            "offers": 0,
            "content": "",
            "usage": None,
            "error": None,
            "connection_id": None,
            "expires_at": func.clock_timestamp() + dt.timedelta(seconds=kept),
        }
        asked = insert(AgentRequestRow).values(
            id=request_id, organization_id=organization_id, request=request, **fresh
        )
        await self._session.execute(
            asked.on_conflict_do_update(
                index_elements=[AgentRequestRow.id],
                set_=fresh,
                where=AgentRequestRow.status.not_in((*OPEN, "completed")),
            )
        )

    async def get(self, request_id: uuid.UUID) -> AgentRequestRow | None:
        """A request as it stands."""
        return await self._session.get(AgentRequestRow, request_id)

    async def waiting(
        self, organization_id: int, count: int, apart_from: Collection[uuid.UUID]
    ) -> Sequence[AgentRequestRow]:
        """The oldest that wait, held: who asks elsewhere at the same time is given others."""
        found = await self._session.scalars(
            select(AgentRequestRow)
            .where(
                AgentRequestRow.organization_id == organization_id,
                AgentRequestRow.status == "waiting",
                AgentRequestRow.id.not_in(apart_from),
            )
            .order_by(AgentRequestRow.created_at, AgentRequestRow.id)
            .limit(count)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def organizations_waiting(self) -> set[int]:
        """Whose requests wait for an agent."""
        found = await self._session.scalars(
            select(AgentRequestRow.organization_id)
            .where(AgentRequestRow.status == "waiting")
            .distinct()
        )
        return set(found)

    async def finish(
        self, request_id: uuid.UUID, connection_id: uuid.UUID, values: dict[str, Any]
    ) -> bool:
        """Keep the answer of this agent; False if the request is no longer its own."""
        return await self._change(
            request_id, AgentRequestRow.connection_id == connection_id, ("sent",), values
        )

    async def end(
        self, request_id: uuid.UUID, values: dict[str, Any], statuses: Sequence[str]
    ) -> bool:
        """End an open request for whoever asked; False if it stands otherwise by now."""
        return await self._change(request_id, True, statuses, values)

    async def _change(
        self, request_id: uuid.UUID, whose: Any, statuses: Sequence[str], values: dict[str, Any]
    ) -> bool:
        changed = await self._session.scalar(
            update(AgentRequestRow)
            .where(AgentRequestRow.id == request_id, AgentRequestRow.status.in_(statuses), whose)
            .values(**values)
            .returning(AgentRequestRow.id)
            .execution_options(synchronize_session=False)
        )
        return changed is not None

    async def take_back(
        self, connections: Collection[uuid.UUID], error: dict[str, Any]
    ) -> Sequence[AgentRequestRow]:
        """Have the requests of vanished agents wait again; those offered too often end in `error`.

        Requests whose agent's row is gone are among them.
        """
        # Two may miss the same agent: who comes second waits here, not each for what the other has.
        await self._session.execute(
            select(AgentConnectionRow.id)
            .where(AgentConnectionRow.id.in_(connections))
            .order_by(AgentConnectionRow.id)
            .with_for_update()
        )
        found = await self._session.scalars(
            select(AgentRequestRow)
            .where(
                AgentRequestRow.status == "sent",
                AgentRequestRow.connection_id.in_(connections)
                | AgentRequestRow.connection_id.is_(None),
            )
            .order_by(AgentRequestRow.id)
            .with_for_update(skip_locked=True)
        )
        rows = found.all()
        for row in rows:
            given_up = row.offers >= MOST_OFFERS
            row.status = "failed" if given_up else "waiting"
            row.error = error if given_up else None
            row.connection_id = None
        await self._session.flush()
        return rows

    async def forget(self) -> None:
        """Remove the requests, with what was answered, that nobody will ask again."""
        await self._session.execute(
            delete(AgentRequestRow).where(AgentRequestRow.expires_at < func.clock_timestamp())
        )
