"""Holds the connection of an agent: again and again, until it is told to end."""

import asyncio
import random
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from marketer_desktop import __version__
from marketer_desktop.domain.server_address import server_address
from marketer_desktop.hybrid.agent.answer import Answerer, choice_of, offered
from marketer_desktop.hybrid.agent.visit import Lost, Refused, visit
from marketer_desktop.hybrid.agent.work import Work
from marketer_desktop.hybrid.surroundings import came_into_network, first_of, slept
from marketer_desktop.llm.errors import ModelError
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.observability.departures import Noted
from marketer_desktop.observability.logs import log
from marketer_desktop.services.agent_frames import Hello
from marketer_desktop.services.lending import Lending, State
from marketer_desktop.services.parts import Parts

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds
ANSWERS = "What the models of this machine answered"
STEADY_SECONDS = 60.0  # a connection that held as long was a good one


class LentModels:
    """The models of this machine at one server; `changed` hears of every change.

    `sent` hears of the bytes of answers that leave.
    """

    def __init__(
        self,
        models: ModelFactory,
        server: str,
        key: str,
        changed: Callable[[], None],
        sent: Callable[[int], None] = lambda size: None,
    ) -> None:
        self._models, self._server, self._key = models, server, key
        self._changed, self._sent = changed, sent
        self._work = Work(Answerer(models).answer, changed)
        self._state: State = "connecting"
        self._problem = ""
        self._retry_at = 0.0
        self._names: list[str] = []
        self._task = self._started()

    @property
    def lending(self) -> Lending:
        """How it stands."""
        waits = self._state == "waiting"
        now = asyncio.get_running_loop().time()
        return Lending(
            state=self._state,
            server=self._server,
            problem=self._problem,
            retry_seconds=max(0.0, self._retry_at - now) if waits else None,
            models=self._names,
            capacity=self._work.capacity,
            answered=self._work.answered,
            failed=self._work.failed,
            requests=self._work.requests,
        )

    async def pause(self) -> None:
        """Let the server ask others from now on, also what is under way here."""
        await self.close()
        self._is("paused")

    async def go_on(self) -> None:
        """Connect again, at once."""
        await self.close()
        self._is("connecting")
        self._task = self._started()

    async def close(self) -> None:
        """End the connection, and all that is under way."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._work.stop()

    def _started(self) -> "asyncio.Task[None]":
        return asyncio.create_task(self._hold(), name="agent")

    def _is(self, state: State, problem: str = "") -> None:
        self._state, self._problem = state, problem
        self._changed()

    async def _hold(self) -> None:
        loop, failures = asyncio.get_running_loop(), 0
        while True:
            began = loop.time()
            try:
                await self._visit()
            except Refused as error:
                log.warning("the agent is refused: %s", error)
                self._is("refused", str(error))
                return
            except (Lost, ModelError) as error:
                failures = 0 if loop.time() - began > STEADY_SECONDS else failures + 1
                asked = getattr(error, "retry_after", None) or 0.0
                wait = max(asked, _pause(failures))
                log.info("the agent connects again in %.0f s: %s", wait, error)
                self._retry_at = loop.time() + wait
                self._is("waiting", str(error))
                # After sleep and in another network the server may be there already.
                await first_of(asyncio.sleep(wait), slept(), came_into_network())

    async def _visit(self) -> None:
        self._is("connecting")
        self._names = offered(await self._models.ollama())
        self._work.capacity = await self._models.parallel(choice_of(self._names[0]))
        hello = Hello(
            type="hello",
            agent_version=__version__,
            models=self._names,
            capacity=self._work.capacity,
        )
        arrived = partial(self._is, "connected")
        await visit(self._server, self._key, hello, self._work, arrived, self._sent)


def _pause(failures: int) -> float:
    """Seconds until the next attempt: longer each time.

    At random, so that the agents of a server that comes back do not come all at once.
    """
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures, 10))
    return random.uniform(FIRST_WAIT / 2, longest)


async def lend(parts: Parts, server: str, key: str) -> LentModels:
    """Lend the models of these parts to a server. Raises `ValueError` for its address."""
    address = server_address(server)
    noted = Noted("agent_answer", urlsplit(address).netloc, ANSWERS)
    sent = partial(parts.departures.note, noted)
    return LentModels(parts.models, address, key, lambda: parts.bus.changed("lending"), sent)
