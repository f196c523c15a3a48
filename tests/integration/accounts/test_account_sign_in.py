"""A desktop signs in to a server: with a password, through the browser, at an issuer."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from hashlib import sha256
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest
from keyring.backends.fail import Keyring as NoBackend

from marketer_desktop.hybrid.account import authorization
from marketer_desktop.services.account_tokens import CannotKeep
from marketer_desktop.services.call import WrongUse
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_accounts import (
    AskServer,
    ConnectAccount,
    ConnectByBrowser,
    SignOutAccount,
)
from marketer_desktop.services.server_problems import SignInRefused, Unreachable
from tests.factories.engines import Ear
from tests.factories.joined import SERVER, Desk, fill_in, visit
from tests.factories.serving import PASSWORD, Teammate, add_person
from tests.fakes.jwks_host import AUDIENCE, ISSUER, clerk_token, jwks_host
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.patience import becomes_true

CLIENT_ID = "desktop-of-clerk"


class Browsing:
    """A sign-in through the browser that is under way."""

    def __init__(self, desk: Desk, server: str = SERVER) -> None:
        self._ear = Ear()
        self.call = asyncio.create_task(
            carry_out(ConnectByBrowser(server=server), desk.parts, self._ear)
        )

    async def page(self) -> str:
        """What the browser is to open."""

        async def told() -> bool:
            return bool(self._ear.heard) or self.call.done()

        await becomes_true(told)
        if self.call.done():
            self.call.result()
        assert self._ear.kinds() == ["browser"]
        return str(self._ear.heard[0]["url"])

    async def given_up(self) -> None:
        self.call.cancel()
        await asyncio.gather(self.call, return_exceptions=True)


async def test_with_a_password(desk: Desk, owner: Teammate, kept: MemoryKeyring) -> None:
    account = await desk.connect(owner.email.upper())
    assert (account.email, account.state, account.kind) == (owner.email, "signed_in", "password")
    assert (account.server, account.host) == (SERVER, "localhost")
    assert (await desk.me(account)).json()["data"]["id"] == owner.user_id
    assert await desk.accounts() == [account]
    # One secret, and it is the token alone: the password is nowhere.
    assert len(kept.kept) == 1
    assert PASSWORD not in str(kept.kept)
    assert PASSWORD not in repr(
        ConnectAccount(server=SERVER, email="a@b.example", password=PASSWORD)
    )


async def test_a_wrong_password(desk: Desk, owner: Teammate, kept: MemoryKeyring) -> None:
    with pytest.raises(SignInRefused, match=r"^Wrong e-mail or password\.$"):
        await desk.connect(owner.email, "something else")
    assert await desk.accounts() == []
    assert kept.kept == {}


async def test_signing_in_again_is_the_same_account_and_another_person_another(
    desk: Desk, parts: Parts, owner: Teammate, kept: MemoryKeyring
) -> None:
    first = await desk.connect(owner.email)
    client_id = (await desk.session(first)).client_id
    await carry_out(SignOutAccount(account_id=first.id), desk.parts, Ear())
    assert kept.kept == {}
    again = await desk.connect(owner.email)
    assert again.id == first.id
    assert (await desk.session(again)).client_id == client_id
    await desk.start_again()
    assert (await desk.me(again)).status_code == 200
    ada = await add_person(parts, "ada@example.com")
    other = await desk.connect(ada.email)
    assert other.id != first.id
    assert (await desk.me(other)).json()["data"]["email"] == ada.email
    assert len(kept.kept) == 2


async def test_through_the_browser(desk: Desk, parts: Parts, owner: Teammate) -> None:
    signing_in = Browsing(desk)
    page = await fill_in(parts, await signing_in.page(), owner.email)
    account = await signing_in.call
    assert "You are signed in." in page.text
    assert (account.email, account.kind) == (owner.email, "browser")
    await desk.start_again()
    assert (await desk.me(account)).status_code == 200


async def test_nobody_else_can_end_or_take_over_a_sign_in(
    desk: Desk, parts: Parts, owner: Teammate
) -> None:
    signing_in = Browsing(desk)
    url = await signing_in.page()
    back = parse_qs(urlsplit(url).query)["redirect_uri"][0]
    for visited, status in (
        (f"{back}?code=stolen&state=guessed", 400),
        (f"{back}?error=access_denied", 400),
        (back.replace("/signed-in", "/favicon.ico"), 404),
    ):
        assert (await visit(visited)).status_code == status
    assert not signing_in.call.done()
    await fill_in(parts, url, owner.email)
    assert (await signing_in.call).state == "signed_in"
    with pytest.raises(httpx.ConnectError):
        await visit(back)


async def test_a_code_that_somebody_else_asked_for_is_worth_nothing(
    desk: Desk, parts: Parts, owner: Teammate
) -> None:
    signing_in = Browsing(desk)
    url = urlsplit(await signing_in.page())
    other = dict(parse_qsl(url.query)) | {"code_challenge": "c" * 43}
    page = await fill_in(parts, url._replace(query=urlencode(other)).geturl(), owner.email)
    with pytest.raises(SignInRefused, match=r"has not let you in: This sign-in is over"):
        await signing_in.call
    assert "You are not signed in." in page.text
    assert await desk.accounts() == []


async def test_a_sign_in_is_cancelled_in_the_browser_or_here(
    desk: Desk, parts: Parts, owner: Teammate
) -> None:
    signing_in = Browsing(desk)
    page = await fill_in(parts, await signing_in.page(), owner.email, answer="cancel")
    with pytest.raises(SignInRefused, match="cancelled in the browser"):
        await signing_in.call
    assert "You are not signed in." in page.text
    signing_in = Browsing(desk)
    back = parse_qs(urlsplit(await signing_in.page()).query)["redirect_uri"][0]
    await signing_in.given_up()
    with pytest.raises(httpx.ConnectError):
        await visit(back)
    assert await desk.accounts() == []


async def test_nobody_waits_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorization, "PATIENCE_SECONDS", 0.0)
    signing_in = Browsing(desk)
    with pytest.raises(SignInRefused, match="Nobody has signed in within ten minutes"):
        await signing_in.call


async def test_without_a_place_for_tokens_nobody_is_asked_anything(
    desk: Desk, owner: Teammate
) -> None:
    with keyring_in_use(NoBackend()):  # type: ignore[no-untyped-call]
        with pytest.raises(CannotKeep, match=r"could not be kept safely.*passphrase"):
            await desk.connect(owner.email)
        signing_in = Browsing(desk)
        with pytest.raises(CannotKeep):
            await signing_in.page()
    assert desk.way.asked == []


async def test_a_locked_keyring_keeps_nobody_half_signed_in(
    desk: Desk, owner: Teammate, kept: MemoryKeyring
) -> None:
    kept.locked = True
    with pytest.raises(CannotKeep, match="keyring of this machine is locked"):
        await desk.connect(owner.email)
    assert await desk.accounts() == []


async def test_a_server_that_is_not_there(desk: Desk) -> None:
    def refuse(request: httpx.Request) -> None:
        raise httpx.ConnectError("nobody listens", request=request)

    desk.way.instead = refuse
    for server, error, said in (
        ("http://127.0.0.1:9", Unreachable, r"127\.0\.0\.1 cannot be reached.*is safe"),
        ("http://team.example.com", WrongUse, "in the clear"),
        ("nonsense and more", WrongUse, "is not the address of a server"),
    ):
        call = ConnectAccount(server=server, email="ada@example.com", password=PASSWORD)
        with pytest.raises(error, match=said):
            await carry_out(call, desk.parts, Ear())
    assert desk.parts.departures.take() == []


async def test_no_password_is_sent_to_what_is_no_server(desk: Desk) -> None:
    for answer, said in (
        (httpx.Response(404, text="<h1>Not found</h1>"), "no Marketer server at http://localhost"),
        (httpx.Response(200, text="<h1>Welcome</h1>"), "is no Marketer server"),
        (httpx.Response(302, headers={"Location": "https://x.example"}), "no Marketer server"),
        (httpx.Response(200, json={"success": True, "data": {}}), "is no Marketer server"),
    ):
        desk.way.answer_instead(answer)
        with pytest.raises(Unreachable, match=said):
            await desk.connect("ada@example.com")
    assert desk.way.times("/api/auth/ways") == 4
    assert desk.way.times("/api/login") == 0


async def test_a_server_that_asks_for_patience(desk: Desk, owner: Teammate) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7"}, json={"success": False})
    desk.way.answer_instead(busy, "/api/login")
    with pytest.raises(Unreachable, match="is busy") as found:
        await desk.connect(owner.email)
    assert found.value.retry_after == 7.0


class FakeIssuer:
    """As Clerk does it: a discovery document, a page, and tokens for the code it gives."""

    def __init__(self, desk: Desk) -> None:
        self.discovered = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/oauth/authorize",
            "token_endpoint": f"{ISSUER}/oauth/token",
        }
        self.email = "clerk@example.com"
        self._asked: dict[str, str] = {}
        self._nonce: str | None = None
        desk.way.instead = self._answer

    async def signs_in(self, page: str, *, iss: str = ISSUER, nonce: str | None = None) -> None:
        """The person signs in on the page, which sends the browser back."""
        self._asked = dict(parse_qsl(urlsplit(page).query, strict_parsing=True))
        assert page.startswith(self.discovered["authorization_endpoint"])
        assert self._asked["scope"].split()[:2] == ["openid", "email"]
        self._nonce = nonce or self._asked["nonce"]
        told = {"code": "the code", "state": self._asked["state"], "iss": iss}
        await visit(f"{self._asked['redirect_uri']}?{urlencode(told)}")

    def _answer(self, request: httpx.Request) -> httpx.Response | None:
        if request.url.host != urlsplit(ISSUER).hostname:
            return None
        if request.url.path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self.discovered)
        given = dict(parse_qsl(request.content.decode(), strict_parsing=True))
        made = urlsafe_b64encode(sha256(given.pop("code_verifier").encode()).digest())
        assert made.rstrip(b"=").decode() == self._asked["code_challenge"]
        assert self._asked["code_challenge_method"] == "S256"
        assert given == {
            "grant_type": "authorization_code",
            "client_id": CLIENT_ID,
            "code": "the code",
            "redirect_uri": self._asked["redirect_uri"],
        }
        told = clerk_token(aud=CLIENT_ID, nonce=self._nonce, email=self.email)
        return httpx.Response(200, json={"id_token": told, "access_token": "x"})


@pytest.fixture
async def issuer(
    desk: Desk, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FakeIssuer]:
    async with jwks_host() as host:
        monkeypatch.setattr(parts.settings, "clerk_jwks_url", host.url)
        monkeypatch.setattr(parts.settings, "clerk_issuer", ISSUER)
        monkeypatch.setattr(parts.settings, "clerk_audience", AUDIENCE)
        monkeypatch.setattr(parts.settings, "clerk_client_id", CLIENT_ID)
        yield FakeIssuer(desk)


async def test_a_server_tells_its_ways(desk: Desk, issuer: FakeIssuer, parts: Parts) -> None:
    asked = AskServer(server=f"{SERVER}/")
    found = await carry_out(asked, desk.parts, Ear())
    assert (found.server, found.host, found.issuer) == (SERVER, "localhost", ISSUER)
    assert found.ways == ["password", "browser", "oidc"]
    parts.settings.clerk_client_id = None
    found = await carry_out(asked, desk.parts, Ear())
    assert (found.ways, found.issuer) == (["password", "browser"], None)


async def test_at_an_issuer(desk: Desk, issuer: FakeIssuer) -> None:
    signing_in = Browsing(desk)
    await issuer.signs_in(await signing_in.page())
    account = await signing_in.call
    assert (account.kind, account.issuer, account.email) == ("oidc", ISSUER, issuer.email)
    await desk.start_again()
    assert (await desk.me(account)).json()["data"]["email"] == issuer.email


async def refused(desk: Desk, signing_in: Browsing, said: str) -> None:
    with pytest.raises(SignInRefused, match=said):
        await signing_in.call
    assert await desk.accounts() == []


async def test_what_an_issuer_made_for_another_sign_in_is_refused(
    desk: Desk, issuer: FakeIssuer
) -> None:
    signing_in = Browsing(desk)
    await issuer.signs_in(await signing_in.page(), nonce="n" * 43)
    await refused(desk, signing_in, "has not let you in: Invalid or expired")


async def test_an_answer_of_another_issuer_is_refused(desk: Desk, issuer: FakeIssuer) -> None:
    signing_in = Browsing(desk)
    await issuer.signs_in(await signing_in.page(), iss="https://evil.example")
    await refused(desk, signing_in, "Another service has answered")


async def test_a_discovery_document_that_is_not_the_issuers(desk: Desk, issuer: FakeIssuer) -> None:
    right = issuer.discovered
    for wrong in (
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://clerk.example.com/oauth/token"},
        {"authorization_endpoint": "file:///etc/passwd"},
    ):
        issuer.discovered = {**right, **wrong}
        await refused(desk, Browsing(desk), "does not describe itself")
