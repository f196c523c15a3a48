"""What the specification says of columns and answers, and no other test looks at."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import OrganizationRow
from tests.factories.agent_hub import agent_hub
from tests.factories.api_content import add_text, make_campaign, make_project
from tests.factories.serving import Teammate
from tests.fakes.desktop_agent import desktop
from tests.patience import becomes_true


async def test_when_a_text_was_published(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient
) -> None:
    campaign = await make_campaign(client, await make_project(client, "Spring"))
    number = await add_text(parts, owner, campaign, status="approved")
    place = f"/api/activities/{number}"

    async def moved(status: str) -> Any:
        answer = await client.patch(place, json={"status": status})
        assert answer.status_code == 200, answer.text
        return (await client.get(place)).json()["data"]["published_at"]

    published = datetime.fromisoformat(await moved("published"))
    assert timedelta() <= datetime.now(UTC) - published < timedelta(minutes=5)
    assert await moved("approved") is None


async def test_whether_an_agent_of_the_organization_is_there(parts: Parts, owner: Teammate) -> None:
    async def status() -> tuple[str | None, datetime | None]:
        async with parts.database.unit_of_work() as work:
            asked = select(OrganizationRow).filter_by(id=owner.organization_id)
            row = (await work.session.scalars(asked)).one()
            return row.agent_status, row.agent_last_seen

    async def gone() -> bool:
        return (await status())[0] == "disconnected"

    async with agent_hub(parts) as hub:
        async with desktop(await hub.socket(owner)):
            await hub.has(1)
            word, seen = await status()
            assert word == "connected" and seen is not None
        await becomes_true(gone)


async def test_an_answer_says_when_it_was_given(client: httpx.AsyncClient) -> None:
    told = (await client.get("/api/me")).json()
    assert told.keys() == {"success", "data", "error", "metadata"}
    assert told["metadata"].keys() == {"timestamp", "request_id"}
    given = datetime.fromisoformat(told["metadata"]["timestamp"])
    assert timedelta() <= datetime.now(UTC) - given < timedelta(minutes=5)


async def test_links_lead_to_the_address_of_the_server(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.settings, "public_url", "https://marketer.example.com/")
    members = f"/api/organizations/{owner.organization_id}/members"
    made = await client.post(members, json={"email": "new@example.com"})
    assert made.json()["data"]["link"].startswith("https://marketer.example.com/invitations/")
