"""Agents that come just when the relay looks for those that are lost."""

from collections.abc import Collection
from uuid import UUID

import pytest

from marketer_desktop.services.agent_frames import Hello
from marketer_desktop.services.agent_hub import welcome
from marketer_desktop.services.agent_keys import CreateAgentKey, create_agent_key
from marketer_desktop.services.agent_link import AgentLink
from marketer_desktop.services.agent_relay import AgentRelay
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.agent_connections import AgentConnections
from tests.factories.serving import Teammate


async def test_who_comes_during_the_look_is_not_taken_for_lost(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting = parts.acting_as(owner.member)
    key = await create_agent_key(CreateAgentKey(name="Desktop"), acting, lambda event: None)

    async def send(frame: object) -> None:
        raise AssertionError(f"nobody was asked anything, but {frame}")

    hello = Hello(type="hello", models=["llama3.2"])
    link = AgentLink(owner.organization_id, key.id, None, hello, send, lambda code, reason: None)
    look = AgentConnections.lost

    async def lost(
        connections: AgentConnections, own: UUID, connected: Collection[UUID]
    ) -> list[UUID]:
        await welcome(parts, link)
        return await look(connections, own, connected)

    monkeypatch.setattr(AgentConnections, "lost", lost)
    await AgentRelay(parts)._take_back_lost()
    async with parts.database.unit_of_work() as work:
        assert await work.agent_connections.held([link.id]) == {link.id}
