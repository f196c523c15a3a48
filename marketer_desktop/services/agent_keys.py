"""Keys with which agents sign in: make one, list them, revoke one, recognise one."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, StrictBool, StringConstraints

from marketer_desktop.domain.brand_voice import NOT_BLANK
from marketer_desktop.services.access import INVALID, signing_secret
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound, Unauthorized
from marketer_desktop.storage.tables import AgentApiKeyRow
from marketer_desktop.system.agent_keys import is_key, key_hash, new_key, prefix_of

KeyName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=NOT_BLANK),
]


class AgentPermissions(BaseModel):
    """What an agent with the key may do: be asked as a model."""

    llm_processing: StrictBool = True


class AgentKeyEntry(BaseModel):
    """A key; of its text only the beginning is known."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str | None
    key_prefix: str
    permissions: AgentPermissions
    last_used_at: datetime | None
    expires_at: datetime | None
    created_at: datetime


class AgentKeyMade(AgentKeyEntry):
    """A new key with its text, which is told this once."""

    key: str


class AgentKeyPage(BaseModel):
    """The newest first."""

    agent_keys: list[AgentKeyEntry]
    pagination: Pagination


class AgentKey(BaseModel):
    """Whose agent it is, for the one who has just shown the key."""

    id: int
    organization_id: int
    name: str | None
    permissions: AgentPermissions
    expires_at: datetime | None


class ListAgentKeys(Paged, Call[AgentKeyPage]):
    """The keys of the organization that are not revoked."""


class CreateAgentKey(Call[AgentKeyMade]):
    """A name for people; without `expires_at` the key is good until it is revoked."""

    name: KeyName
    permissions: AgentPermissions = AgentPermissions()
    expires_at: AwareDatetime | None = None


class DeleteAgentKey(Call[AgentKeyEntry]):
    """Revoke a key."""

    key_id: int


async def list_agent_keys(call: ListAgentKeys, parts: Parts, emit: Emit) -> AgentKeyPage:
    """Read them, expired ones among them."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, found = await work.agent_keys.page(
            member.organization_id, call.offset, call.per_page
        )
        await work.commit()
    keys = [AgentKeyEntry.model_validate(row) for row in found]
    return AgentKeyPage(agent_keys=keys, pagination=call.pagination(total))


async def create_agent_key(call: CreateAgentKey, parts: Parts, emit: Emit) -> AgentKeyMade:
    """Raises `Conflict` for a key that would have expired already."""
    if call.expires_at is not None and call.expires_at <= datetime.now(UTC):
        raise Conflict("The key would have expired already. Choose a moment to come.")
    key = new_key()
    values = {
        "name": call.name,
        "key_prefix": prefix_of(key),
        "key_hash": key_hash(key, signing_secret(parts)),
        "permissions": call.permissions.model_dump(),
        "expires_at": call.expires_at,
    }
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.agent_keys.add(member.organization_id, values)
        await work.audit.record(
            member.user_id, member.organization_id, "agent_key.create", "agent_key", row.id
        )
        await work.commit()
    return AgentKeyMade(**AgentKeyEntry.model_validate(row).model_dump(), key=key)


async def delete_agent_key(call: DeleteAgentKey, parts: Parts, emit: Emit) -> AgentKeyEntry:
    """Agents that are connected with it are disconnected. Raises `NotFound`."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.agent_keys.revoke(member.organization_id, call.key_id)
        if row is None:
            raise NotFound("There is no such key.")
        await work.audit.record(
            member.user_id, member.organization_id, "agent_key.delete", "agent_key", row.id
        )
        await work.commit()
    return AgentKeyEntry.model_validate(row)


async def agent_key_of(parts: Parts, key: str) -> AgentKey:
    """Whose key this is. Raises `Unauthorized` for one that is wrong, expired or revoked."""
    prefix = prefix_of(key)
    if prefix is None or len(key) > 255:
        raise Unauthorized(INVALID)
    secret = signing_secret(parts)
    async with parts.database.unit_of_work() as work:
        for row in await work.agent_keys.usable(prefix):
            if is_key(key, row.key_hash, secret):
                await work.agent_keys.note_use(row.id)
                await work.commit()
                return _recognised(row)
    raise Unauthorized(INVALID)


def _recognised(row: AgentApiKeyRow) -> AgentKey:
    return AgentKey(
        id=row.id,
        organization_id=row.organization_id,
        name=row.name,
        permissions=AgentPermissions.model_validate(row.permissions),
        expires_at=row.expires_at,
    )
