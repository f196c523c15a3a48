"""Answers the API to other programs of this computer, within the engine of a window."""

import asyncio
import socket
from contextlib import AsyncExitStack

from fastapi import FastAPI

from marketer_desktop.api.app import create_app
from marketer_desktop.api.hardening import LocalAccess
from marketer_desktop.api.serving import listen, serve
from marketer_desktop.observability.metrics import switch_on
from marketer_desktop.services.agent_relay import AgentRelay
from marketer_desktop.services.parts import Parts
from marketer_desktop.system.kept_token import KeptToken
from marketer_desktop.system.launch_file import announced, new_token
from marketer_desktop.system.threads import run_to_the_end

HOST = "127.0.0.1"


class Answering:
    """The API at `address`, in this process's loop."""

    def __init__(self, address: str, task: "asyncio.Task[None]", ending: asyncio.Event) -> None:
        self.address, self._task, self._ending = address, task, ending

    @property
    def is_open(self) -> bool:
        """Whether it is answered."""
        return not self._task.done()

    async def close(self) -> None:
        """Finish what is under way, and take no more."""
        self._ending.set()
        await asyncio.gather(self._task, return_exceptions=True)


async def answer_this_computer(parts: Parts, port: int, token: KeptToken) -> Answering:
    """Answer at once. Raises OSError if the port is taken."""
    address, launch, ending = f"http://{HOST}:{port}", new_token(), asyncio.Event()
    async with AsyncExitStack() as stack:
        listening = stack.enter_context(listen(HOST, port))
        await run_to_the_end(switch_on, "local")
        # Half a second, in which the engine does other things.
        app = await run_to_the_end(create_app, parts, LocalAccess(port, launch, token.fits))
        stack.enter_context(announced(parts.data_dir, address, launch))
        agents = AgentRelay(parts)
        await agents.start()
        stack.push_async_callback(agents.stop)
        work = _answer(app, listening, stack.pop_all(), ending)
        return Answering(address, asyncio.create_task(work, name="local API"), ending)


async def _answer(
    app: FastAPI, listening: socket.socket, held: AsyncExitStack, ending: asyncio.Event
) -> None:
    async with held:
        await serve(app, listening, ending)
