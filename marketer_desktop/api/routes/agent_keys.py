"""Keys with which the agents of an organization sign in."""

from typing import Annotated

from fastapi import Query

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.agent_keys import (
    AgentKeyEntry,
    AgentKeyMade,
    AgentKeyPage,
    CreateAgentKey,
    DeleteAgentKey,
    ListAgentKeys,
)

router = EnvelopeRouter(prefix="/api/agent-keys", tags=["agents"])


@router.get("")
async def list_agent_keys(asked: Annotated[ListAgentKeys, Query()], who: AsMember) -> AgentKeyPage:
    """The keys that are not revoked."""
    return await who.call(asked)


@router.post("", status_code=201)
async def create_agent_key(asked: CreateAgentKey, who: AsMember) -> AgentKeyMade:
    """A new key; its text is told this once."""
    return await who.call(asked)


@router.delete("/{key_id}")
async def delete_agent_key(key_id: Id, who: AsMember) -> AgentKeyEntry:
    """Revoke a key; agents that are connected with it are disconnected."""
    return await who.call(DeleteAgentKey(key_id=key_id))
