"""Makes the parts of an engine for tests: all of them real but the model."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel

from marketer_desktop.events.bus import EventBus
from marketer_desktop.jobs.queue import Queue
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.factory import ModelFactory, OpenModel
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_activity import run_activity
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database
from tests.factories.runs import never

NOBODY = "http://127.0.0.1:9"  # no Ollama listens here


class ScriptedModels(ModelFactory):
    """Opens the same model, whatever is chosen."""

    def __init__(self, model: BaseChatModel, data_dir: Path, ollama_host: str) -> None:
        super().__init__(StarterServer(data_dir), ollama_host)
        self.model = model
        self.closed = 0

    async def open(self, choice: ModelChoice) -> OpenModel:
        """The scripted model."""
        return OpenModel(self.model, choice, 2048, 5, never, self.close)

    async def close(self) -> None:
        """Count what is closed: a run may leave no connection open."""
        self.closed += 1


@asynccontextmanager
async def running_parts(
    url: str,
    data_dir: Path,
    model: BaseChatModel,
    embeddings: MiniLmEmbeddings,
    ollama_host: str = NOBODY,
) -> AsyncIterator[Parts]:
    """Parts on the database at `url`, with a worker; stopped as an engine stops them."""
    await asyncio.to_thread(data_dir.mkdir, parents=True, exist_ok=True)
    parts = Parts(
        settings=Settings(data_dir=data_dir, model=None),
        database=Database(url, pool_size=8),
        database_url=url,
        postgres=None,
        queue=Queue(connection_parameters(url, "search_path=procrastinate"), Connection),
        index=VectorIndex(data_dir / "chroma"),
        embeddings=embeddings,
        models=ScriptedModels(model, data_dir, ollama_host),
        bus=EventBus(),
    )
    parts.queue.bind(partial(run_activity, parts))
    await parts.queue.start()
    try:
        yield parts
    finally:
        await parts.queue.stop()
        parts.index.close()
        await parts.database.close()


class Ear:
    """Hears what a service emits."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def __call__(self, event: dict[str, Any]) -> None:
        self.heard.append(event)

    def kinds(self) -> list[str]:
        """The kinds of what was heard, runs of the same one as one."""
        kinds = [str(event["kind"]) for event in self.heard]
        return [kind for n, kind in enumerate(kinds) if n == 0 or kinds[n - 1] != kind]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """All events of a kind."""
        return [event for event in self.heard if event["kind"] == kind]
