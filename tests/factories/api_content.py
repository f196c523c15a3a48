"""Projects, campaigns and texts of teammates, for tests of the API."""

from typing import Any

import httpx

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import Member
from tests.factories.contents import make_content
from tests.factories.projects import add_activity
from tests.factories.serving import Teammate


async def make_project(client: httpx.AsyncClient, name: str, **fields: Any) -> int:
    """A project of whoever the client is signed in as."""
    answer = await client.post("/api/projects", json={"name": name, **fields})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["data"]["id"])


async def make_campaign(client: httpx.AsyncClient, project_id: int, name: str = "Launch") -> int:
    """A campaign in a project."""
    asked = {"project_id": project_id, "name": name}
    answer = await client.post("/api/campaigns", json=asked)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["data"]["id"])


async def add_text(
    parts: Parts,
    writer: Teammate,
    campaign_id: int,
    topic: str = "Coffee for the office",
    **columns: Any,
) -> int:
    """A finished article of the writer, about coffee, with these columns."""
    acting = parts.acting_as(Member(writer.user_id, writer.organization_id))
    text = {"status": "completed", "content": make_content(title=topic)}
    return await add_activity(acting, campaign_id, topic, **text | columns)
