"""Campaigns over HTTP: made, listed, changed field by field, archived."""

from typing import Any

import httpx

from marketer_desktop.services.parts import Parts
from tests.factories.api_content import make_project
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of

LAUNCH = {
    "name": "Launch",
    "goal": "Awareness",
    "target_audience": "Roasters",
    "start_date": "2026-11-01",
    "end_date": "2026-12-31",
    "budget_amount": "1500.50",
    "budget_currency": "EUR",
    "status": "planning",
}


async def made(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    project_id = await make_project(client, "Spring")
    answer = await client.post(
        "/api/campaigns", json={"project_id": project_id, **LAUNCH, **fields}
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["data"])


async def test_a_campaign_is_shown_as_it_was_made(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        data = await made(client)
        shown = (await client.get(f"/api/campaigns/{data['id']}")).json()["data"]
        page = (await client.get(f"/api/campaigns?project_id={data['project_id']}")).json()["data"]
    assert data == shown
    assert {name: data[name] for name in LAUNCH} == LAUNCH
    assert (data["project"], data["activities_count"], data["is_archived"]) == ("Spring", 0, False)
    # A new project comes with a campaign.
    assert [each["name"] for each in page["campaigns"]] == ["Launch", "General"]
    assert page["pagination"] == {"total": 2, "page": 1, "per_page": 20, "pages": 1}


async def test_what_is_not_named_stays_and_null_clears(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        data = await made(client)
        changes = {"status": "active", "end_date": None, "goal": None}
        answer = await client.patch(f"/api/campaigns/{data['id']}", json=changes)
    changed = answer.json()["data"]
    assert changed.pop("updated_at") > data.pop("updated_at")
    assert changed == {**data, **changes}


UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"name": None}, "name"),
    ({"end_date": "2026-10-31"}, "request"),
    ({"budget_amount": "-1"}, "budget_amount"),
    ({"status": None}, "status"),
    ({"start_date": 0}, "start_date"),
    ({"end_date": "0"}, "end_date"),
    ({"budget_currency": "euro"}, "budget_currency"),
]


async def test_a_change_must_fit_the_rest(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        data = await made(client)
        for changes, field in UNFIT:
            answer = await client.patch(f"/api/campaigns/{data['id']}", json=changes)
            assert answer.status_code == 400, changes
            assert set(answer.json()["error"]["details"]) == {field}
        assert (await client.get(f"/api/campaigns/{data['id']}")).json()["data"] == data


async def test_an_archived_campaign_is_listed_apart_and_comes_back(
    parts: Parts, owner: Teammate
) -> None:
    async def listed(archived: str) -> list[str]:
        answer = await client.get(f"/api/campaigns?is_archived={archived}")
        return [each["name"] for each in answer.json()["data"]["campaigns"]]

    async with client_of(parts, owner) as client:
        number = (await made(client))["id"]
        assert (await client.delete(f"/api/campaigns/{number}")).json()["data"]["is_archived"]
        assert (await listed("false"), await listed("true")) == (["General"], ["Launch"])
        await client.patch(f"/api/campaigns/{number}", json={"is_archived": False})
        assert (await listed("false"), await listed("true")) == (["Launch", "General"], [])


async def test_campaigns_of_others_are_not_there(
    parts: Parts, organization: tuple[int, str], owner: Teammate
) -> None:
    colleague = await add_teammate(parts, "colleague@example.com", organization, "admin")
    rival = await add_teammate(parts, "rival@example.com", await add_organization(parts, "Rival"))
    async with client_of(parts, owner) as client:
        data = await made(client)
        await client.patch(f"/api/projects/{data['project_id']}", json={"visibility": "private"})
        before = (await client.get(f"/api/campaigns/{data['id']}")).json()["data"]
    for other in (colleague, rival):
        async with client_of(parts, other) as client:
            for method in ("GET", "PATCH", "DELETE"):
                body = {"name": "Mine"} if method == "PATCH" else None
                answer = await client.request(method, f"/api/campaigns/{data['id']}", json=body)
                assert answer.status_code == 404, method
            listed = (await client.get("/api/campaigns")).json()["data"]
            added = await client.post(
                "/api/campaigns", json={**LAUNCH, "project_id": data["project_id"]}
            )
        assert added.status_code == 404
        assert listed["campaigns"] == []
        assert listed["pagination"]["total"] == 0
    async with client_of(parts, owner) as client:
        assert (await client.get(f"/api/campaigns/{data['id']}")).json()["data"] == before
