"""A team server with an owner, behind a real socket: what the proof asks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from marketer_desktop.api.app import create_app
from marketer_desktop.api.serving import listen, serve
from marketer_desktop.services.parts import Parts
from tests.factories.permission_worlds import World, make_worlds

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Team:
    """Where it listens, who owns the organization that is asked in, and who owns another one."""

    url: str
    owner: World
    stranger: World


@asynccontextmanager
async def team(parts: Parts) -> AsyncIterator[Team]:
    """Serve until the end, without limits of pace; what is queued waits."""
    await parts.queue.pause()
    paces = {"requests_per_minute": 0, "logins_per_minute": 0}
    parts = replace(parts, settings=parts.settings.model_copy(update=paces))
    owner, stranger = await make_worlds(parts, ["owner", "owner"])
    ending, listening = asyncio.Event(), listen(HOST, 0)
    serving = asyncio.create_task(serve(create_app(parts), listening, ending))
    try:
        yield Team(f"http://{HOST}:{listening.getsockname()[1]}", owner, stranger)
    finally:
        ending.set()
        await serving
