"""Forgotten passwords, and the account of whoever is signed in."""

from urllib.parse import urlsplit

import pytest

from marketer_desktop.services.parts import Parts
from tests.factories.serving import PASSWORD, Teammate, add_person, client_of
from tests.fakes.mail_host import mail_host

BETTER = "correct horse battery"


async def test_without_a_mail_host_nothing_is_promised(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as client:
        answer = await client.post("/api/password/forgotten", json={"email": owner.email})
    assert answer.status_code == 409


async def test_a_link_by_mail_sets_another_password_once(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with mail_host() as host, client_of(parts) as client:
        monkeypatch.setattr(parts.settings, "smtp_host", "127.0.0.1")
        monkeypatch.setattr(parts.settings, "smtp_port", host.port)
        monkeypatch.setattr(parts.settings, "smtp_security", "none")
        asked = [
            await client.post("/api/password/forgotten", json={"email": email})
            for email in ("nobody@example.com", owner.email)
        ]
        assert [each.status_code for each in asked] == [202, 202]
        assert asked[0].json()["data"] == asked[1].json()["data"]
        (mail,) = host.mails
        (line,) = [each for each in mail.get_content().split() if "/password/" in each]
        path = f"/api{urlsplit(line).path}"
        login = {"email": owner.email, "password": PASSWORD}
        before = (await client.post("/api/login", json=login)).json()["data"]["token"]
        answer = await client.post(path, json={"password": BETTER})
        assert answer.status_code == 200
        again = await client.post(path, json={"password": "another one"})
        assert again.status_code == 404
        old = await client.get("/api/me", headers={"Authorization": f"Bearer {before}"})
        assert old.status_code == 401
        assert (await client.post("/api/login", json=login)).status_code == 401
        login["password"] = BETTER
        assert (await client.post("/api/login", json=login)).status_code == 200


async def test_an_administrator_hands_over_a_link(parts: Parts, owner: Teammate) -> None:
    root = await add_person(parts, "root@example.com", "admin")
    async with client_of(parts, owner) as client:
        refused = await client.post("/api/password/link", json={"email": owner.email})
        assert refused.status_code == 403
        assert refused.json()["error"]["required_permission"] == "installation:manage"
    async with client_of(parts, root) as client:
        missing = await client.post("/api/password/link", json={"email": "x@example.com"})
        assert missing.status_code == 404
        made = await client.post("/api/password/link", json={"email": owner.email})
        assert made.status_code == 201
        path = f"/api{urlsplit(made.json()['data']['link']).path}"
    async with client_of(parts) as client:
        for worn in (path[:-3] + "abc", "/api/password/x.y.z"):
            answer = await client.post(worn, json={"password": BETTER})
            assert answer.status_code == 404
        token = path.rpartition("/")[2]
        door = await client.get("/api/me", headers={"Authorization": f"Bearer {token}"})
        assert door.status_code == 401  # a link is no access token
        assert (await client.post(path, json={"password": BETTER})).status_code == 200


async def test_the_account_is_changed_by_its_person(parts: Parts, owner: Teammate) -> None:
    change = {"name": " Ursula ", "timezone": "Europe/Berlin", "organization": owner.slug}
    async with client_of(parts, owner) as client:
        answer = await client.patch("/api/me", json=change)
        assert answer.json()["data"] == {
            "id": owner.user_id,
            "email": owner.email,
            "role": "user",
            "name": "Ursula",
            "locale": "en",
            "timezone": "Europe/Berlin",
            "organization": "my-company",
        }
        for field, value in (("locale", "English"), ("name", "a\x00"), ("name", 5)):
            refused = await client.patch("/api/me", json={field: value})
            assert set(refused.json()["error"]["details"]) == {field}
        for field, unknown in (("organization", "other"), ("timezone", "Mars/Base")):
            missing = await client.patch("/api/me", json={field: unknown, "name": "X"})
            assert missing.status_code == 404
        assert (await client.patch("/api/me", json={})).json()["data"]["name"] == "Ursula"
