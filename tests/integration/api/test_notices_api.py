"""Notifications and the audit log over HTTP."""

from typing import Any

import httpx

from marketer_desktop.services.parts import Parts
from tests.factories.api_content import make_project
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of


async def tell(parts: Parts, someone: Teammate, *titles: str) -> list[int]:
    """Notifications of somebody, the oldest first."""
    async with parts.database.unit_of_work() as work:
        rows = [
            await work.notifications.add(
                someone.user_id, someone.organization_id, "workflow_complete", title, "It is ready."
            )
            for title in titles
        ]
        await work.commit()
    return [row.id for row in rows]


async def listed(client: httpx.AsyncClient, query: str = "") -> tuple[list[str], int, int]:
    data = (await client.get(f"/api/notifications?{query}")).json()["data"]
    titles = [each["title"] for each in data["notifications"]]
    return titles, data["unread"], data["pagination"]["total"]


async def test_notifications_are_ones_own(
    parts: Parts, organization: tuple[int, str], owner: Teammate, client: httpx.AsyncClient
) -> None:
    colleague = await add_teammate(parts, "colleague@example.com", organization, "admin")
    (theirs,) = await tell(parts, colleague, "Theirs")
    first, _ = await tell(parts, owner, "First", "Second")
    assert await listed(client) == (["Second", "First"], 2, 2)

    answer = await client.patch(f"/api/notifications/{first}", json={"is_read": True})
    assert (answer.status_code, answer.json()["data"]["is_read"]) == (200, True)
    assert await listed(client, "is_read=false") == (["Second"], 1, 1)
    assert await listed(client, "is_read=true") == (["First"], 1, 1)
    assert await listed(client, "page=2&per_page=1") == (["First"], 1, 2)
    await client.patch(f"/api/notifications/{first}", json={"is_read": False})
    assert await listed(client, "is_read=true") == ([], 2, 0)

    refused = await client.patch(f"/api/notifications/{theirs}", json={"is_read": True})
    assert refused.status_code == 404
    async with client_of(parts, colleague) as other:
        assert await listed(other) == (["Theirs"], 1, 1)


async def logged(client: httpx.AsyncClient, query: str = "") -> list[dict[str, Any]]:
    answer = await client.get(f"/api/audit-logs?{query}")
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data["pagination"]["total"] >= len(data["audit_logs"])
    return list(data["audit_logs"])


async def test_who_did_what_is_on_record(
    parts: Parts, organization: tuple[int, str], owner: Teammate, client: httpx.AsyncClient
) -> None:
    number = await make_project(client, "Spring")
    viewer = await add_teammate(parts, "viewer@example.com", organization, "viewer")
    async with client_of(parts, viewer) as theirs:
        await theirs.post("/api/projects", json={"name": "Mine"})
    rival = await add_teammate(parts, "rival@example.com", await add_organization(parts, "Rival"))
    async with client_of(parts, rival) as elsewhere:
        await make_project(elsewhere, "Elsewhere")

    refused, made = await logged(client)
    assert (made["action"], made["resource_type"], made["resource_id"]) == (
        "project.create",
        "project",
        number,
    )
    assert (made["user_email"], made["status"]) == (owner.email, "success")
    assert (refused["action"], refused["user_id"]) == ("access.refused", viewer.user_id)
    assert refused["details"]["permission"] == "project:create"
    assert await logged(client, "status=failure") == [refused]
    assert await logged(client, "action=project.create") == [made]
    assert await logged(client, f"user_id={viewer.user_id}") == [refused]
    assert await logged(client, f"resource_type=project&resource_id={number}") == [made]
    today = made["timestamp"][:10]
    assert await logged(client, f"from={today}") == [refused, made]
    assert await logged(client, "to=2020-01-01") == []
    assert await logged(client, "page=2&per_page=1") == [made]


async def test_the_record_is_for_those_who_answer_for_the_organization(
    parts: Parts, organization: tuple[int, str]
) -> None:
    for role, status in (("admin", 200), ("member", 403), ("viewer", 403)):
        someone = await add_teammate(parts, f"{role}@example.com", organization, role)
        async with client_of(parts, someone) as client:
            answer = await client.get("/api/audit-logs")
        assert answer.status_code == status, role
