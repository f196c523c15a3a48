"""Sessions: staying signed in, signing out, another password, and who tries too often."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import AuditLogRow
from tests.factories.serving import PASSWORD, Teammate, client_of

BETTER = "correct horse battery"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def signed_in(client: httpx.AsyncClient, email: str, **more: Any) -> Any:
    answer = await client.post("/api/login", json={"email": email, "password": PASSWORD, **more})
    assert answer.status_code == 200
    return answer.json()["data"]


async def refreshed(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/api/token/refresh", json={"refresh_token": token})


async def status_of(client: httpx.AsyncClient, token: str) -> int:
    return (await client.get("/api/me", headers=bearer(token))).status_code


async def test_only_who_asks_to_be_remembered_gets_a_refresh_token(
    parts: Parts, owner: Teammate
) -> None:
    async with client_of(parts) as client:
        assert set(await signed_in(client, owner.email)) == {"token", "user"}
        kept = await signed_in(client, owner.email, remember=True)
        answer = await refreshed(client, kept["refresh_token"])
        assert answer.status_code == 200
        assert await status_of(client, answer.json()["data"]["token"]) == 200


async def test_a_token_that_comes_after_its_successor_ends_its_session_and_no_other(
    parts: Parts, owner: Teammate
) -> None:
    async with client_of(parts) as client:
        other = await signed_in(client, owner.email, remember=True)
        stolen = await signed_in(client, owner.email, remember=True)
        newer = (await refreshed(client, stolen["refresh_token"])).json()["data"]
        newest = (await refreshed(client, newer["refresh_token"])).json()["data"]
        assert (await refreshed(client, stolen["refresh_token"])).status_code == 401
        assert (await refreshed(client, newest["refresh_token"])).status_code == 401
        assert await status_of(client, newest["token"]) == 401
        assert await status_of(client, other["token"]) == 200


async def test_a_refresh_whose_answer_was_lost_may_be_asked_for_again(
    parts: Parts, owner: Teammate
) -> None:
    async with client_of(parts) as client:
        kept = (await signed_in(client, owner.email, remember=True))["refresh_token"]
        for _ in range(3):
            answer = await refreshed(client, kept)
            assert answer.status_code == 200
        kept = answer.json()["data"]["refresh_token"]
        assert (await refreshed(client, kept)).status_code == 200


async def test_of_two_given_for_one_the_second_that_comes_ends_the_session(
    parts: Parts, owner: Teammate
) -> None:
    async with client_of(parts) as client:
        stolen = (await signed_in(client, owner.email, remember=True))["refresh_token"]
        given = [(await refreshed(client, stolen)).json()["data"] for _ in range(2)]
        at_once = await asyncio.gather(
            *(refreshed(client, each["refresh_token"]) for each in given)
        )
        assert sorted(each.status_code for each in at_once) == [200, 401]
        for each in given:
            assert await status_of(client, each["token"]) == 401


async def test_signing_out_ends_the_access_token_too(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as client:
        kept = await signed_in(client, owner.email, remember=True)
        other = await signed_in(client, owner.email)
        answer = await client.post("/api/logout", headers=bearer(kept["token"]))
        assert answer.json()["data"] == {"ended": "session"}
        assert await status_of(client, kept["token"]) == 401
        assert (await refreshed(client, kept["refresh_token"])).status_code == 401
        assert await status_of(client, other["token"]) == 200
        everywhere = {"everywhere": True}
        await client.post("/api/logout", headers=bearer(other["token"]), json=everywhere)
        assert await status_of(client, other["token"]) == 401


async def test_another_password_ends_every_session(parts: Parts, owner: Teammate) -> None:
    change = {"current_password": "wrong", "new_password": BETTER}
    async with client_of(parts) as client:
        before = await signed_in(client, owner.email, remember=True)
        headers = bearer(before["token"])
        refused = await client.post("/api/me/password", json=change, headers=headers)
        assert refused.status_code == 409
        change["current_password"] = PASSWORD
        short = await client.post(
            "/api/me/password", json={**change, "new_password": "short"}, headers=headers
        )
        assert set(short.json()["error"]["details"]) == {"new_password"}
        answer = await client.post("/api/me/password", json=change, headers=headers)
        assert answer.status_code == 200
        assert await status_of(client, before["token"]) == 401
        assert await status_of(client, answer.json()["data"]["token"]) == 200
        login = {"email": owner.email, "password": PASSWORD}
        assert (await client.post("/api/login", json=login)).status_code == 401
        login["password"] = BETTER
        assert (await client.post("/api/login", json=login)).status_code == 200


async def test_an_account_that_is_closed_is_let_in_no_more(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as client:
        kept = await signed_in(client, owner.email, remember=True)
        async with parts.database.unit_of_work() as work:
            user = await work.people.get(owner.user_id)
            user.is_active = False
            await work.commit()
        assert await status_of(client, kept["token"]) == 401
        assert (await refreshed(client, kept["refresh_token"])).status_code == 401
        login = {"email": owner.email, "password": PASSWORD}
        assert (await client.post("/api/login", json=login)).status_code == 401


async def test_the_audit_log_has_where_it_came_from(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as client:
        login = {"email": owner.email, "password": "wrong"}
        await client.post("/api/login", json=login, headers={"User-Agent": "curl/8"})
        await signed_in(client, owner.email)
    async with parts.database.unit_of_work() as work:
        rows = await work.session.scalars(select(AuditLogRow).order_by(AuditLogRow.id))
        found = [(row.action, row.status, row.ip_address) for row in rows]
        agents = await work.session.scalars(select(AuditLogRow.user_agent).order_by(AuditLogRow.id))
        assert agents.all()[0] == "curl/8"
    assert found == [
        ("session.start", "failure", "127.0.0.1"),
        ("session.start", "success", "127.0.0.1"),
    ]


async def test_one_address_may_try_so_often(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.settings, "logins_per_minute", 2)
    login = {"email": owner.email, "password": "wrong"}
    async with client_of(parts) as client:
        statuses = [(await client.post("/api/login", json=login)).status_code for _ in range(2)]
        # Another process of the same server, which shares nothing but the database.
        async with client_of(parts) as elsewhere:
            limited = await elsewhere.post("/api/login", json=login)
    assert statuses == [401, 401]
    assert limited.status_code == 429
    error = limited.json()["error"]
    assert error["code"] == "RATE_LIMIT_EXCEEDED"
    assert 1 <= error["retry_after"] <= 30
    assert limited.headers["Retry-After"] == str(error["retry_after"])


async def test_one_account_may_ask_so_often(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.settings, "requests_per_minute", 2)
    async with client_of(parts, owner) as client:
        statuses = [(await client.get("/api/me")).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
