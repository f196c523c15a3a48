"""The API behind a real socket, and clients that read its streams."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from marketer_desktop.api.app import create_app, equip
from marketer_desktop.services.parts import Parts
from tests.factories.serving import Teammate, signed_in
from tests.patience import becomes_true


@dataclass(frozen=True)
class LiveServer:
    """An application that listens on a port of this machine."""

    app: FastAPI
    url: str

    @asynccontextmanager
    async def client(self, teammate: Teammate) -> AsyncIterator[httpx.AsyncClient]:
        """A client that is signed in."""
        headers = signed_in(self.app.state.parts, teammate)
        async with httpx.AsyncClient(
            base_url=self.url, headers=headers, timeout=60, trust_env=False
        ) as client:
            yield client


_idle: list[FastAPI] = []  # built for servers that have ended: half a second each


@asynccontextmanager
async def live_server(parts: Parts) -> AsyncIterator[LiveServer]:
    """Listen until the end; streams that are still open then are told so."""
    app = _idle.pop() if _idle else create_app(parts)
    equip(app, parts)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())

    async def listening() -> bool:
        return server.started

    await becomes_true(listening)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield LiveServer(app, f"http://127.0.0.1:{port}")
    finally:
        app.state.closing.set()
        server.should_exit = True
        await serving
        _idle.append(app)


@dataclass(frozen=True)
class Sent:
    """One event as it came over the wire; a comment has no data."""

    id: int | None
    event: str | None
    data: dict[str, Any] | None

    @property
    def step(self) -> tuple[str, int]:
        """The step and its progress."""
        assert self.data is not None
        return self.data["step"], self.data["progress"]


async def events_of(response: httpx.Response) -> AsyncGenerator[Sent, None]:
    """Read a stream as a client of server-sent events does."""
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
            continue
        data = json.loads(fields["data"]) if "data" in fields else None
        number = int(fields["id"]) if "id" in fields else None
        yield Sent(number, fields.get("event"), data)
        fields = {}
