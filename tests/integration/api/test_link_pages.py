"""The links of mails lead to pages: an invitation is accepted, another password set."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.outage import DatabaseOutage
from tests.factories.pages import Seen, seen, sent
from tests.factories.serving import PASSWORD, Teammate, add_person, client_of

BETTER = "correct horse battery"
NEW, KNOWN = "new@example.com", "known@example.com"


async def invited(parts: Parts, owner: Teammate, email: str) -> str:
    """The path of the link in the mail to somebody."""
    members = f"/api/organizations/{owner.organization_id}/members"
    async with client_of(parts, owner) as client:
        made = await client.post(members, json={"email": email})
    return urlsplit(str(made.json()["data"]["link"])).path


async def forgotten(parts: Parts, owner: Teammate) -> str:
    """The path of a link that sets another password."""
    root = await add_person(parts, "root@example.com", "admin")
    async with client_of(parts, root) as client:
        made = await client.post("/api/password/link", json={"email": owner.email})
    return urlsplit(str(made.json()["data"]["link"])).path


async def opened(client: httpx.AsyncClient, path: str) -> Seen:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "form-action 'self';" in answer.headers["Content-Security-Policy"]
    return seen(answer)


async def can_sign_in(client: httpx.AsyncClient, email: str, password: str) -> bool:
    login = {"email": email, "password": password}
    return (await client.post("/api/login", json=login)).status_code == 200


async def test_somebody_new_makes_an_account(parts: Parts, owner: Teammate) -> None:
    path = await invited(parts, owner, NEW)
    async with client_of(parts) as client:
        page = await opened(client, path)
        assert "My Company as member" in page.text and NEW in page.text
        filled = {"name": "Nadia <b>", "password": BETTER}
        different = seen(await sent(client, page, path, **filled, repeated="another"))
        assert different.answer.status_code == 409 and "not the same" in different.problem
        assert different.field("name")["value"] == "Nadia <b>"
        short = seen(await sent(client, page, path, password="short", repeated="short"))
        assert short.answer.status_code == 400 and "8 to 1,024" in short.problem
        welcome = seen(await sent(client, page, path, **filled, repeated=BETTER))
        assert welcome.answer.status_code == 200 and welcome.title == "Welcome to My Company"
        assert await can_sign_in(client, NEW, BETTER)
        over = seen(await client.get(path))
        assert over.answer.status_code == 404 and "was accepted" in over.text


async def test_who_has_an_account_signs_in(parts: Parts, owner: Teammate) -> None:
    await add_person(parts, KNOWN)
    path = await invited(parts, owner, KNOWN)
    async with client_of(parts) as client:
        page = await opened(client, path)
        assert "sign in to accept" in page.text and "repeated" not in page.fields
        wrong = seen(await sent(client, page, path, password="wrong-one"))
        assert (wrong.answer.status_code, wrong.problem) == (401, "The password is wrong.")
        assert (await sent(client, page, path, password=PASSWORD)).status_code == 200
    async with client_of(parts, owner) as client:
        told = await client.get(f"/api/organizations/{owner.organization_id}/members")
    assert KNOWN in told.text


async def test_who_signs_in_elsewhere_is_told_where_to_accept(
    parts: Parts, owner: Teammate
) -> None:
    person = await add_person(parts, KNOWN)
    async with parts.database.unit_of_work() as work:
        await work.accounts.join_clerk(person.user_id, "user_1")
        await work.commit()
    path = await invited(parts, owner, KNOWN)
    async with client_of(parts) as client:
        page = seen(await client.get(path))
    assert page.answer.status_code == 409 and "signs in elsewhere" in page.text
    assert page.fields == {}


async def test_a_link_sets_another_password_once(parts: Parts, owner: Teammate) -> None:
    path = await forgotten(parts, owner)
    async with client_of(parts) as client:
        page = await opened(client, path)
        assert owner.email in page.text
        await opened(client, path)  # looking changes nothing: mail programs look, too
        different = seen(await sent(client, page, path, password=BETTER, repeated="x"))
        assert different.problem
        done = seen(await sent(client, page, path, password=BETTER, repeated=BETTER))
        assert done.title == "The password is set"
        assert await can_sign_in(client, owner.email, BETTER)
        again = await sent(client, page, path, password="and another", repeated="and another")
        assert again.status_code == 404 and "Ask for a new one" in seen(again).text
        assert '<a href="/password">' in again.text
        assert not await can_sign_in(client, owner.email, "and another")


async def test_links_that_are_none_say_so(parts: Parts) -> None:
    async with client_of(parts) as client:
        for path in ("/invitations/none", "/password/none", "/password/a.b.c", "/password/%3Cb%3E"):
            for answer in (await client.get(path), await client.post(path, data={})):
                assert answer.status_code == 404, path
                assert seen(answer).title == "This link does not work"


async def test_other_sites_cannot_send_these_forms(parts: Parts, owner: Teammate) -> None:
    path = await forgotten(parts, owner)
    async with client_of(parts) as client:
        page = await opened(client, path)
        client.cookies.clear()
        refused = await sent(client, page, path, password=BETTER, repeated=BETTER)
        assert refused.status_code == 409 and "not filled in here" in seen(refused).problem
        assert await can_sign_in(client, owner.email, PASSWORD)


async def test_one_address_may_try_so_often(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await forgotten(parts, owner)
    monkeypatch.setattr(parts.settings, "logins_per_minute", 1)
    async with client_of(parts) as client:
        page = await opened(client, path)
        tries = [await sent(client, page, path, password="a", repeated="b") for _ in range(2)]
    assert [each.status_code for each in tries] == [409, 429]


@contextmanager
def away(parts: Parts) -> Iterator[None]:
    """The database does not answer."""

    def fail() -> None:
        raise DatabaseOutage

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts.database, "unit_of_work", fail)
        yield


async def test_an_outage_is_said_on_a_page(parts: Parts) -> None:
    async with client_of(parts) as client:
        with away(parts):
            answer = await client.get("/invitations/some-token")
    assert answer.status_code == 503 and seen(answer).title == "Not just now"
