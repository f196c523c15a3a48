"""Two processes, or two tasks of one, miss the same agent at the same time."""

import asyncio
from uuid import uuid4

from sqlalchemy import text, update

from marketer_desktop.services.agent_keys import CreateAgentKey, create_agent_key
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import AgentConnectionRow, AgentRequestRow
from tests.factories.serving import Teammate
from tests.patience import becomes_true

GONE = {"code": "agent_vanished", "message": ""}
BLOCKED = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def test_who_comes_second_waits_for_the_first(parts: Parts, owner: Teammate) -> None:
    acting = parts.acting_as(owner.member)
    key = await create_agent_key(CreateAgentKey(name="Desktop"), acting, lambda event: None)
    connection, request = uuid4(), uuid4()
    async with parts.database.unit_of_work() as work:
        row = AgentConnectionRow(
            id=connection,
            organization_id=owner.organization_id,
            agent_key_id=key.id,
            hub=uuid4(),
            models=["starter"],
            capacity=1,
        )
        await work.agent_connections.add([row])
        await work.agent_requests.ask(request, owner.organization_id, {"model": "starter"}, 60)
        await work.session.execute(
            update(AgentRequestRow).values(status="sent", connection_id=connection)
        )
        await work.commit()

    async def second() -> int:
        async with parts.database.unit_of_work() as work:
            taken = await work.agent_requests.take_back([connection], GONE)
            await work.agent_connections.remove([connection])
            await work.commit()
        return len(taken)

    async def waits() -> bool:
        async with parts.database.unit_of_work() as other:
            return bool(await other.session.scalar(text(BLOCKED)))

    async with parts.database.unit_of_work() as work:
        taken = await work.agent_requests.take_back([connection], GONE)
        task = asyncio.create_task(second())
        await becomes_true(waits)
        await work.agent_connections.remove([connection])
        await work.commit()
    assert [each.id for each in taken] == [request] and await task == 0
    async with parts.database.unit_of_work() as work:
        found = await work.agent_requests.get(request)
    assert found is not None and (found.status, found.connection_id) == ("waiting", None)
