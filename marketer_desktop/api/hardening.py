"""What keeps web pages and other people's programs away from the API of one desktop."""

import hmac
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from marketer_desktop.api.bounds import UPLOADS
from marketer_desktop.api.failures import failed

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HTTP = 80
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSED = "This API is for programs of this computer only"
JSON_ONLY = "Send what is to be changed as application/json"
POLICY_VIOLATION = 1008


class LocalAccess:
    """Who may ask where: the port that is listened at, and the tokens that open it.

    One is of this launch; `is_kept` knows the one that other programs were given for longer.
    """

    def __init__(
        self, port: int, token: str, is_kept: Callable[[str], bool] = lambda token: False
    ) -> None:
        self._token, self._is_kept = token.encode(), is_kept
        places = {f"{name}:{port}" for name in LOOPBACK}
        self.hosts = places | (set(LOOPBACK) if port == HTTP else set())
        self.origins = {f"http://{host}" for host in self.hosts}

    def opens(self, token: str) -> bool:
        """Whether whoever has this token acts as the person at this computer."""
        return self.is_launch_token(token) or self._is_kept(token)

    def is_launch_token(self, token: str) -> bool:
        """Whether it is the token of this launch, told in constant time."""
        return hmac.compare_digest(token.encode(errors="replace"), self._token)


class Hardening:
    """Middleware: only our own names as `Host` and `Origin`, and only JSON that changes things.

    A page of the web cannot send JSON, or a header of its own, without asking first, and nobody
    here answers such a question.
    """

    def __init__(self, app: ASGIApp, access: LocalAccess) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not _all_in(hosts, self._access.hosts):
            return failed(403, REFUSED)
        if len(origins) > 1 or not _all_in(origins, self._access.origins):
            return failed(403, REFUSED)
        if scope["type"] == "http" and scope["method"] not in SAFE and _has_body(headers):
            return None if _may_change(headers, scope["path"]) else failed(415, JSON_ONLY)
        return None


def _all_in(given: Iterable[str], allowed: set[str]) -> bool:
    return all(each.lower() in allowed for each in given)


def _has_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _may_change(headers: Headers, path: str) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    uploads = kind == "multipart/form-data" and path in UPLOADS
    return kind == "application/json" or uploads
