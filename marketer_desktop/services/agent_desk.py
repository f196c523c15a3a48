"""What this process knows of agents: those connected to it, and who waits here for answers."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any
from uuid import UUID, uuid4

from marketer_desktop.services.agent_frames import Hello, Over, Taken, Told

News = Taken | Told | Over | None
CANCEL_SECONDS = 10.0  # in which an agent says that it has stopped; then its place is free


@dataclass
class Asked:
    """A request that an agent is at: what has come of its answer, and whether anybody waits."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    withdrawn: bool = False


@dataclass(eq=False, slots=True)
class AgentLink:
    """A connected agent. `send` gives it a frame, `end(code, reason)` closes the connection."""

    organization_id: int
    key_id: int
    expires_at: datetime | None  # its key
    hello: Hello
    send: Callable[[dict[str, Any]], Awaitable[None]]
    end: Callable[[int, str], None]
    id: UUID = field(default_factory=uuid4)
    asked: dict[UUID, Asked] = field(default_factory=dict)
    pinged_at: float = 0.0

    @property
    def free(self) -> int:
        """How many more requests it may be sent."""
        return self.hello.capacity - len(self.asked)

    def model_for(self, wanted: str) -> str:
        """The model it answers with: the one that is wanted, else its first."""
        return wanted if wanted in self.hello.models else self.hello.models[0]


# How many requests an agent is at, a number that no other one has, and the agent.
Place = tuple[int, int, AgentLink]


def places_of(free: Sequence[AgentLink]) -> list[Place]:
    """Where requests can be given to: to be asked for with `least_busy` alone."""
    places = [(len(link.asked), number, link) for number, link in enumerate(free)]
    heapify(places)
    return places


def least_busy(places: list[Place], model: str | None = None) -> AgentLink | None:
    """Take one place of the least busy agent, of those that have this model."""
    others, found = [], None
    while places and found is None:
        load, number, link = heappop(places)
        if model is None or model in link.hello.models:
            found = link
            if load + 1 < link.hello.capacity:
                others.append((load + 1, number, link))
        else:
            others.append((load, number, link))
    for place in others:
        heappush(places, place)
    return found


class AgentDesk:
    """One in each process; holds no connection to the database itself."""

    def __init__(self) -> None:
        self.hub = uuid4()  # the name of this process
        self.links: dict[UUID, AgentLink] = {}
        self._of_organization: dict[int, dict[UUID, AgentLink]] = {}
        self._ears: dict[UUID, set[asyncio.Queue[News]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.waiting: asyncio.Queue[int] = asyncio.Queue()  # organizations with requests
        self.told: asyncio.Queue[Told] = asyncio.Queue()  # to be announced

    def enter(self, link: AgentLink) -> None:
        """An agent has come."""
        self.links[link.id] = link
        self._of_organization.setdefault(link.organization_id, {})[link.id] = link

    def leave(self, link: AgentLink) -> None:
        """An agent has gone."""
        self.links.pop(link.id, None)
        others = self._of_organization.get(link.organization_id, {})
        others.pop(link.id, None)
        if not others:
            self._of_organization.pop(link.organization_id, None)

    def links_of(self, organization_id: int) -> list[AgentLink]:
        """The agents of an organization here."""
        return list(self._of_organization.get(organization_id, {}).values())

    def send(self, link: AgentLink, frame: dict[str, Any]) -> None:
        """Give an agent a frame; nobody waits for one that does not read."""
        task = asyncio.create_task(_sent(link, frame), name="frame for an agent")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def withdraw(self, request_id: UUID) -> None:
        """Have the agent that is at a request stop, if it is here."""
        for link in self.links.values():
            asked = link.asked.get(request_id)
            if asked is not None and not asked.withdrawn:
                asked.withdrawn = True
                self.send(link, {"type": "cancel", "id": str(request_id)})
                loop = asyncio.get_running_loop()
                loop.call_later(CANCEL_SECONDS, self._give_up, link, request_id)

    def _give_up(self, link: AgentLink, request_id: UUID) -> None:
        asked = link.asked.get(request_id)
        if link.id in self.links and asked is not None and asked.withdrawn:
            self.release(link, request_id)

    def release(self, link: AgentLink, request_id: UUID) -> None:
        """The agent is no longer at a request, and may take another one."""
        link.asked.pop(request_id, None)
        self.waiting.put_nowait(link.organization_id)

    @contextmanager
    def hearing(self, request_id: UUID) -> Iterator["asyncio.Queue[News]"]:
        """A queue with the news of a request; None says that some may have been missed."""
        ear: asyncio.Queue[News] = asyncio.Queue()
        ears = self._ears.setdefault(request_id, set())
        ears.add(ear)
        try:
            yield ear
        finally:
            ears.discard(ear)
            if not ears:
                self._ears.pop(request_id, None)

    def tell(self, news: Taken | Told | Over) -> None:
        """Hand news of a request to whoever waits for it here."""
        for ear in self._ears.get(news.request_id, ()):
            ear.put_nowait(news)

    def look_again(self) -> None:
        """Tell everybody who waits that news may have been missed."""
        for ears in self._ears.values():
            for ear in ears:
                ear.put_nowait(None)

    async def close(self) -> None:
        """Let nothing go on in the background."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _sent(link: AgentLink, frame: dict[str, Any]) -> None:
    try:
        await link.send(frame)
    except Exception:  # it has gone: whoever reads from it notices
        link.end(1011, "")
