"""Organizations: made, changed, deleted and brought back; what an administrator sees of them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select, update

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.remove_deleted import remove_deleted
from marketer_desktop.storage.tables import (
    AuditLogRow,
    DocumentRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
)
from tests.factories.serving import (
    Teammate,
    add_organization,
    add_person,
    add_teammate,
    client_of,
)


def place(who: Teammate) -> str:
    return f"/api/organizations/{who.organization_id}"


async def names(client: httpx.AsyncClient, query: str = "") -> list[Any]:
    data = (await client.get(f"/api/organizations{query}")).json()["data"]
    return [(each["name"], each["role"]) for each in data["organizations"]]


async def refusals(parts: Parts) -> list[tuple[str, int | None]]:
    async with parts.database.unit_of_work() as work:
        rows = await work.session.scalars(
            select(AuditLogRow).where(AuditLogRow.action == "access.refused")
        )
        return [((row.details or {})["call"], row.organization_id) for row in rows]


REFUSED: tuple[tuple[dict[str, str], int], ...] = (
    ({"name": "Mine", "slug": "my-company"}, 409),
    ({"name": "Mine", "slug": "local"}, 409),
    ({"name": "Mine", "slug": "My Company"}, 400),
    ({"name": " ", "slug": "mine"}, 400),
    ({"name": "Mine", "slug": "mine", "plan": "local"}, 400),
    ({"name": "Mine", "slug": "mine", "plan": "pro"}, 403),
)


async def test_what_cannot_be_registered(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client:
        for asked, status in REFUSED:
            answer = await client.post("/api/organizations", json=asked)
            assert answer.status_code == status, asked
        assert len(await names(client)) == 1
    assert await refusals(parts) == [("RegisterOrganization", None)]


async def test_an_administrator_sees_all_organizations_and_no_content(
    parts: Parts, owner: Teammate
) -> None:
    root = await add_person(parts, "root@example.com", "admin")
    async with client_of(parts, root) as client:
        asked = {"name": "Big", "slug": "big", "plan": "enterprise"}
        assert (await client.post("/api/organizations", json=asked)).status_code == 201
        assert await names(client) == [("Big", "owner")]
        assert await names(client, "?all=true") == [("My Company", None), ("Big", None)]
        assert (await client.get(place(owner))).json()["data"]["plan"] == "pro"
        assert (await client.get("/api/organizations/999")).status_code == 404
        assert (await client.get("/api/organizations/9999999999")).status_code == 400
        assert (await client.get(f"{place(owner)}/members")).status_code == 404
        assert (await client.patch(place(owner), json={"name": "X"})).status_code == 404
        content = await client.get("/api/projects", headers={"X-Organization": owner.slug})
        assert content.status_code == 404
    async with client_of(parts, owner) as client:
        assert (await client.get("/api/organizations?all=true")).status_code == 403
    assert await refusals(parts) == [("ShowInstallationPage", None)]


async def test_on_ones_own_computer_nothing_is_limited(parts: Parts) -> None:
    async with parts.database.unit_of_work() as work:
        me = await work.workspaces.member()
        user = await work.people.get(me.user_id)
        await work.commit()
    local = Teammate(me.user_id, user.email, me.organization_id, "local")
    async with client_of(parts, local) as client:
        made = await client.post("/api/organizations", json={"name": "Client", "slug": "client"})
        assert (made.status_code, made.json()["data"]["plan"]) == (201, "local")
        for number in (me.organization_id, made.json()["data"]["id"]):
            shown = (await client.get(f"/api/organizations/{number}")).json()["data"]
            assert (shown["plan"], shown["max_users"], shown["max_projects"]) == (
                "local",
                None,
                None,
            )


async def test_it_is_changed_by_who_may(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    member = await add_teammate(parts, "member@example.com", organization, "member")
    await add_organization(parts, "Other")
    async with client_of(parts, member) as client:
        assert (await client.patch(place(owner), json={"name": "X"})).status_code == 403
    async with client_of(parts, owner) as client:
        change = {"name": "Ours", "slug": "ours", "llm_mode": "hybrid"}
        data = (await client.patch(place(owner), json=change)).json()["data"]
        assert {name: data[name] for name in change} == change
        for refused, status in (({"slug": "other"}, 409), ({"slug": "local"}, 409)):
            assert (await client.patch(place(owner), json=refused)).status_code == status
        for wrong in ({"llm_mode": "magic"}, {"slug": "Not One"}, {"name": ""}):
            assert (await client.patch(place(owner), json=wrong)).status_code == 400


async def test_a_deleted_one_is_gone_and_comes_back(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    admin = await add_teammate(parts, "admin@example.com", organization, "admin")
    async with client_of(parts, admin) as client:
        assert (await client.delete(place(owner))).status_code == 403
        assert (await client.post(f"{place(owner)}/restore")).status_code == 409
        assert (await client.post("/api/organizations/99/restore")).status_code == 404
    async with client_of(parts, owner) as client, client_of(parts, admin) as other:
        await client.post("/api/projects", json={"name": "Kept"})
        assert (await client.post(f"{place(owner)}/restore")).status_code == 409
        gone = (await client.delete(place(owner))).json()["data"]
        assert gone["removed_at"] > gone["deleted_at"]
        assert (await client.get(place(owner))).status_code == 404
        assert (await client.get("/api/projects")).status_code == 404
        assert (await client.get("/api/me")).json()["data"]["organizations"] == []
        taken = await client.post("/api/organizations", json={"name": "X", "slug": owner.slug})
        assert taken.status_code == 409
        assert (await other.post(f"{place(owner)}/restore")).status_code == 403
        assert await remove_deleted(parts) == 0
        assert (await client.post(f"{place(owner)}/restore")).status_code == 200
        found = (await client.get("/api/projects")).json()["data"]["projects"]
        assert [each["name"] for each in found] == ["Kept"]


async def test_after_thirty_days_it_is_removed_with_its_files(
    parts: Parts, owner: Teammate
) -> None:
    copy = parts.data_dir / "documents" / "x.txt"
    await _with_private_document(parts, owner, copy)
    async with client_of(parts, owner) as client:
        await client.delete(place(owner))
        long_ago = OrganizationRow.deleted_at - timedelta(days=31)
        async with parts.database.unit_of_work() as work:
            await work.session.execute(update(OrganizationRow).values(deleted_at=long_ago))
            await work.commit()
        assert await remove_deleted(parts) == 1
        assert await remove_deleted(parts) == 0
        assert not copy.exists()
        assert (await client.post(f"{place(owner)}/restore")).status_code == 404
        again = await client.post("/api/organizations", json={"name": "X", "slug": owner.slug})
        assert again.status_code == 201
    async with parts.database.unit_of_work() as work:
        for kind in (DocumentRow, ProjectRow):
            assert (await work.session.scalars(select(kind))).all() == []
        members = await work.session.scalars(select(OrganizationMemberRow.organization_id))
        assert owner.organization_id not in members.all()
        row = await work.session.get_one(OrganizationRow, owner.organization_id)
    assert (row.name, row.slug) == ("Deleted organization", f"deleted-{row.id}")


async def _with_private_document(parts: Parts, owner: Teammate, copy: Path) -> None:
    copy.parent.mkdir(parents=True)
    copy.write_text("About coffee.", "utf-8")
    other = await add_person(parts, "other@example.com")
    async with parts.database.unit_of_work() as work:
        project = ProjectRow(
            organization_id=owner.organization_id,
            owner_id=other.user_id,
            name="Secret",
            visibility="private",
        )
        work.session.add(project)
        await work.session.flush()
        work.session.add(
            DocumentRow(
                organization_id=owner.organization_id,
                project_id=project.id,
                uploaded_by=other.user_id,
                filename="x.txt",
                file_path=str(copy),
                file_type="txt",
                file_size=13,
                content_hash="0" * 64,
                status="indexed",
            )
        )
        await work.commit()
