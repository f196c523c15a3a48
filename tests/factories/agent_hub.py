"""A server with its hub of agents, and questions to them, for tests."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from marketer_desktop.llm.agent_chat import Spent
from marketer_desktop.services.agent_keys import CreateAgentKey, create_agent_key
from marketer_desktop.services.agent_questions import AgentQuestions
from marketer_desktop.services.agent_relay import LOOK_SECONDS, PING_SECONDS, AgentRelay
from marketer_desktop.services.parts import Parts
from tests.factories.live_server import LiveServer, live_server
from tests.factories.serving import Teammate
from tests.fakes.desktop_agent import MODEL, Socket
from tests.patience import becomes_true


@dataclass(frozen=True)
class Hub:
    """A server that listens, with its hub at work."""

    server: LiveServer
    parts: Parts
    relay: AgentRelay

    async def socket(self, teammate: Teammate) -> Socket:
        """Where an agent of somebody's organization connects, with a new key."""
        acting = self.parts.acting_as(teammate.member)
        made = await create_agent_key(CreateAgentKey(name="Desktop"), acting, lambda event: None)
        return Socket(self.server.url, made.key)

    async def has(self, count: int) -> None:
        """Return when so many agents are connected and known to the database."""

        async def there() -> bool:
            async with self.parts.database.unit_of_work() as work:
                known = await work.agent_connections.held(set(self.parts.agents.links))
            return len(known) == len(self.parts.agents.links) == count

        await becomes_true(there)


@asynccontextmanager
async def agent_hub(
    parts: Parts, ping: float = PING_SECONDS, look: float = LOOK_SECONDS
) -> AsyncIterator[Hub]:
    """Serve until the end."""
    relay = AgentRelay(parts, ping, look)
    await relay.start()
    try:
        async with live_server(parts) as server:
            yield Hub(server, parts, relay)
    finally:
        await relay.stop()


def question(words: str, model: str = MODEL) -> dict[str, Any]:
    """A request with these words."""
    message = {"role": "user", "content": words}
    options = {"seed": 1}
    return {
        "model": model,
        "messages": [message],
        "options": options,
        "format": None,
        "stream": True,
    }


def questions_of(parts: Parts, teammate: Teammate, scope: UUID | None = None) -> AgentQuestions:
    """Questions to the agents of somebody's organization."""
    return AgentQuestions(parts, teammate.organization_id, scope or uuid4())


async def answer_to(questions: AgentQuestions, request: dict[str, Any]) -> tuple[str, Spent]:
    """The whole answer to a request, and what it took."""
    pieces: list[str] = []
    async with aclosing(questions.ask(request)) as answer:
        async for part in answer:
            if isinstance(part, Spent):
                return "".join(pieces), part
            pieces.append(part)
    raise AssertionError("an answer without an end")
