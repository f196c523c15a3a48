"""Runs that are written by another process than the one that streams them: this one."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.server.place import Place
from marketer_desktop.events.bus import EventBus
from marketer_desktop.jobs.queue import Queue
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_journal import RunJournal
from marketer_desktop.services.run_relay import RunRelay
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.unit_of_work import UnitOfWork

BRIEF = {"topic": "How fresh coffee is roasted", "content_type": "blog"}
SENT = "sent"  # when an event happened, by the clock of this process


class Writer:
    """What a worker does when something happens in a run, with its own journal and relay."""

    def __init__(self, parts: Parts, activity_id: int) -> None:
        self.activity_id = activity_id
        self._journal = RunJournal(parts.database, parts.bus, activity_id)

    async def keep(self) -> None:
        """An event that is stored."""
        await self._journal.keep("finished", "writing", 60, {SENT: time.perf_counter()})

    def draft(self) -> None:
        """A piece of the text, which is not."""
        delta = f"{time.perf_counter()} "
        self._journal.tell("draft", "writing", 60, {"node": "section", "delta": delta})

    async def end(self) -> None:
        """The run is over."""

        async def completed(work: UnitOfWork) -> None:
            await work.activities.set_status(self.activity_id, "completed")

        await self._journal.keep("ended", "complete", 100, {}, completed)


@asynccontextmanager
async def writers(place: Place, count: int) -> AsyncIterator[list[Writer]]:
    """So many runs that were asked for, with nobody but us to write them."""
    parts = _parts(place)
    relay = RunRelay(parts)
    await relay.start()
    try:
        async with place.client(place.ours) as client:
            asked = BRIEF | {"campaign_id": place.campaign}
            answers = [
                await client.post("/api/workflows/execute", json=asked) for _ in range(count)
            ]
        numbers = [each.raise_for_status().json()["data"]["activity_id"] for each in answers]
        yield [Writer(parts, number) for number in numbers]
        await asyncio.sleep(0)
    finally:
        await relay.stop()
        await parts.database.close()


def _parts(place: Place) -> Parts:
    """Those of a worker; none but the database and the bus is ever opened."""
    url = place.database_url
    return Parts(
        settings=Settings(data_dir=place.folder),
        database=Database(url),
        database_url=url,
        postgres=None,
        queue=Queue(connection_parameters(url, "search_path=procrastinate"), Connection, 0),
        index=VectorIndex(place.folder / "writer"),
        embeddings=MiniLmEmbeddings(),
        models=ModelFactory(StarterServer(place.folder), place.ours.url),
        bus=EventBus(),
    )
