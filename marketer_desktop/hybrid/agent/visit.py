"""One connection of the agent to its server, from the handshake to its end."""

import asyncio
import json
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.hybrid.agent.frames import Cancel, LlmRequest, frame_of
from marketer_desktop.hybrid.agent.work import Work
from marketer_desktop.hybrid.surroundings import first_of, left_network, slept
from marketer_desktop.llm.errors import wait_named_in
from marketer_desktop.observability.logs import log
from marketer_desktop.services.agent_frames import Hello

LARGEST_FRAME = 8 * 2**20  # bytes
SILENCE_SECONDS = 60.0
CLOSE_SECONDS = 2.0  # for the farewell: a server that is gone says none
REVOKED = 4401
TURNED_AWAY = {
    401: "The server does not know this agent key, or it has expired. Make a new one there.",
    403: "The server does not let this agent in. Ask who runs it.",
}
NOT_THERE = "There is no Marketer server at this address (HTTP {status}). Check the address."


class Refused(Exception):
    """The server does not want this agent: trying again cannot help."""


class Lost(Exception):
    """There is no connection; `retry_after` are the seconds that the server asks for."""

    retry_after = 0.0


async def visit(
    server: str,
    key: str,
    hello: Hello,
    work: Work,
    arrived: Callable[[], None],
    sent: Callable[[int], None],
) -> None:
    """Answer what the server asks until the connection ends, which raises `Lost` or `Refused`.

    `arrived` is called when the server has let the agent in, `sent` hears how many bytes of answers
    have left.
    """
    host = urlsplit(server).hostname or ""
    address = f"ws{server.removeprefix('http')}/agent/connect"
    try:
        async with connect(
            address,
            additional_headers={"Authorization": f"Bearer {key}"},
            proxy=None if is_loopback(host) else True,
            ping_interval=None,  # the protocol has its own, and servers of other makers may not
            max_size=LARGEST_FRAME,
            close_timeout=CLOSE_SECONDS,
        ) as socket:
            arrived()
            await _Talk(socket, hello, work, sent).last()
    except ConnectionClosed as error:
        raise _ended(error) from error
    except (InvalidHandshake, OSError, TimeoutError) as error:
        raise _not_reached(error) from error


class _Talk:
    def __init__(
        self, socket: ClientConnection, hello: Hello, work: Work, sent: Callable[[int], None]
    ) -> None:
        self._socket, self._hello, self._work, self._sent = socket, hello, work, sent
        self._out: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def last(self) -> None:
        """Until one side has ended it."""
        self._say(self._hello.model_dump())
        try:
            await first_of(self._hear(), self._tell(), _sleep(), _move(self._socket))
        finally:
            self._work.disconnected(self._say)

    def _say(self, frame: dict[str, Any]) -> None:
        self._out.put_nowait(frame)

    async def _tell(self) -> None:
        while True:
            frame = await self._out.get()
            text = json.dumps(frame)
            await self._socket.send(text)
            if "request_id" in frame:
                self._sent(len(text))

    async def _hear(self) -> None:
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    text = await self._socket.recv()
            except TimeoutError:
                raise Lost("The server has said nothing for a minute.") from None
            self._heard(text)

    def _heard(self, text: str | bytes) -> None:
        try:
            frame = frame_of(text)
        except ValueError:  # a newer server may say more
            log.warning("the server said what this version does not understand")
            return
        if isinstance(frame, LlmRequest):
            self._work.take(frame, self._say)
        elif isinstance(frame, Cancel):
            self._work.cancel(frame.id)
        elif frame.type == "ping":
            self._say({"type": "pong"})


async def _sleep() -> None:
    await slept()
    raise Lost("This computer has slept.")  # its connections are gone without a word


async def _move(socket: ClientConnection) -> None:
    await left_network(str(socket.local_address[0]))
    raise Lost("This computer has left the network that the server was reached by.")


def _ended(error: ConnectionClosed) -> Exception:
    code = error.rcvd.code if error.rcvd is not None else None
    said = error.rcvd.reason if error.rcvd is not None else ""
    if code == REVOKED:
        return Refused(said or "The key of this agent is revoked. Make a new one.")
    return Lost(said or "The connection to the server broke.")


def _not_reached(error: Exception) -> Exception:
    if isinstance(error, InvalidStatus):
        return _turned_away(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Lost(f"The server's certificate is not trusted: {error.verify_message}.")
    if isinstance(error, TimeoutError):
        return Lost("The server does not answer.")
    if isinstance(error, OSError):
        return Lost(f"The server cannot be reached: {error.strerror or error}.")
    return Lost("What answers at this address is no Marketer server. Check the address.")


def _turned_away(error: InvalidStatus) -> Exception:
    status = error.response.status_code
    if status in TURNED_AWAY:
        return Refused(TURNED_AWAY[status])
    if status in (429, 502, 503, 504):
        lost = Lost("The server is busy or starts.")
        lost.retry_after = wait_named_in(error.response.headers) or 0.0
        return lost
    return Lost(NOT_THERE.format(status=status))
