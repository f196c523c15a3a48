"""What plans have room for: refused beyond, told once a day, and kept when many ask at once."""

import asyncio
from typing import Any

from sqlalchemy import select, text

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import NotificationRow
from tests.factories.serving import Teammate, add_teammate, client_of

MORE = "Archive one, or upgrade the plan."


async def change(parts: Parts, organization_id: int, **values: Any) -> None:
    async with parts.database.unit_of_work() as work:
        await work.organizations.change(organization_id, values)
        await work.commit()


async def told(parts: Parts) -> list[tuple[int, str]]:
    """Who was told of which quota."""
    async with parts.database.unit_of_work() as work:
        rows = await work.session.scalars(
            select(NotificationRow)
            .where(NotificationRow.type == "quota_exceeded")
            .order_by(NotificationRow.id)
        )
    return [(row.user_id, (row.details or {})["quota"]) for row in rows]


async def test_the_project_beyond_the_plan_is_refused_and_told_once_a_day(
    parts: Parts, owner: Teammate
) -> None:
    await change(parts, owner.organization_id, plan="free", max_projects=2)
    async with client_of(parts, owner) as client:
        for name in ("One", "Two"):
            assert (await client.post("/api/projects", json={"name": name})).status_code == 201
        for _ in range(2):
            refused = await client.post("/api/projects", json={"name": "Three"})
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (429, "RATE_LIMIT_EXCEEDED")
    assert error["message"] == f"The plan has room for 2 projects. {MORE}"
    assert refused.headers["Retry-After"] == str(error["retry_after"])
    assert await told(parts) == [(owner.user_id, "projects")]
    async with parts.database.unit_of_work() as work:
        await work.session.execute(
            text("UPDATE notifications SET created_at = created_at - interval '1 day'")
        )
        await work.commit()
    async with client_of(parts, owner) as client:
        await client.post("/api/projects", json={"name": "Three"})
    assert await told(parts) == [(owner.user_id, "projects")] * 2


async def test_what_lies_in_the_archive_does_not_count_until_it_comes_back(
    parts: Parts, owner: Teammate
) -> None:
    await change(parts, owner.organization_id, plan="free", max_projects=2)
    async with client_of(parts, owner) as client:
        one = (await client.post("/api/projects", json={"name": "One"})).json()["data"]["id"]
        await client.post("/api/projects", json={"name": "Two"})
        assert (await client.delete(f"/api/projects/{one}")).status_code == 200
        assert (await client.post("/api/projects", json={"name": "Three"})).status_code == 201
        back = await client.patch(f"/api/projects/{one}", json={"is_archived": False})
        assert back.status_code == 429
        renamed = await client.patch(f"/api/projects/{one}", json={"name": "Uno"})
        assert renamed.status_code == 200


async def test_many_at_once_get_what_there_is(parts: Parts, owner: Teammate) -> None:
    await change(parts, owner.organization_id, max_projects=3)
    async with client_of(parts, owner) as client:
        answers = await asyncio.gather(
            *(client.post("/api/projects", json={"name": f"Nr {n}"}) for n in range(8))
        )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] * 3 + [429] * 5


async def test_each_quota_is_told_by_itself_and_to_who_runs_the_organization(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    member = await add_teammate(parts, "member@example.com", organization, "member")
    admin = await add_teammate(parts, "admin@example.com", organization, "admin")
    limits = {"max_projects": 0, "max_storage_gb": 0, "requests_per_day": 0, "max_users": 3}
    await change(parts, organization[0], plan="free", **limits)
    brief = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}
    members = f"/api/organizations/{organization[0]}/members"
    async with client_of(parts, member) as client, client_of(parts, admin) as inviting:
        project = await client.post("/api/projects", json={"name": "One"})
        upload = await client.post(
            "/api/documents", files={"file": ("a.txt", b"Coffee grows on trees.", "text/plain")}
        )
        run = await client.post("/api/workflows/execute", json=brief)
        invitation = await inviting.post(members, json={"email": "fourth@example.com"})
    assert [each.status_code for each in (project, upload, run, invitation)] == [429] * 4
    expected = [
        (user, quota)
        for quota in ("projects", "storage", "requests", "users")
        for user in (owner.user_id, admin.user_id)
    ]
    assert sorted(await told(parts)) == sorted(expected)


async def test_a_smaller_plan_leaves_what_is_there(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        for name in ("One", "Two"):
            await client.post("/api/projects", json={"name": name})
        await change(parts, owner.organization_id, plan="free", max_projects=1)
        listed = (await client.get("/api/projects")).json()["data"]["projects"]
        kept = await client.patch(f"/api/projects/{listed[0]['id']}", json={"name": "Uno"})
    assert (len(listed), kept.status_code) == (2, 200)
