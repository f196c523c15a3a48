"""What an organization has used, over HTTP."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from marketer_desktop.llm.answering import Answer
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.services.model_answers import count_answer
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import UsageEventRow
from tests.factories.api_content import add_text, make_campaign, make_project
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of

MAY = "/api/usage?from=2026-05-01&to=2026-05-31"


async def add_use(
    parts: Parts, organization_id: int, day: int, hour: int, user_id: int | None, **details: Any
) -> None:
    """A call of a model in May, in UTC."""
    async with parts.database.unit_of_work() as work:
        work.session.add(
            UsageEventRow(
                organization_id=organization_id,
                user_id=user_id,
                event_type="llm_request",
                timestamp=datetime(2026, 5, day, hour, tzinfo=UTC),
                details=details,
                cost_usd=Decimal("0.25"),
            )
        )
        await work.commit()


@pytest.fixture
async def used(parts: Parts, owner: Teammate, client: httpx.AsyncClient) -> int:
    """Uses of May, by a run in a private project and by a person; returns the project."""
    project = await make_project(client, "Secret", visibility="private")
    activity = await add_text(parts, owner, await make_campaign(client, project))
    ours = owner.organization_id
    await add_use(parts, ours, 1, 0, None, model="prose", tokens=1500, activity_id=activity)
    await add_use(parts, ours, 31, 23, owner.user_id, model="verse", tokens=500)
    await add_use(parts, ours, 31, 23, owner.user_id, model="prose", tokens=1000)
    elsewhere, _ = await add_organization(parts, "Elsewhere")
    await add_use(parts, elsewhere, 2, 0, None, model="prose", tokens=9000)
    return project


async def keys(client: httpx.AsyncClient, by: str) -> list[tuple[str | None, int]]:
    groups = (await client.get(f"{MAY}&group_by={by}")).json()["data"]["groups"]
    return [(each["key"], each["tokens"]) for each in groups]


async def test_uses_are_summed_by_day(client: httpx.AsyncClient, used: int) -> None:
    answer = await client.get(MAY)
    assert answer.json()["data"] == {
        "from": "2026-05-01",
        "to": "2026-05-31",
        "group_by": "day",
        "total": {"events": 3, "tokens": 3000, "credits": 3.0, "cost_usd": 0.75},
        "groups": [
            {
                "key": "2026-05-01",
                "label": None,
                "events": 1,
                "tokens": 1500,
                "credits": 1.5,
                "cost_usd": 0.25,
            },
            {
                "key": "2026-05-31",
                "label": None,
                "events": 2,
                "tokens": 1500,
                "credits": 1.5,
                "cost_usd": 0.5,
            },
        ],
        "storage_bytes": 0,
    }


async def test_uses_are_summed_by_whatever_is_asked(
    client: httpx.AsyncClient, owner: Teammate, used: int
) -> None:
    assert await keys(client, "month") == [("2026-05", 3000)]
    assert await keys(client, "type") == [("llm_request", 3000)]
    assert await keys(client, "model") == [("prose", 2500), ("verse", 500)]
    # The run is counted for the one whose text it writes.
    assert await keys(client, "user") == [(str(owner.user_id), 3000)]
    assert await keys(client, "project") == [(str(used), 1500), (None, 1500)]


async def test_a_private_projects_name_is_not_told_with_its_uses(
    parts: Parts, organization: tuple[int, str], client: httpx.AsyncClient, used: int
) -> None:
    member = await add_teammate(parts, "member@example.com", organization, "member")
    async with client_of(parts, member) as theirs:
        assert await keys(theirs, "project") == [(None, 3000)]
        answer = await theirs.get(f"{MAY}&group_by=project")
    assert "Secret" not in answer.text


NO_PERIODS = {
    "from=2026-05-02&to=2026-05-01": {"request"},
    "from=2020-01-01&to=2026-01-01": {"request"},
    "to=9999-12-31": {"to"},
    "from=yesterday": {"from"},
    "group_by=mood": {"group_by"},
}


async def test_a_period_that_is_none_is_malformed(client: httpx.AsyncClient) -> None:
    for query, fields in NO_PERIODS.items():
        answer = await client.get(f"/api/usage?{query}")
        assert answer.status_code == 400, query
        assert set(answer.json()["error"]["details"]) == fields


async def test_what_an_answer_of_a_priced_model_costs_is_in_the_sum(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient
) -> None:
    acting = parts.acting_as(Member(owner.user_id, owner.organization_id))
    said = Answer("Fine.", tokens_input=500_000, tokens_output=100_000)
    await count_answer(acting, ModelChoice("openai", "gpt-6.1-sol"), said)
    data = (await client.get("/api/usage?group_by=user")).json()["data"]
    assert (data["total"]["tokens"], data["total"]["cost_usd"]) == (600_000, 2.0)
    assert [each["label"] for each in data["groups"]] == [owner.email]


async def test_viewers_see_no_usage(parts: Parts, organization: tuple[int, str]) -> None:
    viewer = await add_teammate(parts, "viewer@example.com", organization, "viewer")
    async with client_of(parts, viewer) as theirs:
        answer = await theirs.get("/api/usage")
    assert answer.json()["error"]["required_permission"] == "usage:read"
