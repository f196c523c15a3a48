"""People who sign in with Clerk: real RS256 tokens against keys that a host publishes."""

import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from sqlalchemy import select

from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import UserRow
from tests.factories.serving import PASSWORD, Teammate, client_of
from tests.fakes.jwks_host import AUDIENCE, ISSUER, JwksHost, clerk_token, jwks_host, private_key


@pytest.fixture
async def clerk(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[JwksHost]:
    async with jwks_host() as host:
        monkeypatch.setattr(parts.settings, "clerk_jwks_url", host.url)
        monkeypatch.setattr(parts.settings, "clerk_issuer", ISSUER)
        monkeypatch.setattr(parts.settings, "clerk_audience", AUDIENCE)
        yield host


async def asked(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.get("/api/me", headers={"Authorization": f"Bearer {token}"})


async def test_an_account_is_made_once_and_keys_are_fetched_once(
    parts: Parts, clerk: JwksHost
) -> None:
    async with client_of(parts) as client:
        first = await asked(client, clerk_token())
        # Once known, the account is known by its identity, whatever the address says.
        again = await asked(client, clerk_token(email="new@example.com", email_verified=False))
    assert first.status_code == 200
    assert first.json()["data"] == again.json()["data"]
    assert first.json()["data"]["email"] == "clerk@example.com"
    assert clerk.fetched == 1


async def test_an_account_of_that_address_is_joined_and_its_password_ends(
    parts: Parts, clerk: JwksHost, owner: Teammate
) -> None:
    login = {"email": owner.email, "password": PASSWORD}
    async with client_of(parts) as client:
        before = (await client.post("/api/login", json=login)).json()["data"]["token"]
        joined = await asked(client, clerk_token(email=owner.email.upper()))
        assert joined.json()["data"]["id"] == owner.user_id
        assert joined.json()["data"]["organizations"][0]["slug"] == owner.slug
        assert (await client.post("/api/login", json=login)).status_code == 401
        assert (await asked(client, before)).status_code == 401
        other = await asked(client, clerk_token(sub="user_other", email=owner.email))
        assert other.status_code == 401


CLAIMS = {
    "sub": "user_2abc",
    "iss": ISSUER,
    "aud": AUDIENCE,
    "iat": 1_700_000_000,
    "exp": 4_000_000_000,
    "email": "clerk@example.com",
    "email_verified": True,
}


def signed_with_the_public_key() -> str:
    """What a check falls for that lets the token choose the algorithm; made by hand."""
    secret = (
        private_key("first")
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    head = {"alg": "HS256", "typ": "JWT", "kid": "first"}
    text = b".".join(_encoded(json.dumps(each).encode()) for each in (head, CLAIMS))
    return (text + b"." + _encoded(hmac.digest(secret, text, "sha256"))).decode()


def _encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


BAD: dict[str, Callable[[], str]] = {
    "expired": lambda: clerk_token(exp=int(time.time()) - 60),
    "issuer": lambda: clerk_token(iss="https://evil.example.com"),
    "audience": lambda: clerk_token(aud="another application"),
    "no audience": lambda: clerk_token(aud=None),
    "no expiry": lambda: clerk_token(exp=None),
    "nobody": lambda: clerk_token(sub=None),
    "unknown key": lambda: clerk_token("stranger"),
    "another key under a known name": lambda: clerk_token("stranger", named="first"),
    "no address": lambda: clerk_token(email=None),
    "unverified address": lambda: clerk_token(email_verified=False),
    "verified in words": lambda: clerk_token(email_verified="true"),
    "unsigned": lambda: jwt.encode(CLAIMS, "", "none", headers={"kid": "first"}),
    "signed with the public key": signed_with_the_public_key,
    "another algorithm": lambda: jwt.encode(
        CLAIMS, private_key("first"), "RS512", headers={"kid": "first"}
    ),
    "another signature": lambda: clerk_token()[:-4] + "AAAA",
}


async def test_other_tokens_open_nothing(parts: Parts, clerk: JwksHost) -> None:
    async with client_of(parts) as client:
        answers = {name: (await asked(client, made())).status_code for name, made in BAD.items()}
    assert answers == dict.fromkeys(BAD, 401)
    async with parts.database.unit_of_work() as work:
        assert (await work.session.scalars(select(UserRow))).all() == []


async def test_a_silent_clerk_is_said_and_ours_are_let_in(
    parts: Parts, clerk: JwksHost, owner: Teammate
) -> None:
    clerk.silent = True
    async with client_of(parts, owner) as client:
        answer = await asked(client, clerk_token())
        assert (await client.get("/api/me")).status_code == 200
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "SERVICE_UNAVAILABLE"


async def test_without_clerk_its_tokens_are_nothing(parts: Parts) -> None:
    async with client_of(parts) as client:
        assert (await asked(client, clerk_token())).status_code == 401
