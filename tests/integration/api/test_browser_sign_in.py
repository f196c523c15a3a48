"""A desktop signs in through the browser: the page, the code, the tokens, and who attacks them."""

import asyncio
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from sqlalchemy import select, text

from marketer_desktop.services.keep_house import keep_house
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import AuditLogRow, SignInCodeRow
from tests.factories.pages import Seen, seen, sent
from tests.factories.serving import PASSWORD, Teammate, client_of

# The example of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
ADDRESS = "http://127.0.0.1:49152/callback"
STATE = "a state & <more>"
ASKED = {
    "response_type": "code",
    "client_id": "marketer-desktop",
    "redirect_uri": ADDRESS,
    "state": STATE,
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def place(**changed: str) -> str:
    """The address that the desktop opens in the browser."""
    return f"/sign-in?{urlencode({**ASKED, **changed})}"


def led_to(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """Where the browser is sent, and what it tells there."""
    assert answer.status_code == 303, answer.text
    address, _, told = answer.headers["Location"].partition("?")
    return address, dict(parse_qsl(told, strict_parsing=True))


async def opened(client: httpx.AsyncClient, url: str | None = None) -> Seen:
    return seen(await client.get(url or place()))


async def code_for(client: httpx.AsyncClient, email: str, url: str | None = None) -> str:
    """Sign in on the page; the code that the desktop gets."""
    where = url or place()
    page = await opened(client, where)
    address, told = led_to(await sent(client, page, where, email=email, password=PASSWORD))
    assert (address, told["state"], set(told)) == (ADDRESS, STATE, {"code", "state"})
    return told["code"]


async def exchange(client: httpx.AsyncClient, code: str, **changed: str) -> httpx.Response:
    asked = {
        "grant_type": "authorization_code",
        "client_id": "marketer-desktop",
        "code": code,
        "code_verifier": VERIFIER,
        "redirect_uri": ADDRESS,
    }
    return await client.post("/api/auth/token", json={**asked, **changed})


def refused_grant(answer: httpx.Response) -> bool:
    details = answer.json()["error"].get("details") or {}
    return answer.status_code == 401 and details == {"grant": ["invalid_grant"]}


async def status_of(client: httpx.AsyncClient, token: str) -> int:
    return (await client.get("/api/me", headers={"Authorization": f"Bearer {token}"})).status_code


def test_the_challenge_is_that_of_the_verifier() -> None:
    made = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    assert made == CHALLENGE


async def test_a_desktop_is_signed_in_by_the_browser(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as browser, client_of(parts) as desktop:
        code = await code_for(browser, f" {owner.email.upper()}")
        async with parts.database.unit_of_work() as work:
            kept = (await work.session.scalars(select(SignInCodeRow))).one()
        assert code not in str(vars(kept))
        answer = await exchange(desktop, code)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        told = answer.json()["data"]
        assert told["user"] == {"id": owner.user_id, "email": owner.email, "role": "user"}
        assert await status_of(desktop, told["token"]) == 200
        refresh = {"refresh_token": told["refresh_token"]}
        newer = await desktop.post("/api/token/refresh", json=refresh)
        assert newer.status_code == 200
        async with parts.database.unit_of_work() as work:
            rows = await work.session.scalars(select(AuditLogRow))
            assert [(r.action, r.status, r.details) for r in rows] == [
                ("session.start", "success", {"client": "marketer-desktop"})
            ]


async def test_the_page_is_plain_and_nobody_elses(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as browser:
        page = await opened(browser, place(login_hint='ada@example.com"><script>'))
        told = page.answer.headers
        assert told["Cache-Control"] == "no-store"
        assert told["Referrer-Policy"] == "same-origin"
        assert told["X-Frame-Options"] == "DENY"
        policy = dict(
            each.strip().split(" ", 1) for each in told["Content-Security-Policy"].split(";")
        )
        assert policy == {
            "default-src": "'none'",
            "style-src": "'self'",
            "form-action": "'self' http://127.0.0.1:49152",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        }
        assert not page.soup.find_all(["script", "style", "img", "iframe"])
        assert not [tag for tag in page.soup.find_all() if tag.get("style")]
        assert page.field("email")["value"] == 'ada@example.com"><script>'
        for name in ("email", "password"):
            label = page.soup.select_one(f"label[for={page.field(name)['id']}]")
            assert label is not None and label.get_text()
        (sheet,) = page.soup.select("link")
        style = await browser.get(str(sheet["href"]))
        assert style.headers["Content-Type"].startswith("text/css")
        assert "prefers-color-scheme: dark" in style.text and "url(" not in style.text
        cookie = told["Set-Cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie


async def test_cookies_are_held_to_tls_where_there_is_some(parts: Parts) -> None:
    async with client_of(parts) as browser:
        answer = await browser.get(f"https://localhost:8000{place()}")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-") and "; Secure" in cookie and "Path=/" in cookie


async def test_a_wrong_password_stays_on_the_page(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as browser:
        page = await opened(browser)
        answer = await sent(browser, page, place(), email=owner.email, password="wrong")
        assert answer.status_code == 401
        again = seen(answer)
        assert "wrong" in again.problem
        assert again.field("email")["value"] == owner.email
        assert "value" not in again.field("password").attrs
        nobody = await sent(browser, page, place(), email="x@example.com", password="wrong")
        assert (nobody.status_code, seen(nobody).problem) == (401, again.problem)
        empty = await sent(browser, page, place(), email="", password="")
        assert empty.status_code == 400 and seen(empty).problem


async def test_who_cancels_is_sent_back_without_a_code(parts: Parts) -> None:
    async with client_of(parts) as browser:
        page = await opened(browser)
        address, told = led_to(await sent(browser, page, place(), answer="cancel"))
    assert (address, told) == (ADDRESS, {"error": "access_denied", "state": STATE})


async def test_one_address_may_try_so_often(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.settings, "logins_per_minute", 2)
    async with client_of(parts) as browser:
        page = await opened(browser)
        tries = [
            await sent(browser, page, place(), email=owner.email, password=word)
            for word in ("wrong", "wrong", PASSWORD)
        ]
    assert [each.status_code for each in tries] == [401, 401, 429]
    assert 1 <= int(tries[2].headers["Retry-After"]) <= 30
    assert "Too many attempts" in seen(tries[2]).problem


ADDRESSES_OF_OTHERS = (
    "",
    "http://evil.example/callback",
    "https://127.0.0.1:49152/callback",
    "http://localhost:49152/callback",
    "http://[::1]:49152/callback",
    "http://127.0.0.1/callback",
    "http://127.0.0.1:0/callback",
    "http://127.0.0.1:65536/callback",
    "http://127.0.0.1:49152@evil.example/callback",
    "http://me@127.0.0.1:49152/callback",
    "http://127.0.0.1:49152.evil.example/callback",
    "http://127.0.0.1:49152",
    "http://127.0.0.1:49152/callback?x=1",
    "http://127.0.0.1:49152/callback#x",
    "http://127.0.0.1:49152/\\evil.example",
    "http://127.0.0.1:49152/a\r\nSet-Cookie: x=y",
    "http://127.0.0.1:49152/callback\n",
    "http://127.0.0.1:\u0664\u0669/callback",
    f"http://127.0.0.1:49152/{'a' * 255}",
    "javascript:alert(1)",
)


async def test_nobody_is_sent_anywhere_but_to_an_app_of_ours_on_this_computer(
    parts: Parts,
) -> None:
    alone = urlencode({name: value for name, value in ASKED.items() if name != "redirect_uri"})
    elsewhere = [
        *(place(redirect_uri=address) for address in ADDRESSES_OF_OTHERS),
        f"/sign-in?{alone}",
        place(client_id="another-app"),
        f"{place()}&client_id=marketer-desktop",
        f"{place()}&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2F",
    ]
    sent_there: list[str] = []
    async with client_of(parts) as browser:
        for url in elsewhere:
            for answer in (await browser.get(url), await browser.post(url, data={})):
                page = seen(answer)
                said = "opened by Marketer Desktop" in page.text
                if answer.status_code != 400 or "Location" in answer.headers or not said:
                    sent_there.append(url)
    assert sent_there == []


NONSENSE: tuple[tuple[dict[str, str], str], ...] = (
    ({"code_challenge_method": "plain"}, "invalid_request"),
    ({"code_challenge_method": ""}, "invalid_request"),
    ({"code_challenge": ""}, "invalid_request"),
    ({"code_challenge": CHALLENGE[:-1]}, "invalid_request"),
    ({"code_challenge": f"{CHALLENGE}="}, "invalid_request"),
    ({"response_type": "token"}, "unsupported_response_type"),
    ({"response_type": ""}, "invalid_request"),
    ({"state": ""}, "invalid_request"),
    ({"state": "x" * 513}, "invalid_request"),
    ({"state": "é"}, "invalid_request"),
)


async def test_what_makes_no_sense_is_told_to_the_desktop(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as browser:
        page = await opened(browser)
        forms: dict[str, Any] = {**page.fields, "email": owner.email, "password": PASSWORD}
        for changed, error in NONSENSE:
            url = place(**changed)
            for answer in (await browser.get(url), await browser.post(url, data=forms)):
                address, told = led_to(answer)
                assert (address, told["error"]) == (ADDRESS, error), changed
                assert told["error_description"] and "code" not in told
                assert told.get("state") == (None if "state" in changed else STATE)
        twice = await browser.get(f"{place()}&code_challenge={'x' * 43}")
        assert led_to(twice)[1]["error"] == "invalid_request"


async def test_other_sites_cannot_fill_in_the_form(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as browser:
        page = await opened(browser)
        filled = {**page.fields, "email": owner.email, "password": PASSWORD}
        attacks: dict[str, dict[str, Any]] = {
            "no field": {"data": {"email": owner.email, "password": PASSWORD}},
            "another field": {"data": {**filled, "forgery": "A" * 43}},
            "another site": {"data": filled, "headers": {"Sec-Fetch-Site": "cross-site"}},
            "a neighbour": {"data": filled, "headers": {"Sec-Fetch-Site": "same-site"}},
            "no cookie": {"data": filled},
            "an empty cookie": {"data": {**filled, "forgery": ""}},
        }
        for name, attack in attacks.items():
            if "cookie" in name:
                browser.cookies.clear()
            for answer in ("sign_in", "cancel"):
                attack["data"]["answer"] = answer
                refused = await browser.post(place(), **attack)
                assert refused.status_code == 409, name
                assert "not filled in here" in seen(refused).problem


async def test_two_forms_at_once_do_not_spoil_each_other(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as browser:
        first = await opened(browser)
        await opened(browser)
        answer = await sent(browser, first, place(), email=owner.email, password=PASSWORD)
    assert answer.status_code == 303


async def test_a_code_is_nobody_elses_and_worn_out_by_the_attempt(
    parts: Parts, owner: Teammate
) -> None:
    attempts = (
        {"code_verifier": "x" * 43},
        {"code_verifier": CHALLENGE},  # what “plain” would take
        {"redirect_uri": "http://127.0.0.1:49153/callback"},
        {"redirect_uri": "http://127.0.0.2:49152/callback"},
        {"redirect_uri": f"{ADDRESS}/"},
    )
    async with client_of(parts) as client:
        for changed in attempts:
            code = await code_for(client, owner.email)
            assert refused_grant(await exchange(client, code, **changed)), changed
            assert refused_grant(await exchange(client, code)), changed
        assert refused_grant(await exchange(client, "x" * 43))


async def test_a_malformed_exchange_leaves_the_code_alone(parts: Parts, owner: Teammate) -> None:
    malformed = (
        {"code_verifier": "x" * 42},
        {"code_verifier": "x" * 129},
        {"code_verifier": "ü" * 43},
        {"grant_type": "password"},
        {"client_id": "another-app"},
        {"code": ""},
    )
    async with client_of(parts) as client:
        code = await code_for(client, owner.email)
        for changed in malformed:
            refused = await exchange(client, **{"code": code, **changed})
            assert set(refused.json()["error"]["details"]) == set(changed)
        assert (await exchange(client, code)).status_code == 200


async def test_a_code_that_comes_twice_ends_what_it_opened(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as client:
        other = (await exchange(client, await code_for(client, owner.email))).json()["data"]
        code = await code_for(client, owner.email)
        told = (await exchange(client, code)).json()["data"]
        assert refused_grant(await exchange(client, code))
        assert await status_of(client, told["token"]) == 401
        refresh = {"refresh_token": told["refresh_token"]}
        assert (await client.post("/api/token/refresh", json=refresh)).status_code == 401
        assert await status_of(client, other["token"]) == 200


async def test_of_many_processes_at_once_one_gets_the_tokens(parts: Parts, owner: Teammate) -> None:
    async with client_of(parts) as client:
        code = await code_for(client, owner.email)
        answers = await asyncio.gather(*(exchange(client, code) for _ in range(5)))
    assert sorted(each.status_code for each in answers) == [200, 401, 401, 401, 401]


async def test_a_code_is_good_for_a_minute_and_then_forgotten(
    parts: Parts, owner: Teammate
) -> None:
    async def older(seconds: int) -> None:
        async with parts.database.unit_of_work() as work:
            moved = f"UPDATE sign_in_codes SET expires_at = expires_at - interval '{seconds} s'"
            await work.session.execute(text(moved))
            await work.commit()

    async def kept() -> int:
        async with parts.database.unit_of_work() as work:
            return len((await work.session.scalars(select(SignInCodeRow))).all())

    async with client_of(parts) as client:
        code = await code_for(client, owner.email)
        await older(60)
        assert refused_grant(await exchange(client, code))
    await keep_house(parts)
    assert await kept() == 1
    await older(3600)
    await keep_house(parts)
    assert await kept() == 0


async def test_who_was_locked_out_in_the_meantime_gets_no_tokens(
    parts: Parts, owner: Teammate
) -> None:
    async with client_of(parts) as client:
        code = await code_for(client, owner.email)
        async with parts.database.unit_of_work() as work:
            (await work.people.get(owner.user_id)).is_active = False
            await work.commit()
        assert refused_grant(await exchange(client, code))


async def test_the_state_is_the_desktops_own(parts: Parts, owner: Teammate) -> None:
    """Whatever it is, it comes back as it was: the desktop tells whether it is its own."""
    tampered = "'\"><script>&code=x&state=y#%00"
    async with client_of(parts) as client:
        url = place(state=tampered)
        page = await opened(client, url)
        answer = await sent(client, page, url, email=owner.email, password=PASSWORD)
        _, told = led_to(answer)
    assert told["state"] == tampered and len(told["code"]) == 43
    assert urlsplit(answer.headers["Location"]).fragment == ""
