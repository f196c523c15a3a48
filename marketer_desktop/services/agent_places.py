"""Where the next request of an organization can be given to."""

from collections import defaultdict
from uuid import UUID

from marketer_desktop.services.agent_link import AgentLink

ANY = None  # whatever the models of an agent


class AgentPlaces:
    """The free places of an organization's agents here, found without a look at each agent.

    `free` is how many requests they may still be sent together.
    """

    def __init__(self) -> None:
        self.free = 0
        self._load: dict[UUID, int] = {}
        self._models: dict[UUID, set[str | None]] = {}
        # By model and by load; an agent that is full stands nowhere.
        self._standing: defaultdict[str | None, defaultdict[int, dict[UUID, AgentLink]]] = (
            defaultdict(lambda: defaultdict(dict))
        )

    def __bool__(self) -> bool:
        """Whether an agent is here."""
        return bool(self._load)

    def enter(self, link: AgentLink) -> None:
        """An agent has come; what it is at counts."""
        self._load[link.id] = len(link.asked)
        self._models[link.id] = {ANY, *link.hello.models}
        self.free += link.hello.capacity - self._load[link.id]
        self._stand(link)

    def leave(self, link: AgentLink) -> None:
        """An agent has gone."""
        if link.id in self._load:
            self._step_aside(link)
            self.free -= link.hello.capacity - self._load.pop(link.id)
            del self._models[link.id]

    def take(self, model: str | None = ANY) -> AgentLink | None:
        """Take a place of the least busy agent, of those that have this model."""
        standing = self._standing.get(model)
        if not standing:
            return None
        link = next(iter(standing[min(standing)].values()))
        self._change(link, 1)
        return link

    def give_back(self, link: AgentLink) -> None:
        """A place is free again, if the agent is still here."""
        if link.id in self._load:
            self._change(link, -1)

    def _change(self, link: AgentLink, by: int) -> None:
        self._step_aside(link)
        self._load[link.id] += by
        self.free -= by
        self._stand(link)

    def _stand(self, link: AgentLink) -> None:
        load = self._load[link.id]
        if load < link.hello.capacity:
            for model in self._models[link.id]:
                self._standing[model][load][link.id] = link

    def _step_aside(self, link: AgentLink) -> None:
        load = self._load[link.id]
        if load < link.hello.capacity:
            for model in self._models[link.id]:
                alike = self._standing[model][load]
                del alike[link.id]
                if not alike:
                    del self._standing[model][load]
                if not self._standing[model]:
                    del self._standing[model]
