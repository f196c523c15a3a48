"""An agent as a member's desktop runs it: a real client of the socket, with scripted answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

Frame = dict[str, Any]
MODEL = "llama3.2"


class DesktopAgent:
    """Says hello, keeps what it is sent, and answers when told to."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.pings = 0
        self.asked: list[Frame] = []  # requests, in the order of their coming
        self.cancelled: list[str] = []
        self.requests: asyncio.Queue[Frame] = asyncio.Queue()

    async def say(self, **frame: Any) -> None:
        """Send one frame."""
        await self.socket.send(json.dumps(frame))

    async def hear(self) -> None:
        """Take in what comes until the connection ends."""
        async for text in self.socket:
            frame = json.loads(text)
            if frame["type"] == "ping":
                self.pings += 1
                await self.say(type="pong")
            elif frame["type"] == "cancel":
                self.cancelled.append(frame["id"])
            else:
                self.asked.append(frame)
                self.requests.put_nowait(frame)

    async def next(self) -> Frame:
        """The next request."""
        async with asyncio.timeout(60):
            return await self.requests.get()

    async def answer(self, request: Frame, *pieces: str, **last: Any) -> None:
        """Answer in pieces; `last` is in the frame that ends it."""
        for piece in pieces:
            await self.say(request_id=request["id"], content=piece, done=False)
        await self.say(request_id=request["id"], content="", done=True, **last)

    async def serve(self, write: Callable[[Frame], Awaitable[str]]) -> None:
        """Answer every request."""
        while True:
            request = await self.requests.get()
            text = await write(request)
            middle = len(text) // 2
            usage = {"prompt_tokens": 7, "completion_tokens": len(text.split())}
            await self.answer(request, text[:middle], text[middle:], usage=usage)


@dataclass(frozen=True)
class Socket:
    """Where the agents of an organization connect: a server, and their key."""

    server: str
    key: str

    def open(self) -> connect:
        """A connection that says nothing by itself."""
        return connect(
            self.server.replace("http://", "ws://") + "/agent/connect",
            additional_headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
            ping_interval=None,
            proxy=None,
        )


@asynccontextmanager
async def desktop(
    place: Socket, *, models: tuple[str, ...] = (MODEL,), capacity: int = 1
) -> AsyncIterator[DesktopAgent]:
    """A connected agent that has said hello."""
    async with place.open() as socket:
        agent = DesktopAgent(socket)
        await agent.say(type="hello", agent_version="1", models=models, capacity=capacity)
        hearing = asyncio.create_task(agent.hear())
        try:
            yield agent
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
