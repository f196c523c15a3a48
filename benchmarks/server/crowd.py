"""Many agents at once, each a real client of the socket."""

import asyncio
import contextlib
import json
import time
from typing import Any
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

MODEL = "llama3.2"
HELLO = {"type": "hello", "agent_version": "1", "models": [MODEL], "capacity": 1}
AT_ONCE = 64  # handshakes under way
AGAIN_SECONDS = 1.0


class Agent:
    """One connection; `asked` has the requests that came, each with its moment.

    One that `holds` them does not answer.
    """

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._url, self._headers = url, headers
        self._socket: ClientConnection | None = None
        self._hearing: asyncio.Task[None] | None = None
        self.asked: dict[UUID, float] = {}
        self.holds = False
        self.refused = 0  # how often it was turned away

    async def come(self) -> None:
        """Connect and say hello; who is turned away comes again, as a desktop does."""
        self._socket = await self._connected()
        await self._say(HELLO)
        self._hearing = asyncio.create_task(self._hear(self._socket))

    async def _connected(self) -> ClientConnection:
        while True:
            try:
                return await connect(
                    self._url,
                    additional_headers=self._headers,
                    compression=None,
                    open_timeout=None,
                    ping_interval=None,
                    proxy=None,
                )
            except (InvalidHandshake, OSError):
                self.refused += 1
                await asyncio.sleep(AGAIN_SECONDS)

    async def answer(self, request_id: UUID) -> None:
        """With a word."""
        await self._say({"request_id": str(request_id), "content": "Coffee", "done": True})

    async def drop(self) -> None:
        """Go without a word."""
        if self._socket is not None and self._hearing is not None:
            self._socket.transport.abort()
            await self._hearing

    async def _say(self, frame: dict[str, Any]) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps(frame))

    async def _hear(self, socket: ClientConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for text in socket:
                frame = json.loads(text)
                if frame["type"] == "ping":
                    await self._say({"type": "pong"})
                elif frame["type"] == "llm_request":
                    await self._take(UUID(frame["id"]))

    async def _take(self, request_id: UUID) -> None:
        self.asked[request_id] = time.perf_counter()
        if not self.holds:
            await self.answer(request_id)


class Crowd:
    """So many agents with one key."""

    def __init__(self, url: str, headers: dict[str, str], count: int) -> None:
        socket = url.replace("http://", "ws://") + "/agent/connect"
        self.agents = [Agent(socket, headers) for _ in range(count)]

    async def come(self, at_once: int = AT_ONCE) -> None:
        """All of them."""
        gate = asyncio.Semaphore(at_once)

        async def one(agent: Agent) -> None:
            async with gate:
                await agent.come()

        async with asyncio.TaskGroup() as coming:
            for agent in self.agents:
                coming.create_task(one(agent))

    async def drop(self) -> None:
        """All of them, at once."""
        await asyncio.gather(*(agent.drop() for agent in self.agents))

    def asked(self) -> int:
        """How many requests have come."""
        return sum(len(agent.asked) for agent in self.agents)

    async def begin_anew(self, *, holds: bool) -> None:
        """Answer what is held, and forget what has come."""
        for agent in self.agents:
            if agent.holds:
                for request_id in agent.asked:
                    await agent.answer(request_id)
            agent.holds, agent.asked = holds, {}
