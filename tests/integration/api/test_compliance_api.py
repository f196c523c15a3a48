"""Compliance mode and data residency: shown, changed, and enforced where models are used."""

from typing import Any

import pytest
from sqlalchemy import text

from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.services.keep_house import keep_house
from marketer_desktop.services.organization_models import open_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.run_activity import run_activity
from tests.factories.serving import Teammate, add_teammate, client_of
from tests.guards import Problems

BRIEF = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}
MISTRAL = ModelChoice("mistral", "mistral-small-latest")


async def change(parts: Parts, owner: Teammate, **values: Any) -> None:
    async with client_of(parts, owner) as client:
        path = f"/api/organizations/{owner.organization_id}"
        answer = await client.patch(path, json=values)
    assert answer.status_code == 200, answer.text


async def shown(parts: Parts, owner: Teammate) -> dict[str, Any]:
    async with client_of(parts, owner) as client:
        answer = await client.get(f"/api/organizations/{owner.organization_id}/compliance")
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def log_days(parts: Parts, owner: Teammate) -> set[int]:
    async with parts.database.unit_of_work() as work:
        found = await work.session.scalars(
            text("SELECT DISTINCT retention_days FROM audit_logs WHERE organization_id = :id"),
            {"id": owner.organization_id},
        )
    return set(found)


async def test_it_is_shown_and_changed_with_the_organization(parts: Parts, owner: Teammate) -> None:
    before = await shown(parts, owner)
    assert (before["compliance_mode"], before["data_residency"]) == ("standard", None)
    assert all(each["is_allowed"] for each in before["providers"])
    await change(parts, owner, data_residency="eu")
    in_europe = await shown(parts, owner)
    assert [each["provider"] for each in in_europe["providers"] if each["is_allowed"]] == [
        "mistral"
    ]
    await change(parts, owner, compliance_mode="gdpr")
    data = await shown(parts, owner)
    assert (data["compliance_mode"], data["data_residency"]) == ("gdpr", "eu")
    assert not any(each["is_allowed"] for each in data["providers"])
    assert all(each["reason"] for each in data["providers"])
    parts.settings.covered_providers = {"gdpr": ["openai", "mistral"], "hipaa": ["anthropic"]}
    covered = await shown(parts, owner)
    assert [each["provider"] for each in covered["providers"] if each["is_allowed"]] == ["mistral"]
    await change(parts, owner, compliance_mode="standard", data_residency="any")
    assert await shown(parts, owner) == before


async def test_a_forbidden_cloud_is_refused_wherever_it_could_be_used(
    parts: Parts, owner: Teammate
) -> None:
    await change(parts, owner, compliance_mode="hipaa")
    keys = f"/api/organizations/{owner.organization_id}/provider-keys/mistral"
    async with client_of(parts, owner) as client:
        run = await client.post("/api/workflows/execute", json=BRIEF | {"model": str(MISTRAL)})
        key = await client.put(keys, json={"key": "sk-0123456789"})
        listed = (await client.get("/api/activities")).json()["data"]["pagination"]["total"]
        used = (await client.get(f"/api/organizations/{owner.organization_id}")).json()["data"]
    assert (run.status_code, key.status_code) == (409, 409)
    assert "HIPAA" in run.json()["error"]["message"]
    assert (listed, used["usage"]["requests_today"]) == (0, 0)
    with pytest.raises(Conflict, match="HIPAA"):
        await open_model(parts, owner.organization_id, MISTRAL)
    parts.settings.covered_providers = {"hipaa": ["mistral"]}
    async with client_of(parts, owner) as client:
        assert (await client.put(keys, json={"key": "sk-0123456789"})).status_code == 200
    await open_model(parts, owner.organization_id, ModelChoice("starter", "a"))


async def test_a_run_that_was_queued_before_the_rules_does_not_reach_the_cloud(
    parts: Parts, owner: Teammate, log_problems: Problems
) -> None:
    await parts.queue.pause()
    async with client_of(parts, owner) as client:
        run = await client.post("/api/workflows/execute", json=BRIEF | {"model": str(MISTRAL)})
        assert run.status_code == 202, run.text
        number = run.json()["data"]["activity_id"]
    await change(parts, owner, compliance_mode="gdpr")
    await run_activity(parts, number)
    async with client_of(parts, owner) as client:
        data = (await client.get(f"/api/activities/{number}")).json()["data"]
    assert data["status"] == "failed"
    assert parts.models.model.calls == 0  # type: ignore[attr-defined]
    (problem,) = log_problems.records
    assert "GDPR" in str(problem.exc_info and problem.exc_info[1])
    log_problems.records.clear()


async def test_the_audit_log_is_kept_as_long_as_the_rules_say(
    parts: Parts, owner: Teammate
) -> None:
    await change(parts, owner, name="Before")
    assert await log_days(parts, owner) == {2555}
    await change(parts, owner, compliance_mode="gdpr")
    await change(parts, owner, name="After")
    assert await log_days(parts, owner) == {1095}
    await change(parts, owner, compliance_mode="hipaa")
    assert await log_days(parts, owner) == {2555}


async def test_entries_go_when_their_time_is_over_and_no_sooner(
    parts: Parts, owner: Teammate
) -> None:
    async with parts.database.unit_of_work() as work:
        await work.session.execute(
            text(
                "INSERT INTO audit_logs (action, status, retention_days, timestamp) "
                "SELECT days || '/' || age, 'success', days, "
                "  CURRENT_TIMESTAMP - make_interval(days => age) "
                "FROM (VALUES (1095), (2555)) AS kept (days), "
                "  (VALUES (0), (1094), (1096), (2554), (2556)) AS old (age)"
            )
        )
        await work.session.execute(
            text(
                "INSERT INTO idempotency_keys (scope, key, request_hash, created_at) VALUES "
                "('stripe', 'old', '', CURRENT_TIMESTAMP - interval '31 days'), "
                "('stripe', 'new', '', CURRENT_TIMESTAMP - interval '29 days'), "
                "('other', 'old', '', CURRENT_TIMESTAMP - interval '31 days')"
            )
        )
        await work.commit()
    assert await keep_house(parts) == 4
    async with parts.database.unit_of_work() as work:
        left = await work.session.scalars(
            text("SELECT action FROM audit_logs WHERE action LIKE '%/%' ORDER BY id")
        )
        keys = await work.session.scalars(text("SELECT scope || key FROM idempotency_keys"))
    assert set(left) == {"1095/0", "1095/1094", "2555/0", "2555/1094", "2555/1096", "2555/2554"}
    assert set(keys) == {"stripenew", "otherold"}


async def test_who_may_see_and_change_it(parts: Parts, organization: tuple[int, str]) -> None:
    path = f"/api/organizations/{organization[0]}"
    for role, changes in (("admin", 200), ("member", 403), ("viewer", 403)):
        teammate = await add_teammate(parts, f"{role}@example.com", organization, role)
        async with client_of(parts, teammate) as client:
            assert (await client.get(f"{path}/compliance")).status_code == 200, role
            asked = {"compliance_mode": "soc2"}
            assert (await client.patch(path, json=asked)).status_code == changes, role
