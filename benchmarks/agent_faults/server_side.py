"""The server: the real application on a real database, and runs that ask its agents."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from marketer_desktop.api.routes import agents as door
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.errors import ModelError
from marketer_desktop.llm.retrying import PATIENCE, persistently
from marketer_desktop.services.parts import Parts
from tests.factories.agent_hub import Hub, agent_hub, answer_to, question, questions_of
from tests.factories.engines import running_parts
from tests.factories.serving import Teammate, add_organization, add_teammate
from tests.fakes.ollama_payloads import CHAT
from tests.fakes.scripted_chat_model import ScriptedChatModel

# What is other than in the product: shorter waits.
SETTINGS: tuple[tuple[ModuleType, str, float], ...] = ((door, "SILENCE_SECONDS", 5.0),)
PING_SECONDS, LOOK_SECONDS = 1.0, 0.2
# Counts what PostgreSQL sees: an answer that is written twice is seen, whoever writes it.
WRITTEN = (
    "CREATE TABLE answers_written (request_id uuid NOT NULL)",
    """
    CREATE FUNCTION note_answer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO answers_written VALUES (NEW.id); RETURN NULL; END $$
    """,
    """
    CREATE TRIGGER note_answer AFTER UPDATE OF content, status ON agent_requests FOR EACH ROW
    WHEN (NEW.status = 'completed') EXECUTE FUNCTION note_answer()
    """,
)


class ServerSide:
    """Asks as runs do, and tells how its hub stands."""

    def __init__(self, hub: Hub, owner: Teammate, key: str) -> None:
        self._hub, self._owner = hub, owner
        self._place = {"url": hub.server.url, "key": key}
        self._questions = questions_of(hub.parts, owner, uuid4())

    async def place(self) -> dict[str, str]:
        """Where agents connect, and the key of one."""
        return self._place

    async def ask(self, words: str) -> dict[str, Any]:
        """The `text` of the answer, or the `code` of what was in its way."""

        async def make() -> str:
            return (await answer_to(self._questions, question(words, CHAT.name)))[0]

        try:
            return {"text": await persistently(make, lambda why: None, PATIENCE)}
        except ModelError as error:
            return {"code": type(error).__name__}

    async def state(self) -> dict[str, Any]:
        """Connected agents, their free places, what they are at, and what is open."""
        links = list(self._hub.parts.agents.links.values())
        async with self._hub.parts.database.unit_of_work() as work:
            found = await work.session.execute(text("SELECT status FROM agent_requests"))
            statuses = Counter(found.scalars())
        return {
            "agents": len(links),
            "free": sum(link.hello.capacity - len(link.asked) for link in links),
            "asked": sum(len(link.asked) for link in links),
            "open": statuses["waiting"] + statuses["sent"],
            "completed": statuses["completed"],
        }

    async def written(self) -> list[int]:
        """How often each answer was written."""
        async with self._hub.parts.database.unit_of_work() as work:
            found = await work.session.execute(
                text("SELECT count(*) FROM answers_written GROUP BY request_id")
            )
            return list(found.scalars())


async def server_side(hub: Hub, owner: Teammate) -> ServerSide:
    """The side of a hub that is there."""
    async with hub.parts.database.unit_of_work() as work:
        for statement in WRITTEN:
            await work.session.execute(text(statement))
        await work.commit()
    return ServerSide(hub, owner, (await hub.socket(owner)).key)


@asynccontextmanager
async def open_server_side(url: str, folder: Path) -> AsyncIterator[ServerSide]:
    """A server of its own, on an empty database with our tables."""
    logging.disable(logging.CRITICAL)
    model = ScriptedChatModel(about="coffee")
    async with (
        running_parts(url, folder, model, MiniLmEmbeddings()) as parts,
        agent_hub(parts, PING_SECONDS, LOOK_SECONDS) as hub,
    ):
        yield await server_side(hub, await _owner(parts))
        await asyncio.sleep(0)


async def _owner(parts: Parts) -> Teammate:
    return await add_teammate(parts, "ada@example.com", await add_organization(parts, "Beans"))
