"""The owner's end of the channel: takes calls of other processes, several at once."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from marketer_desktop import __version__
from marketer_desktop.system.attach.address import Address, listen, withdraw
from marketer_desktop.system.attach.wire import (
    HANDSHAKE_SECONDS,
    PROTOCOL,
    Emit,
    Message,
    WireError,
    end,
    read,
    write,
)

Dispatch = Callable[[str, Message, Emit], Awaitable[Message]]


class AttachServer:
    """Listens for the owner of `data_dir`; all of it runs in one event loop."""

    def __init__(self, data_dir: Path, dispatch: Dispatch) -> None:
        """`dispatch(name, arguments, emit)` does a call; `emit` sends an event meanwhile.

        What it raises reaches the caller as RemoteError with the exception's name and text.
        """
        self._data_dir = data_dir
        self._dispatch = dispatch
        self._server: asyncio.Server | None = None
        self._address: Address | None = None
        self._peers: dict[_Peer, asyncio.Task[None]] = {}
        self._closing = False

    @property
    def calls_in_flight(self) -> int:
        """How many calls of other processes are being done now."""
        return sum(len(peer.calls) for peer in self._peers)

    async def start(self) -> None:
        """Begin to listen. Only the owner may: it replaces what a dead owner left."""
        self._server, self._address = await listen(self._data_dir, self._serve)

    async def close(self) -> None:
        """Take no more calls, finish those in flight however long they take, and end."""
        if self._server is None or self._address is None:
            return
        self._closing = True
        self._server.close()
        withdraw(self._data_dir, self._address)
        while calls := [call for peer in self._peers for call in peer.calls.values()]:
            await asyncio.wait(calls)
        peers = dict(self._peers)
        for peer in peers:
            peer.hang_up()
        await asyncio.gather(*peers.values(), return_exceptions=True)
        await self._server.wait_closed()
        self._server = self._address = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or self._address is None:
            return
        peer = _Peer(reader, writer, self._begin)
        self._peers[peer] = task
        try:
            await peer.serve(self._address.token)
        finally:
            del self._peers[peer]

    def _begin(self, name: str, arguments: Message, emit: Emit) -> Awaitable[Message]:
        if self._closing:
            raise OwnerClosing("The app is closing. Try again in a moment.")
        return self._dispatch(name, arguments, emit)


class OwnerClosing(RuntimeError):
    """The owner takes no more calls."""


class _Peer:
    """One process that is attached, and its calls in flight by their number."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, begin: Dispatch
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._begin = begin
        self.calls: dict[int, asyncio.Task[None]] = {}

    async def serve(self, token: str) -> None:
        """Greet, then take calls until the peer leaves; its calls are cancelled then."""
        with suppress(WireError, OSError, TimeoutError):
            if await self._greeted(token):
                while (message := await read(self._reader)) is not None:
                    self._take(message)
        calls = list(self.calls.values())
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await end(self._writer)

    def hang_up(self) -> None:
        """End the connection once everything written has gone out."""
        self._writer.close()

    async def _greeted(self, token: str) -> bool:
        async with asyncio.timeout(HANDSHAKE_SECONDS):
            hello = await read(self._reader) or {}
        known = secrets.compare_digest(str(hello.get("token")).encode(), token.encode())
        same = (hello.get("protocol"), hello.get("version")) == (PROTOCOL, __version__)
        answer: Message = {"welcome": known and same}
        if known and not same:
            answer["version"] = __version__
        write(self._writer, answer)
        return known and same

    def _take(self, message: Message) -> None:
        match message:
            case {"call": int(number), "name": str(name), "arguments": dict(arguments)}:
                call = asyncio.create_task(self._do(number, name, arguments))
                self.calls[number] = call
                call.add_done_callback(lambda _: self.calls.pop(number, None))
            case {"cancel": int(number)}:
                if number in self.calls:
                    self.calls[number].cancel()
            case _:
                raise WireError("an unknown message")

    async def _do(self, number: int, name: str, arguments: Message) -> None:
        try:
            value = await self._begin(
                name,
                arguments,
                lambda event: write(self._writer, {"emit": number, "event": event}),
            )
            write(self._writer, {"result": number, "value": value})
        except asyncio.CancelledError:
            self._fail(number, "CancelledError", "The work was cancelled.")
            raise
        except Exception as error:
            self._fail(number, type(error).__name__, str(error))

    def _fail(self, number: int, kind: str, message: str) -> None:
        write(self._writer, {"error": number, "kind": kind, "message": message})
