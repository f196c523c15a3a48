"""The ways to sign in to a server: with a password, on its own page, at who it trusts."""

from collections.abc import Callable
from typing import NoReturn

import httpx

from marketer_desktop.hybrid.account.authorization import code_from_browser
from marketer_desktop.hybrid.account.issuer import IssuerSignIn
from marketer_desktop.hybrid.account.wire import Note, Wire, code_of
from marketer_desktop.services.log_in import LoggedIn
from marketer_desktop.services.server_problems import SignInRefused, Unreachable
from marketer_desktop.services.servers import Granted, Way
from marketer_desktop.services.sign_in_ways import OfferedIssuer, SignInWays

CLIENT = "marketer-desktop"
WRONG_PASSWORD = "Wrong e-mail or password."  # noqa: S105 - what is said of one
NO_SERVER = "There is no Marketer server at {address} (HTTP {status}). Check the address."
NO_WAY = "{host} has no page to sign in. Sign in with e-mail and password."
NOT_TAKEN = "{host} has not let you in: {reason} Nothing has changed. Try again."


async def ways_of(wire: Wire) -> SignInWays:
    """How one can sign in there. Raises `Unreachable`."""
    answer = await wire.send("GET", "/api/auth/ways", kind="sign_in", what="How to sign in")
    if 300 <= answer.status_code < 500 and answer.status_code != 429:
        status = answer.status_code
        raise Unreachable(NO_SERVER.format(address=wire.address, status=status))
    return wire.data(answer, SignInWays)


async def with_password(wire: Wire, email: str, password: str) -> Granted:
    """Raises `SignInRefused`, `Unreachable`."""
    answer = await wire.send(
        "POST",
        "/api/login",
        kind="sign_in",
        what="E-mail and password",
        json={"email": email, "password": password, "remember": True},
    )
    if code_of(answer) in ("UNAUTHORIZED", "VALIDATION_ERROR"):
        raise SignInRefused(WRONG_PASSWORD)
    return _granted(wire, answer, "password")


async def with_own_page(wire: Wire, show: Callable[[str], None]) -> Granted:
    """On the page of the server. Raises `SignInRefused`, `Unreachable`."""
    page, asked = f"{wire.address}/sign-in", {"client_id": CLIENT}
    async with code_from_browser(page, asked, show) as code:
        answer = await wire.send(
            "POST",
            "/api/auth/token",
            kind="sign_in",
            what="The code that the browser has brought",
            json={
                "grant_type": "authorization_code",
                "client_id": CLIENT,
                "code": code.code,
                "code_verifier": code.verifier,
                "redirect_uri": code.redirect_uri,
            },
        )
        return _granted(wire, answer, "browser")


async def with_issuer(
    wire: Wire,
    offered: OfferedIssuer,
    show: Callable[[str], None],
    note: Note,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Granted:
    """At who the server trusts with that. Raises `SignInRefused`, `Unreachable`."""
    at = IssuerSignIn(offered.issuer, offered.client_id, note, transport)
    try:
        found = await at.discover()
        place = found.authorization_endpoint
        async with code_from_browser(place, at.asked, show, found.issuer) as code:
            answer = await wire.send(
                "POST",
                "/api/auth/id-token",
                kind="sign_in",
                what="Who you are, as it was confirmed in the browser",
                json={
                    "client_id": CLIENT,
                    "id_token": await at.id_token(found, code),
                    "nonce": at.nonce,
                },
            )
            return _granted(wire, answer, "oidc", offered.issuer)
    finally:
        await at.close()


def _granted(wire: Wire, answer: httpx.Response, kind: Way, issuer: str | None = None) -> Granted:
    if answer.status_code in (400, 401, 403):
        _refuse(wire, answer)
    got = wire.data(answer, LoggedIn)
    if got.refresh_token is None:
        raise wire.unusable(answer)
    return Granted(
        server=wire.address,
        kind=kind,
        issuer=issuer,
        user_id=got.user.id,
        email=got.user.email,
        token=got.token,
        refresh_token=got.refresh_token,
    )


def _refuse(wire: Wire, answer: httpx.Response) -> NoReturn:
    if code_of(answer) is None:
        raise wire.unusable(answer)
    reason = str(answer.json()["error"]["message"])
    raise SignInRefused(NOT_TAKEN.format(host=wire.host, reason=reason))
