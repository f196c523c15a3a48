"""The socket of agents: desktops that lend their models to their organization."""

import asyncio
from contextlib import suppress

from fastapi import WebSocket
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from marketer_desktop.api.failures import failed
from marketer_desktop.observability.logs import log
from marketer_desktop.services.access import INVALID
from marketer_desktop.services.agent_frames import Hello
from marketer_desktop.services.agent_hub import farewell, heard, welcome
from marketer_desktop.services.agent_keys import AgentKey, agent_key_of
from marketer_desktop.services.agent_link import AgentLink
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized
from marketer_desktop.storage.outage import DatabaseOutage

SILENCE_SECONDS = 60.0
SILENT = (4408, "Nothing was heard for a minute. Connect again.")
NOT_TEXT = (1003, "Send text.")
NOT_PROTOCOL = (1008, "This is none of the protocol of agents.")
NO_DATABASE = (1013, "The database does not answer just now. Connect again in a moment.")


async def agents(scope: Scope, receive: Receive, send: Send) -> None:
    """Hold an agent's connection until it goes, is silent, or its key is no longer good."""
    visit = await _admitted(WebSocket(scope, receive, send))
    if visit is not None:
        await visit.last()


async def _admitted(websocket: WebSocket) -> "_Visit | None":
    """None for one that was turned away."""
    parts: Parts = websocket.app.state.parts
    scheme, _, token = websocket.headers.get("authorization", "").partition(" ")
    try:
        key = await agent_key_of(parts, token if scheme.lower() == "bearer" else "")
        if not key.permissions.llm_processing:
            raise Unauthorized(INVALID)
    except Unauthorized as error:
        await _turn_away(websocket, 401, str(error))
        return None
    except DatabaseOutage as error:
        await _turn_away(websocket, 503, str(error))
        return None
    await websocket.accept()
    websocket.scope["headers"] = []  # they have been read, and would be kept to the end
    return _Visit(websocket, parts, key)


async def _turn_away(websocket: WebSocket, status: int, message: str) -> None:
    await websocket.send_denial_response(failed(status, message))
    # Uvicorn takes the handshake for forgotten if its connection is still there when we return.
    await asyncio.sleep(0)


class _Gone(Exception):
    """The agent has closed the connection, or it broke."""


class _Refused(Exception):
    """What the agent said was no text."""


class _Visit:
    """One connection, from its acceptance to its end."""

    # There are thousands of them: each keeps only what it needs, and that is not the whole key.
    __slots__ = ("_closing", "_of", "_parts", "_patience", "_websocket")

    def __init__(self, websocket: WebSocket, parts: Parts, key: AgentKey) -> None:
        self._websocket, self._parts = websocket, parts
        self._of = (key.organization_id, key.id, key.expires_at)
        self._patience = asyncio.timeout(SILENCE_SECONDS)
        self._closing: tuple[int, str] | None = None

    async def last(self) -> None:
        """Hear what the agent says until the end, and say why it is one."""
        try:
            await self._hear()
            return
        except TimeoutError:
            code, reason = self._closing or SILENT
        except _Refused:
            code, reason = NOT_TEXT
        except ValueError:
            code, reason = NOT_PROTOCOL
        except DatabaseOutage:
            code, reason = NO_DATABASE
        log.info("an agent is sent away: %d %s", code, reason)
        with suppress(RuntimeError, WebSocketDisconnect):  # it may have gone by itself
            await self._websocket.close(code, reason)

    async def _hear(self) -> None:
        link: AgentLink | None = None
        try:
            async with self._patience:
                hello = Hello.model_validate_json(await self._text())
                link = self._link(hello)
                await welcome(self._parts, link)
                while True:
                    await heard(self._parts, link, await self._text())
        except _Gone:
            return
        finally:
            if link is not None:
                with suppress(DatabaseOutage):  # the relay misses it then
                    await farewell(self._parts, link)

    def _link(self, hello: Hello) -> AgentLink:
        return AgentLink(*self._of, hello, self._websocket.send_json, self._end)

    async def _text(self) -> str:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise _Gone
        if self._closing is None:
            self._patience.reschedule(asyncio.get_running_loop().time() + SILENCE_SECONDS)
        text = message.get("text")
        if text is None:
            raise _Refused
        return str(text)

    def _end(self, code: int, reason: str) -> None:
        if self._closing is None:
            self._closing = (code, reason)
            with suppress(RuntimeError):  # it is at its end already
                self._patience.reschedule(asyncio.get_running_loop().time())
