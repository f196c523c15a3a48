"""Another process on the database, such as a worker, that asks the agents of an organization."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from sqlalchemy import select

from benchmarks.server.crowd import MODEL
from benchmarks.server.place import Place
from marketer_desktop.services.agent_frames import Offered
from marketer_desktop.services.agent_hub import announce
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.tables import AgentConnectionRow

KEPT_SECONDS = 3600.0
REQUEST = {
    "model": MODEL,
    "messages": [{"role": "user", "content": "Name a coffee."}],
    "options": {"seed": 1},
    "format": None,
    "stream": True,
}


class Asker:
    """`asked` has the requests, each with its moment."""

    def __init__(self, database: Database, organization: int) -> None:
        self._database, self._organization = database, organization
        self.asked: dict[UUID, float] = {}

    async def ask(self, count: int = 1) -> None:
        """So many requests, in one transaction."""
        numbers = [uuid4() for _ in range(count)]
        self.asked.update(dict.fromkeys(numbers, time.perf_counter()))
        async with self._database.unit_of_work() as work:
            for number in numbers:
                await work.agent_requests.ask(number, self._organization, REQUEST, KEPT_SECONDS)
            await announce(work, [Offered(organization_id=self._organization)])
            await work.commit()

    async def known(self) -> set[UUID]:
        """The agents that the database knows of."""
        async with self._database.autocommit() as work:
            return set(await work.session.scalars(select(AgentConnectionRow.id)))


@asynccontextmanager
async def asker_of(place: Place) -> AsyncIterator[Asker]:
    """One for the organization of the place."""
    database = Database(place.database_url)
    try:
        yield Asker(database, place.organization)
    finally:
        await database.close()
