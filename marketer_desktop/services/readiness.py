"""Whether an engine can work now: what it depends on is asked, each for a moment only."""

import asyncio
from collections.abc import Awaitable, Callable

from pydantic import BaseModel

from marketer_desktop.llm.providers import INFO
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts

PATIENCE = 2.0


class Readiness(BaseModel):
    """What answers; `model` is told and keeps nothing from being ready."""

    database: bool
    chromadb: bool
    queue: bool
    model: bool

    @property
    def ready(self) -> bool:
        """Whether requests can be answered."""
        return self.database and self.chromadb and self.queue


async def readiness(parts: Parts) -> Readiness:
    """Ask everything at once."""
    asked: dict[str, Callable[[Parts], Awaitable[object]]] = {
        "database": _database,
        "chromadb": _index,
        "queue": _queue,
        "model": _model,
    }
    found = await asyncio.gather(*(_answers(ask(parts)) for ask in asked.values()))
    return Readiness(**dict(zip(asked, found, strict=True)))


async def _answers(asking: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return await asking is not False
    except Exception:  # whatever it is, it is not ready
        return False


async def _database(parts: Parts) -> object:
    return await parts.database.now()


async def _index(parts: Parts) -> object:
    return await parts.index.answers()


async def _queue(parts: Parts) -> bool:
    return await parts.queue.works()


async def _model(parts: Parts) -> bool:
    """Whether the chosen model could be called; nobody is asked in a cloud."""
    choice = await chosen_model(parts, None)
    if choice.cloud is not None:
        installed = INFO[choice.cloud].installed
        return installed and await parts.models.keys.find(choice.cloud) is not None
    return choice.provider == "starter" or (await parts.models.ollama()).running
