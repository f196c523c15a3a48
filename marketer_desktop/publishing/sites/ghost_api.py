"""The Admin API of a Ghost: tokens of an integration's key, and what its refusals mean."""

import time
from collections.abc import Callable
from typing import Any

import httpx

from marketer_desktop.domain.publishing import Cause
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.publishing.sites.wire import SiteWire, json_object
from marketer_desktop.system.signing import short_token

TOKEN_SECONDS = 300  # the most that Ghost takes
VERSION = "v5.0"
NO_API = (
    "No Ghost answers at {address}. Check the address: it is that of the site, without “/ghost”."
)
NO_KEY = (
    "This is not an Admin API key: that is two words of digits and letters with a colon between "
    "them. Copy it from Settings, Integrations in your Ghost."
)
STRIPPED = (
    "The token did not reach Ghost: the web server of {host} strips the Authorization header. Ask "
    "its host to pass it on."
)
KEY = "Ghost refused the Admin API key. Copy it again from Settings, Integrations in your Ghost."
CLOCK = "Ghost refused the token: {said} Check the clock of this computer."
FORBIDDEN = "Ghost does not allow this integration to do that: {said}"
GONE = "The post is no longer at {host}. Publish the text again to make a new one."
REFUSED = "Ghost did not take the post: {said}"


class Collision(SiteProblem):
    """Somebody has changed the post since it was read."""


class GhostApi:
    """Asks as an integration; each request has a token of its own."""

    def __init__(self, wire: SiteWire, key: str, now: Callable[[], float] = time.time) -> None:
        """Raises `SiteProblem` for a key that is none."""
        self.wire, self._now = wire, now
        self._key_id, _, secret = key.strip().partition(":")
        try:
            self._secret = bytes.fromhex(secret)
        except ValueError:
            self._secret = b""
        if not (self._key_id and self._secret):
            raise SiteProblem("password", NO_KEY)

    async def site(self) -> dict[str, Any]:
        """What anybody may know of the site."""
        answer = await self.wire.send("GET", self._address("site"), headers=self._version())
        if not answer.is_success:
            raise SiteProblem("address", NO_API.format(address=self.wire.address))
        found = json_object(answer, self.wire.host, "Ghost").get("site")
        if not isinstance(found, dict):
            raise SiteProblem("address", NO_API.format(address=self.wire.address))
        return found

    async def ask(self, method: str, route: str, **parts: Any) -> dict[str, Any]:
        """The answer's body. Raises `SiteProblem`, a `Collision` for a post that has changed."""
        token = short_token(self._key_id, self._secret, "/admin/", int(self._now()), TOKEN_SECONDS)
        headers = {"Authorization": f"Ghost {token}", **self._version()}
        answer = await self.wire.send(method, self._address(route), headers=headers, **parts)
        if answer.is_error:
            raise self._refusal(answer)
        return {} if answer.status_code == 204 else json_object(answer, self.wire.host, "Ghost")

    def _address(self, route: str) -> str:
        return f"{self.wire.address}/ghost/api/admin/{route}/"

    def _version(self) -> dict[str, str]:
        return {"Accept-Version": VERSION}

    def _refusal(self, answer: httpx.Response) -> SiteProblem:
        code, said = _told(answer)
        if answer.status_code == 409 or code == "UPDATE_COLLISION":
            return Collision("busy", REFUSED.format(said=said))
        cause, words = _meaning(answer.status_code, code, said)
        host, address = self.wire.host, self.wire.address
        return SiteProblem(cause, words.format(host=host, address=address, said=said))


def _meaning(status: int, code: str, said: str) -> tuple[Cause, str]:
    lower = said.lower()
    if status in (401, 403) and ("authorization failed" in lower or "missing" in lower):
        return "header", STRIPPED
    if status == 401 and ("expired" in lower or "maxage" in lower or "not active" in lower):
        return "password", CLOCK
    if status == 401:
        return "password", KEY
    if status == 403:
        return "permission", FORBIDDEN
    return ("gone", GONE) if status == 404 else ("answer", REFUSED)


def _told(answer: httpx.Response) -> tuple[str, str]:
    """Code and words of the first error."""
    try:
        error = answer.json()["errors"][0]
        said = " ".join(str(error[name]) for name in ("message", "context") if error.get(name))
        return str(error.get("code") or error.get("type")), said
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return "", f"HTTP {answer.status_code}."
