"""The REST API of a WordPress: where it is, who asks, and what its refusals mean."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import httpx

from marketer_desktop.domain.publishing import Cause
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.publishing.sites.wire import SiteWire, json_object, json_objects

# Answers to somebody who is not signed in, though a password was sent: since 6.3.2 WordPress does
# not say whether that was wrong, or did not arrive.
STRANGER = frozenset(
    {"rest_not_logged_in", "rest_forbidden", "rest_forbidden_context", "rest_forbidden_status"}
)
WRONG = frozenset({"incorrect_password", "invalid_username", "invalid_email"})
NO_API = (
    "No WordPress answers at {address}. Check the address: it is that of the site’s first page. If "
    "it is right, its REST API is switched off or blocked."
)
WRONG_OR_STRIPPED = (
    "WordPress refused the application password: it is wrong, or it did not arrive. Make a new one "
    "in your profile there. If that is refused, too, the web server of {host} strips the "
    "Authorization header: ask its host to pass it on (Apache: “CGIPassAuth On”)."
)
REFUSED_ACCOUNT = (
    "WordPress refused the application password. Make a new one in your profile there, and give it "
    "with your user name."
)
SWITCHED_OFF = (
    "{host} takes no application passwords: they are switched off, or the site has no https."
)
FORBIDDEN = "WordPress does not allow this account to do that: {said}"
GONE = "The post is no longer at {host}. Publish the text again to make a new one."
REFUSED = "WordPress did not take the post: {said}"
IMAGE_REFUSED = (
    "WordPress did not take an image of the text: {said} Use another format, or take it out."
)
NO_IMAGE = "rest_upload"


class WordPressApi:
    """Asks in the name of a user; the API is looked for at the first request."""

    def __init__(self, wire: SiteWire, user: str, password: str) -> None:
        self.wire = wire
        token = b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}"}
        self._root = ""
        self.index: dict[str, Any] = {}

    async def open(self) -> None:
        """Find the API: below `wp-json`, or where links are plain, in the query."""
        if self._root:
            return
        for root in (f"{self.wire.address}/wp-json", f"{self.wire.address}/?rest_route="):
            answer = await self.wire.send("GET", f"{root}/")
            if answer.is_success and "namespaces" in (index := _object(answer)):
                self._root, self.index = root, index
                return
        raise SiteProblem("address", NO_API.format(address=self.wire.address))

    async def one(self, method: str, route: str, **parts: Any) -> dict[str, Any]:
        """The object that a route answers with. Raises `SiteProblem`."""
        return json_object(await self._ask(method, route, **parts), self.wire.host, "WordPress")

    async def many(self, route: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        """The objects that a route lists. Raises `SiteProblem`."""
        answer = await self._ask("GET", route, params=params)
        return json_objects(answer, self.wire.host, "WordPress")

    async def _ask(
        self, method: str, route: str, *, params: dict[str, Any] | None = None, **parts: Any
    ) -> httpx.Response:
        await self.open()
        headers = {**self._headers, **parts.pop("headers", {})}
        answer = await self.wire.send(
            method,
            self._address(route, params or {}),
            headers=headers,
            is_told=_is_no_image,
            **parts,
        )
        if answer.is_error:
            raise self._refusal(answer)
        return answer

    def _address(self, route: str, params: dict[str, Any]) -> str:
        query = urlencode(params, doseq=True)
        mark = "&" if "?" in self._root else "?"
        return f"{self._root}{route}{mark}{query}" if query else f"{self._root}{route}"

    def _refusal(self, answer: httpx.Response) -> SiteProblem:
        """What a refusal means; `data` of the answer is kept for who wants to look at it."""
        body, host = _object(answer), self.wire.host
        code, said = str(body.get("code", "")), str(body.get("message", "")) or "no reason given."
        status = 401 if _is_strangers(body) else answer.status_code
        cause, words = _meaning(code, status)
        problem = WordPressProblem(
            cause, words.format(host=host, said=said, address=self.wire.address)
        )
        problem.code, problem.data = code, body.get("data")
        return problem


class WordPressProblem(SiteProblem):
    """A refusal with its code and what WordPress adds to it."""

    code = ""
    data: Any = None


def _is_no_image(answer: httpx.Response) -> bool:
    """Whether a file was refused: WordPress calls that an error of its own."""
    return str(_object(answer).get("code", "")).startswith(NO_IMAGE)


def _meaning(code: str, status: int) -> tuple[Cause, str]:
    if code.startswith(NO_IMAGE):
        return "answer", IMAGE_REFUSED
    if code in WRONG:
        return "password", REFUSED_ACCOUNT
    if code.startswith("application_passwords_disabled"):
        return "password", SWITCHED_OFF
    if status == 401 and (code in STRANGER or code.startswith(("rest_cannot", "rest_invalid"))):
        return "password", WRONG_OR_STRIPPED
    if status == 401:
        return "password", REFUSED_ACCOUNT
    if status == 403:
        return "permission", FORBIDDEN
    if code == "rest_post_invalid_id" or status == 410:
        return "gone", GONE
    return ("address", NO_API) if code == "rest_no_route" else ("answer", REFUSED)


def _is_strangers(body: dict[str, Any]) -> bool:
    """Whether drafts were asked for by somebody who is not signed in, which is an invalid wish."""
    try:
        return bool(body["data"]["details"]["status"]["data"]["status"] == 401)
    except (KeyError, TypeError):
        return False


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
