"""Members and invitations."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import update

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow
from tests.factories.serving import (
    PASSWORD,
    Teammate,
    add_membership,
    add_organization,
    add_person,
    add_teammate,
    client_of,
)
from tests.fakes.mail_host import mail_host
from tests.guards import Problems

NEW = "newcomer@example.com"


def members_of(who: Teammate) -> str:
    return f"/api/organizations/{who.organization_id}/members"


async def invited(client: httpx.AsyncClient, who: Teammate, **asked: Any) -> Any:
    answer = await client.post(members_of(who), json={"email": NEW, "role": "member", **asked})
    assert answer.status_code == 201, answer.json()
    return answer.json()["data"]


async def listed(client: httpx.AsyncClient, who: Teammate) -> dict[str, Any]:
    data = (await client.get(members_of(who))).json()["data"]
    return {each["user"]["email"]: each for each in data["members"]}


async def test_somebody_new_is_invited_and_joins(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts, owner) as client, client_of(parts) as newcomer:
        made = await invited(client, owner)
        assert (made["email"], made["role"], made["mail_sent"]) == (NEW, "member", False)
        assert (await listed(client, owner))[NEW]["status"] == "invited"
        path = f"/api{urlsplit(made['link']).path}"
        shown = (await newcomer.get(path)).json()["data"]
        assert (shown["organization"], shown["email"]) == ("My Company", NEW)
        assert not shown["has_account"]
        assert (await newcomer.post(f"{path}/accept")).status_code == 409
        accepted = await newcomer.post(
            f"{path}/accept", json={"password": PASSWORD, "name": "Nora"}
        )
        assert accepted.status_code == 200
        token = accepted.json()["data"]["token"]
        me = await newcomer.get("/api/me", headers={"Authorization": f"Bearer {token}"})
        assert [each["role"] for each in me.json()["data"]["organizations"]] == ["member"]
        entry = (await listed(client, owner))[NEW]
        assert (entry["status"], entry["user"]["name"]) == ("active", "Nora")
        assert (await newcomer.get(path)).status_code == 404
        assert (await newcomer.post(f"{path}/accept")).status_code == 404


async def test_an_invited_one_sees_nothing_before_joining(parts: Parts, owner: Teammate) -> None:
    guest = await add_person(parts, NEW)
    async with client_of(parts, owner) as client, client_of(parts, guest) as theirs:
        await invited(client, owner)
        assert (await theirs.get(members_of(owner))).status_code == 404
        assert (await theirs.get("/api/me")).json()["data"]["organizations"] == []
        async with parts.database.unit_of_work() as work:
            (told,) = await work.notifications.list(guest.user_id, 10)
    assert (told.type, told.title) == ("team_invite", "Invitation to My Company")


async def test_an_account_is_joined_by_its_person_only(parts: Parts, owner: Teammate) -> None:
    guest = await add_person(parts, NEW)
    other = await add_person(parts, "other@example.com")
    async with client_of(parts, owner) as client:
        link = (await invited(client, owner))["link"]
        accept = f"/api{urlsplit(link).path}/accept"
    async with client_of(parts) as nobody:
        assert (await nobody.post(accept)).status_code == 401
        wrong = await nobody.post(accept, json={"password": "not their password"})
        assert wrong.status_code == 401
    async with client_of(parts, other) as theirs:
        assert (await theirs.post(accept)).status_code == 409
    async with client_of(parts, guest) as theirs:
        assert (await theirs.post(accept)).status_code == 200
        assert (await theirs.get(members_of(owner))).status_code == 200


async def test_a_new_link_replaces_the_one_before_and_links_expire(
    parts: Parts, owner: Teammate
) -> None:
    async with client_of(parts, owner) as client, client_of(parts) as nobody:
        first = f"/api{urlsplit((await invited(client, owner))['link']).path}"
        second = f"/api{urlsplit((await invited(client, owner, role='viewer'))['link']).path}"
        assert (await nobody.get(first)).status_code == 404
        assert (await nobody.get(second)).json()["data"]["role"] == "viewer"
        async with parts.database.unit_of_work() as work:
            past = OrganizationMemberRow.invited_at
            await work.session.execute(
                update(OrganizationMemberRow)
                .where(OrganizationMemberRow.invitation_token.is_not(None))
                .values(invitation_expires_at=past)
            )
            await work.commit()
        assert (await nobody.get(second)).status_code == 404


async def test_who_leaves_is_out_at_once_and_may_be_invited_again(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    viewer = await add_teammate(parts, NEW, organization, "viewer")
    second = await add_teammate(parts, "second@example.com", organization, "owner")
    mine = f"{members_of(owner)}/me"
    async with client_of(parts, owner) as client, client_of(parts, viewer) as theirs:
        left = await theirs.delete(mine)
        assert (left.status_code, left.json()["data"]["user"]["email"]) == (200, NEW)
        assert (await theirs.delete(mine)).status_code == 404
        assert (await theirs.get(members_of(owner))).status_code == 404
        assert set(await listed(client, owner)) == {owner.email, second.email}
        log = (await client.get("/api/audit-logs")).json()["data"]["audit_logs"]
        assert (log[0]["action"], log[0]["user_id"]) == ("member.leave", viewer.user_id)
        await invited(client, owner)


async def test_the_last_owner_cannot_leave(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    second = await add_teammate(parts, "second@example.com", organization, "owner")
    await add_teammate(parts, "admin@example.com", organization, "admin")
    mine = f"{members_of(owner)}/me"
    async with client_of(parts, owner) as client, client_of(parts, second) as theirs:
        answers = await asyncio.gather(client.delete(mine), theirs.delete(mine))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        (refused,) = (answer for answer in answers if answer.status_code == 409)
        stays = client if refused is answers[0] else theirs
        assert "You are the only owner" in refused.json()["error"]["message"]
        assert len((await stays.get(members_of(owner))).json()["data"]["members"]) == 2


async def test_the_plan_has_room_for_so_many(parts: Parts, owner: Teammate) -> None:
    async with parts.database.unit_of_work() as work:
        await work.session.execute(update(OrganizationRow).values(max_users=2))
        await work.commit()
    async with client_of(parts, owner) as client:
        await invited(client, owner)
        await invited(client, owner)  # the same place again
        full = await client.post(members_of(owner), json={"email": "third@example.com"})
        assert (full.status_code, full.headers["Retry-After"]) == (429, "86400")
        assert "room for 2 people" in full.json()["error"]["message"]
        assert set(await listed(client, owner)) == {owner.email, NEW}
        twice = await client.post(members_of(owner), json={"email": owner.email.upper()})
        assert twice.status_code == 409


async def test_roles_change_at_once_and_owners_are_made_by_owners(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    admin = await add_teammate(parts, "admin@example.com", organization, "admin")
    member = await add_teammate(parts, "member@example.com", organization, "member")
    async with client_of(parts, admin) as client, client_of(parts, member) as theirs:
        ids = {email: each["id"] for email, each in (await listed(client, owner)).items()}
        places = {email: f"{members_of(owner)}/{number}" for email, number in ids.items()}
        mine = places[member.email]
        assert (await theirs.patch(mine, json={"role": "admin"})).status_code == 403
        assert (await theirs.post("/api/projects", json={"name": "One"})).status_code == 201
        changed = await client.patch(mine, json={"role": "viewer"})
        assert changed.json()["data"]["role"] == "viewer"
        assert (await theirs.post("/api/projects", json={"name": "Two"})).status_code == 403
        for refused in (
            await client.patch(mine, json={"role": "owner"}),
            await client.patch(places[owner.email], json={"role": "member"}),
            await client.delete(places[owner.email]),
            await client.post(members_of(owner), json={"email": NEW, "role": "owner"}),
        ):
            assert refused.status_code == 403
            assert refused.json()["error"]["required_permission"] == "owner:update"
        assert (await client.delete(mine)).status_code == 200
        assert (await theirs.get(members_of(owner))).status_code == 404
        assert (await client.delete(mine)).status_code == 404
    async with client_of(parts, owner) as client:
        assert (await client.delete(places[owner.email])).status_code == 409
        assert (await client.patch(places[owner.email], json={"role": "admin"})).status_code == 409
        assert (await client.patch(places[admin.email], json={"role": "owner"})).status_code == 200
        assert (await client.delete(places[owner.email])).status_code == 200


async def test_members_of_others_are_not_there(parts: Parts, owner: Teammate) -> None:
    other = await add_teammate(parts, "x@example.com", await add_organization(parts, "Other"))
    async with client_of(parts, other) as client:
        ((theirs),) = (await listed(client, other)).values()
    async with client_of(parts, owner) as client:
        for path in (members_of(other), f"{members_of(other)}/{theirs['id']}"):
            assert (await client.delete(path)).status_code in (404, 405)
        assert (await client.get(members_of(other))).status_code == 404
        crossed = f"{members_of(owner)}/{theirs['id']}"
        assert (await client.delete(crossed)).status_code == 404
        assert (await client.patch(crossed, json={"role": "viewer"})).status_code == 404


async def test_the_list_comes_in_pages(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    for name in ("a", "b"):
        person = await add_person(parts, f"{name}@example.com")
        await add_membership(parts, person, organization, "viewer")
    async with client_of(parts, owner) as client:
        answer = await client.get(f"{members_of(owner)}?page=2&per_page=2")
    data = answer.json()["data"]
    assert [each["user"]["email"] for each in data["members"]] == ["b@example.com"]
    assert data["pagination"] == {"total": 3, "page": 2, "per_page": 2, "pages": 2}


@pytest.mark.parametrize("refusing", [False, True])
async def test_a_mail_is_sent_where_a_mail_host_is_named(
    parts: Parts,
    owner: Teammate,
    monkeypatch: pytest.MonkeyPatch,
    log_problems: Problems,
    refusing: bool,
) -> None:
    async with mail_host(refusing=refusing) as host, client_of(parts, owner) as client:
        monkeypatch.setattr(parts.settings, "smtp_host", "127.0.0.1")
        monkeypatch.setattr(parts.settings, "smtp_port", host.port)
        monkeypatch.setattr(parts.settings, "smtp_security", "none")
        made = await invited(client, owner)
    assert made["mail_sent"] is not refusing
    if refusing:  # the invitation stands, and its link can be handed over
        assert [record.getMessage()[:20] for record in log_problems.records] == [
            "a mail was not sent:"
        ]
        log_problems.records.clear()
        return
    (mail,) = host.mails
    assert (mail["To"], mail["Subject"]) == (NEW, "Invitation to My Company")
    assert made["link"] in mail.get_content()
