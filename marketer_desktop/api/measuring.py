"""Counts and times every request, and writes one line of it into the log."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketer_desktop.observability.logs import log
from marketer_desktop.observability.metrics import count, observe

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"  # what anybody can make up must not make a series of its own
QUIET = frozenset({"/health", "/ready", "/metrics"})  # asked every few seconds by machines


class Measuring:
    """Middleware: a stream counts when it ends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Measure one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500  # what is raised is answered so

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, noting)
        finally:
            _tell(scope, status, time.perf_counter() - began)


def _tell(scope: Scope, status: int, seconds: float) -> None:
    # The route and not the path, which may hold a token or somebody's words.
    endpoint = str(getattr(scope.get("route"), "path", OTHER))
    method = scope["method"] if scope["method"] in METHODS else OTHER
    count("http_requests_total", method=method, endpoint=endpoint, status=str(status))
    observe("http_request_duration_seconds", seconds, method=method, endpoint=endpoint)
    if endpoint not in QUIET:
        log.info("%s %s %d in %.0f ms", method, endpoint, status, seconds * 1000)
