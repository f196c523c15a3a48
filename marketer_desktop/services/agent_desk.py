"""What this process knows of agents: those connected to it, and who waits here for answers."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from marketer_desktop.services.agent_frames import Over, Taken, Told
from marketer_desktop.services.agent_link import AgentLink, Asked
from marketer_desktop.services.agent_places import AgentPlaces

News = Taken | Told | Over | None
CANCEL_SECONDS = 10.0  # in which an agent says that it has stopped; then its place is free


class AgentDesk:
    """One in each process; holds no connection to the database itself."""

    def __init__(self) -> None:
        self.hub = uuid4()  # the name of this process
        self.links: dict[UUID, AgentLink] = {}
        self._places: dict[int, AgentPlaces] = {}
        self._holders: dict[UUID, AgentLink] = {}  # who is at a request
        self.withdrawn: set[UUID] = set()  # requests whose agents have yet to stop
        self._ears: dict[UUID, set[asyncio.Queue[News]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.waiting: asyncio.Queue[int] = asyncio.Queue()  # organizations with requests
        self.told: asyncio.Queue[Told] = asyncio.Queue()  # to be announced

    def enter(self, link: AgentLink) -> None:
        """An agent has come."""
        self.links[link.id] = link
        self._places.setdefault(link.organization_id, AgentPlaces()).enter(link)

    def leave(self, link: AgentLink) -> None:
        """An agent has gone."""
        self.links.pop(link.id, None)
        for request_id in link.asked:
            self._forget(request_id)
        if places := self._places.get(link.organization_id):
            places.leave(link)
            if not places:
                del self._places[link.organization_id]

    def places_of(self, organization_id: int) -> AgentPlaces:
        """Where requests of an organization can be given to here."""
        return self._places.get(organization_id) or AgentPlaces()

    def is_held(self, request_id: UUID) -> bool:
        """Whether an agent here is at a request."""
        return request_id in self._holders

    def give(self, link: AgentLink, request_id: UUID) -> None:
        """An agent is at a request from now on, in a place that was taken before."""
        if link.id in self.links:
            link.asked[request_id] = Asked()
            self._holders[request_id] = link

    def send(self, link: AgentLink, frame: dict[str, Any]) -> None:
        """Give an agent a frame; nobody waits for one that does not read."""
        task = asyncio.create_task(_sent(link, frame), name="frame for an agent")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def withdraw(self, request_id: UUID) -> None:
        """Have the agent that is at a request stop, if it is here."""
        link = self._holders.get(request_id)
        if link is not None and request_id not in self.withdrawn:
            link.asked[request_id].withdrawn = True
            self.withdrawn.add(request_id)
            self.send(link, {"type": "cancel", "id": str(request_id)})
            loop = asyncio.get_running_loop()
            loop.call_later(CANCEL_SECONDS, self._give_up, link, request_id)

    def _give_up(self, link: AgentLink, request_id: UUID) -> None:
        asked = link.asked.get(request_id)
        if link.id in self.links and asked is not None and asked.withdrawn:
            self.release(link, request_id)

    def release(self, link: AgentLink, request_id: UUID) -> None:
        """The agent is no longer at a request, and may take another one."""
        if link.asked.pop(request_id, None) is not None:
            self._forget(request_id)
            self.places_of(link.organization_id).give_back(link)
        self.waiting.put_nowait(link.organization_id)

    def _forget(self, request_id: UUID) -> None:
        self._holders.pop(request_id, None)
        self.withdrawn.discard(request_id)

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
