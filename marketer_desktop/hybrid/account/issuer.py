"""Who signs people in for a server, found by its discovery document (OpenID Connect, Clerk's)."""

import secrets
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.hybrid.account.authorization import Code
from marketer_desktop.hybrid.account.wire import Note, Wire
from marketer_desktop.services.server_problems import SignInRefused

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email profile"
NO_ISSUER = (
    "{issuer}, which the server names to sign in with, does not describe itself as OpenID Connect "
    "wants it. Tell who runs the server."
)
REFUSED = "{host} has refused the sign-in ({reason}). Nothing has changed. Try again."


class Issuer(BaseModel):
    """What the discovery document says."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str


class IssuedTokens(BaseModel):
    """Who the person is, signed by the issuer."""

    id_token: str = Field(repr=False)


class _Problem(BaseModel):
    error: str
    error_description: str | None = None


class IssuerSignIn:
    """One sign-in at an issuer, where the server that trusts it is known as `client_id`."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        note: Note,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.issuer, self._client_id = issuer, client_id
        self._wire = Wire(issuer.rstrip("/"), note, transport)
        # The server looks for it in what the issuer has signed: that was made for this sign-in.
        self.nonce = secrets.token_urlsafe(32)

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for in the browser."""
        return {"client_id": self._client_id, "scope": SCOPE, "nonce": self.nonce}

    async def discover(self) -> Issuer:
        """Where it has what. Raises `SignInRefused`, `Unreachable`."""
        answer = await self._wire.send(
            "GET", DISCOVERY, kind="sign_in", what="Where to sign in", timeout=10.0
        )
        if answer.status_code == 429 or answer.status_code >= 500:
            raise self._wire.unusable(answer)
        try:
            found = Issuer.model_validate_json(answer.content)
        except ValidationError:
            raise SignInRefused(NO_ISSUER.format(issuer=self.issuer)) from None
        places = (found.authorization_endpoint, found.token_endpoint)
        if found.issuer != self.issuer or not all(map(_is_safe, places)):
            raise SignInRefused(NO_ISSUER.format(issuer=self.issuer))
        return found

    async def id_token(self, found: Issuer, code: Code) -> str:
        """Who the person is, for the code. Raises `SignInRefused`, `Unreachable`."""
        answer = await self._wire.send(
            "POST",
            found.token_endpoint,
            kind="sign_in",
            what="The code that the browser has brought",
            data={
                "grant_type": "authorization_code",
                "client_id": self._client_id,
                "code": code.code,
                "code_verifier": code.verifier,
                "redirect_uri": code.redirect_uri,
            },
        )
        if answer.status_code == 429 or answer.status_code >= 500:
            raise self._wire.unusable(answer)
        try:
            return IssuedTokens.model_validate_json(answer.content).id_token
        except ValidationError:
            reason = _reason(answer)
        raise SignInRefused(REFUSED.format(host=self._wire.host, reason=reason))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._wire.close()


def _is_safe(endpoint: str) -> bool:
    place = urlsplit(endpoint)
    return place.scheme == "https" or (place.scheme == "http" and is_loopback(place.hostname or ""))


def _reason(answer: httpx.Response) -> str:
    try:
        problem = _Problem.model_validate_json(answer.content)
    except ValidationError:
        return f"HTTP {answer.status_code}"
    return (problem.error_description or problem.error)[:200].rstrip(".")
