"""Bounds the body of every request, whether it says its length or not."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketer_desktop.api.failures import failed

MB = 1024 * 1024
LARGEST_BODY = 4 * MB  # a text of 100,000 characters with room for its markup and its history
LARGEST_UPLOAD = 100 * MB
AROUND_A_FILE = MB  # the form that a file comes in
TOO_LARGE = "The request is larger than {} MB. Send less at once."
UPLOADS = frozenset({"/api/documents"})


class BoundedBodies:
    """Middleware: 413 as soon as it is known that a body is too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        upload = scope["path"] in UPLOADS
        largest = LARGEST_UPLOAD + AROUND_A_FILE if upload else LARGEST_BODY
        said = TOO_LARGE.format((LARGEST_UPLOAD if upload else LARGEST_BODY) // MB)
        if _length(scope) > largest:
            await failed(413, said)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > largest:
                raise HTTPException(413, said)
            return message

        await self._app(scope, counted, send)


def _length(scope: Scope) -> int:
    told = Headers(scope=scope).get("Content-Length", "")
    return int(told) if told.isdecimal() else 0
