"""A way to a server on which connections break as they do: between, and in, what is said."""

import asyncio
import random
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

Cut = Literal[
    "reset",
    "gone for a while",
    "end towards the server",
    "end towards the desktop",
    "torn frame to the server",
    "torn frame to the desktop",
    "torn handshake",
    "stall",
]
CHUNK = 65536
TEAR_SECONDS = 0.3  # in which something has to come that can be torn
AWAY_SECONDS = (0.05, 0.4)
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing resets the connection


@dataclass(eq=False)
class _Pipe:
    """One direction of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    tear: Callable[[bytes], bytes] | None = None
    stalls: bool = False
    ended: bool = False
    torn: asyncio.Event = field(default_factory=asyncio.Event)

    async def hand_on(self) -> None:
        try:
            while data := await self.reader.read(CHUNK):
                if self.stalls:
                    continue
                if self.tear is not None:
                    self.writer.write(self.tear(data))
                    await self.writer.drain()
                    self.torn.set()
                    return
                if self.ended:
                    continue
                self.writer.write(data)
                await self.writer.drain()
            if not self.stalls:
                self.end()
        except OSError:
            pass

    def end(self) -> None:
        """Say no more in this direction; the other one stays."""
        self.ended = True
        if self.writer.can_write_eof() and not self.writer.is_closing():
            self.writer.write_eof()

    def reset(self) -> None:
        own = self.writer.get_extra_info("socket")
        if own is not None and own.fileno() >= 0:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.writer.transport.abort()


@dataclass(eq=False)
class _Line:
    """A connection, both ways."""

    up: _Pipe
    down: _Pipe
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    def reset(self) -> None:
        """Break it towards both sides, without a word."""
        self.up.reset()
        self.down.reset()


class FaultyWay:
    """Hands every byte on to `port` of this machine until it is told to `cut`."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self.port = port
        self._chance = chance
        self._lines: list[_Line] = []
        self._running: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._away = False
        self._tears_handshake = False
        self.connections = 0  # since the start

    @property
    def address(self) -> str:
        """`http://127.0.0.1:port`."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._come, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        _reset(self._lines)
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    @property
    def is_whole(self) -> bool:
        """Whether there is a connection that was not cut."""
        return bool(self._lines)

    async def cut(self, how: Cut) -> None:
        """Break the connections there are."""
        lines, self._lines = self._lines, []
        if how == "stall":  # nobody hears of it: both sides have to miss the other
            for line in lines:
                line.up.stalls = line.down.stalls = True
        elif how == "end towards the server":
            for line in lines:
                line.up.end()
        elif how == "end towards the desktop":
            for line in lines:
                line.down.end()
        elif how in ("torn frame to the server", "torn frame to the desktop"):
            await self._tear([line.up if "server" in how else line.down for line in lines])
            _reset(lines)
        else:
            self._tears_handshake = how == "torn handshake"
            self._away = how == "gone for a while"
            _reset(lines)
            if self._away:
                await asyncio.sleep(self._chance.uniform(*AWAY_SECONDS))
                self._away = False

    async def _tear(self, pipes: list[_Pipe]) -> None:
        for pipe in pipes:
            pipe.tear = self._part
        try:
            async with asyncio.timeout(TEAR_SECONDS):
                for pipe in pipes:
                    await pipe.torn.wait()
        except TimeoutError:
            return

    def _part(self, data: bytes) -> bytes:
        return data[: self._chance.randrange(1, len(data))] if len(data) > 1 else b""

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        self.connections += 1
        if self._away:
            writer.transport.abort()
            return
        there = await asyncio.open_connection("127.0.0.1", self.port)
        line = _Line(_Pipe(reader, there[1]), _Pipe(there[0], writer))
        if self._tears_handshake:
            self._tears_handshake = False
            line.up.tear = self._part
        self._lines.append(line)
        try:
            await asyncio.gather(line.up.hand_on(), line.down.hand_on(), self._torn(line))
        finally:
            line.reset()
            if line in self._lines:
                self._lines.remove(line)

    async def _torn(self, line: _Line) -> None:
        """A handshake that was torn is followed by nothing."""
        if line.up.tear is not None:
            await line.up.torn.wait()
            line.reset()


def _reset(lines: list[_Line]) -> None:
    for line in lines:
        line.reset()
