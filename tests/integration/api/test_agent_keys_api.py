"""Keys of agents: told once, kept as a hash, worthless when revoked."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import update

from marketer_desktop.services.agent_keys import agent_key_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized
from marketer_desktop.storage.tables import AgentApiKeyRow, OrganizationRow
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of

KEYS = "/api/agent-keys"


async def refused(parts: Parts, key: str) -> bool:
    try:
        await agent_key_of(parts, key)
    except Unauthorized:
        return True
    return False


async def test_the_secret_is_told_once_and_not_kept(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        answer = await client.post(KEYS, json={"name": "My desktop"})
        assert answer.status_code == 201
        made = answer.json()["data"]
        listed = (await client.get(KEYS)).json()["data"]["agent_keys"]
    key = made.pop("key")
    assert listed == [made]
    assert key.startswith(made["key_prefix"] + "_")
    assert made["permissions"] == {"llm_processing": True}
    async with parts.database.unit_of_work() as work:
        row = await work.session.get_one(AgentApiKeyRow, made["id"])
    secret = key.removeprefix(made["key_prefix"] + "_")  # it may have such lines itself
    assert secret not in f"{row.key_hash} {row.key_prefix} {row.permissions}"
    known = await agent_key_of(parts, key)
    assert (known.id, known.organization_id) == (made["id"], owner.organization_id)
    async with parts.database.unit_of_work() as work:
        assert (await work.session.get_one(AgentApiKeyRow, made["id"])).last_used_at is not None


async def test_wrong_keys_are_no_keys(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        key = (await client.post(KEYS, json={"name": "One"})).json()["data"]["key"]
        assert (await client.get("/api/me", headers=_bearer(key))).status_code == 401
    for wrong in (key[:-1], key + "x", key.upper(), "", "agnt_", "agnt_a_b", "agnt_ü_x", key * 9):
        assert await refused(parts, wrong), wrong


async def test_a_key_is_revoked_and_every_process_is_told(parts: Parts, owner: Teammate) -> None:
    other = await add_teammate(parts, "x@example.com", await add_organization(parts, "Other"))
    with psycopg.connect(parts.database_url, autocommit=True) as listener:
        listener.execute("LISTEN agent_key_revoked")
        async with client_of(parts, owner) as client, client_of(parts, other) as theirs:
            made = (await client.post(KEYS, json={"name": "One"})).json()["data"]
            assert (await theirs.delete(f"{KEYS}/{made['id']}")).status_code == 404
            assert not await refused(parts, made["key"])
            assert (await client.delete(f"{KEYS}/{made['id']}")).status_code == 200
            assert (await client.delete(f"{KEYS}/{made['id']}")).status_code == 404
            assert (await client.get(KEYS)).json()["data"]["agent_keys"] == []
        assert await refused(parts, made["key"])
        told = [notice.payload for notice in listener.notifies(timeout=10, stop_after=1)]
    assert told == [str(made["id"])]


async def test_a_key_expires_and_ends_with_its_organization(parts: Parts, owner: Teammate) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    async with client_of(parts, owner) as client:
        late = await client.post(KEYS, json={"name": "Late", "expires_at": past})
        assert late.status_code == 409
        key = (await client.post(KEYS, json={"name": "A", "expires_at": soon})).json()["data"]
        lasting = (await client.post(KEYS, json={"name": "B"})).json()["data"]
    assert not await refused(parts, key["key"])
    async with parts.database.unit_of_work() as work:
        await work.session.execute(
            update(AgentApiKeyRow)
            .where(AgentApiKeyRow.id == key["id"])
            .values(expires_at=datetime.now(UTC) - timedelta(seconds=1))
        )
        await work.commit()
    assert await refused(parts, key["key"])
    assert not await refused(parts, lasting["key"])
    async with parts.database.unit_of_work() as work:
        await work.session.execute(update(OrganizationRow).values(deleted_at=datetime.now(UTC)))
        await work.commit()
    assert await refused(parts, lasting["key"])


@pytest.mark.parametrize("role", ["member", "viewer"])
async def test_members_do_not_make_keys(
    parts: Parts, organization: tuple[int, str], role: str
) -> None:
    person = await add_teammate(parts, "p@example.com", organization, role)
    async with client_of(parts, person) as client:
        assert (await client.get(KEYS)).status_code == 403
        assert (await client.post(KEYS, json={"name": "Mine"})).status_code == 403
        assert (await client.delete(f"{KEYS}/1")).status_code == 403


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
