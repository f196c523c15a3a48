"""Starts many runs together on one worker and takes the time of each."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from langgraph.checkpoint.memory import InMemorySaver

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.events.bus import EventBus
from marketer_desktop.jobs.queue import Queue
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.services import run_activity as job
from marketer_desktop.services.generate_content import start
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.checkpoints import open_checkpointer
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database
from tests.fakes.ollama_payloads import CHAT

BRIEF = Brief(type=ContentType.BLOG, topic="fresh coffee for the office", words=300)
MODEL = ModelChoice("ollama", CHAT.name)
ENDED_WELL = frozenset({"completed", "needs_attention"})


@dataclass(frozen=True)
class Timed:
    """One run: seconds from the start of the crowd to its first and to its last moment."""

    began: float
    ended: float
    status: str


class UnlockedSaver(InMemorySaver):
    """The control: a saver of each run's own, without a database; `conn` is for the lease."""

    conn: Any


@asynccontextmanager
async def unlocked(url: str) -> AsyncIterator[UnlockedSaver]:
    """In the place of the savers in PostgreSQL; leases stay what they are."""
    async with open_checkpointer(url) as real:
        saver = UnlockedSaver()
        saver.conn = real.conn
        yield saver


class Crowd:
    """A worker that may run `count` runs of one brief at once, with a model at `address`."""

    brief = BRIEF

    def __init__(
        self, url: str, folder: Path, embeddings: MiniLmEmbeddings, address: str, count: int
    ) -> None:
        self._url, self._count = url, count
        parameters = connection_parameters(url, "search_path=procrastinate")
        self.parts = Parts(
            settings=Settings(data_dir=folder, model=None),
            database=Database(url),
            database_url=url,
            postgres=None,
            queue=Queue(parameters, Connection, count),
            index=VectorIndex(folder / "chroma"),
            embeddings=embeddings,
            models=ModelFactory(StarterServer(folder), address),
            bus=EventBus(),
        )
        self._moments: dict[int, tuple[float, float]] = {}
        self._all_ended = asyncio.Event()

    async def run(self, *, control: bool = False) -> list[Timed]:
        """Start all of them together; return when the last one has ended."""
        self.parts.queue.bind(self._timed)
        opening = unlocked if control else open_checkpointer
        with patch.object(job, "open_checkpointer", opening):
            return await self._run()

    async def _run(self) -> list[Timed]:
        activities = await self._queued()
        self._start = time.perf_counter()
        await self.parts.queue.start()
        try:
            await self._all_ended.wait()
        finally:
            await self.parts.queue.stop()
        async with self.parts.database.unit_of_work() as work:
            rows = [await work.activities.get(activity) for activity in activities]
        self.parts.index.close()
        await self.parts.database.close()
        return [Timed(*self._moments[row.id], row.status) for row in rows if row is not None]

    async def _queued(self) -> list[int]:
        """The jobs are there before the worker: all begin at the same moment."""
        async with self.parts.database.unit_of_work() as work:
            place = await work.workspaces.local_workspace()
            await work.commit()
        return [await start(self.parts, place, self.brief, MODEL) for _ in range(self._count)]

    async def _timed(self, activity_id: int) -> None:
        began = time.perf_counter() - self._start
        try:
            await job.run_activity(self.parts, activity_id)
        finally:
            self._moments[activity_id] = (began, time.perf_counter() - self._start)
            if len(self._moments) == self._count:
                self._all_ended.set()
