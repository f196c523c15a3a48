"""Keys of clouds that organizations give: sealed, bound to them, used, and never shown."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from marketer_desktop.llm.choice import CLOUD, ModelChoice
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.services.organization_models import open_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from tests.factories.engines import ScriptedModels
from tests.factories.runs import never
from tests.factories.serving import (
    Teammate,
    add_organization,
    add_teammate,
    client_of,
)

KEY = "sk-live-0123456789abcdef"
GPT = ModelChoice("openai", "gpt-6-luna")
MISTRAL = ModelChoice("mistral", "mistral-small-latest")


async def stored(parts: Parts, organization_id: int) -> dict[str, Any]:
    async with parts.database.unit_of_work() as work:
        row = await work.organizations.get(organization_id)
    assert row is not None
    return {each: getattr(row, f"{each}_api_key") for each in CLOUD}


async def opening(
    parts: Parts, organization_id: int, monkeypatch: pytest.MonkeyPatch, choice: ModelChoice = GPT
) -> list[str]:
    """The keys that a model of a cloud is opened with."""
    used: list[str] = []

    async def open_cloud(choice: ModelChoice, key: str) -> OpenModel:
        used.append(key)
        scripted = parts.models
        assert isinstance(scripted, ScriptedModels)
        return OpenModel(scripted.model, choice, 2048, 5, never, scripted.close)

    monkeypatch.setattr(parts.models, "open_cloud", open_cloud)
    await open_model(parts, organization_id, choice)
    return used


async def test_a_key_is_kept_sealed_used_and_never_shown(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/organizations/{owner.organization_id}/provider-keys"
    async with client_of(parts, owner) as client:
        put = await client.put(f"{path}/openai", json={"key": f"  {KEY} "})
        listed = await client.get(path)
        logs = await client.get("/api/audit-logs")
    assert put.json()["data"] == {"provider": "openai", "title": "OpenAI", "is_set": True}
    assert [
        (each["provider"], each["is_set"]) for each in listed.json()["data"]["provider_keys"]
    ] == [
        ("openai", True),
        ("anthropic", False),
        ("mistral", False),
    ]
    assert logs.json()["data"]["audit_logs"][0]["action"] == "provider_key.set"
    kept = await stored(parts, owner.organization_id)
    shown = put.text + listed.text + logs.text + json.dumps(kept)
    assert KEY not in shown and KEY[-6:] not in shown
    assert await opening(parts, owner.organization_id, monkeypatch) == [KEY]
    async with client_of(parts, owner) as client:
        gone = await client.delete(f"{path}/openai")
    assert gone.json()["data"]["is_set"] is False
    assert await stored(parts, owner.organization_id) == dict.fromkeys(kept)
    assert await opening(parts, owner.organization_id, monkeypatch) == []  # the installation's


async def test_a_sealed_key_is_good_for_its_organization_and_cloud_only(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _ = await add_organization(parts, "Somebody Else")
    async with client_of(parts, owner) as client:
        path = f"/api/organizations/{owner.organization_id}/provider-keys/openai"
        assert (await client.put(path, json={"key": KEY})).status_code == 200
    kept = (await stored(parts, owner.organization_id))["openai"]
    async with parts.database.unit_of_work() as work:
        await work.organizations.change(other, {"openai_api_key": kept})
        await work.organizations.change(owner.organization_id, {"mistral_api_key": kept})
        await work.commit()
    for organization_id, choice in ((other, GPT), (owner.organization_id, MISTRAL)):
        with pytest.raises(Conflict, match="Give the key again"):
            await opening(parts, organization_id, monkeypatch, choice)
    assert await opening(parts, owner.organization_id, monkeypatch) == [KEY]


async def test_the_secret_of_all_processes_is_a_setting(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts.settings.provider_keys_secret = "one"
    path = f"/api/organizations/{owner.organization_id}/provider-keys/openai"
    async with client_of(parts, owner) as client:
        await client.put(path, json={"key": KEY})
    assert await opening(parts, owner.organization_id, monkeypatch) == [KEY]
    parts.settings.provider_keys_secret = "two"
    with pytest.raises(Conflict, match="another secret"):
        await opening(parts, owner.organization_id, monkeypatch)


async def test_what_cannot_be_a_key_is_refused_without_being_repeated(
    parts: Parts, owner: Teammate
) -> None:
    path = f"/api/organizations/{owner.organization_id}/provider-keys/openai"
    keys: list[Any] = ["", " ", "two words", "schlüssel", "k" * 301, "a\nb", None, 7]
    async with client_of(parts, owner) as client:
        for key in keys:
            answer = await client.put(path, json={"key": key})
            assert answer.status_code == 400, key
            assert not (isinstance(key, str) and key.strip()) or key not in answer.text
    assert await stored(parts, owner.organization_id) == dict.fromkeys(CLOUD)


async def test_only_who_runs_the_organization_and_only_its_own(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    member = await add_teammate(parts, "member@example.com", organization, "member")
    other, _ = await add_organization(parts, "Somebody Else")
    path = "/api/organizations/{}/provider-keys"
    async with client_of(parts, member) as client:
        assert (await client.get(path.format(organization[0]))).status_code == 403
        put = await client.put(path.format(organization[0]) + "/openai", json={"key": KEY})
        assert put.status_code == 403
    async with client_of(parts, owner) as client:
        assert (await client.get(path.format(other))).status_code == 404
        put = await client.put(path.format(other) + "/openai", json={"key": KEY})
        assert put.status_code == 404
        unknown = await client.put(path.format(organization[0]) + "/acme", json={"key": KEY})
        assert unknown.status_code == 400


async def test_on_ones_own_computer_keys_are_in_the_keyring(parts: Parts, owner: Teammate) -> None:
    async with parts.database.unit_of_work() as work:
        await work.session.execute(text("UPDATE organizations SET plan = 'local'"))
        await work.commit()
    path = f"/api/organizations/{owner.organization_id}/provider-keys/openai"
    async with client_of(parts, owner) as client:
        answer = await client.put(path, json={"key": KEY})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "CONFLICT")
    assert "keyring" in answer.json()["error"]["message"]
