"""Gives every request its id and its way into the log, and answers what nobody foresaw."""

from uuid import UUID, uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketer_desktop.api.failures import internal_error
from marketer_desktop.observability.request_context import (
    Client,
    asking_client,
    request_context,
)

HEADER = "X-Request-ID"
STARTS = ("http.response.start", "websocket.http.response.start", "websocket.accept")


class RequestIds:
    """Middleware: the client's `X-Request-ID` if it is a UUID, else a new one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request_id, client = _read(scope)
        begun = False

        async def with_id(message: Message) -> None:
            nonlocal begun
            if message["type"] in STARTS:
                begun = True
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        from_whom = asking_client.set(client)
        token = request_context.set({"request_id": request_id})
        try:
            await self._app(scope, receive, with_id)
        except Exception as error:
            if begun:  # the status is sent: the client sees that the answer breaks off
                raise
            await internal_error(error)(scope, receive, with_id)
        finally:
            request_context.reset(token)
            asking_client.reset(from_whom)


def _read(scope: Scope) -> tuple[str, Client]:
    headers = Headers(scope=scope)
    address, _ = scope.get("client") or (None, 0)
    client = Client(address, headers.get("User-Agent"))
    return str(_uuid(headers.get(HEADER)) or uuid4()), client


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
