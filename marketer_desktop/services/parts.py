"""The parts of an engine that services work with."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from marketer_desktop.events.bus import EventBus
from marketer_desktop.jobs.queue import Queue
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.observability.departures import DepartureNotes
from marketer_desktop.services.agent_desk import AgentDesk
from marketer_desktop.services.lending import Lender
from marketer_desktop.services.local_door import LocalDoor
from marketer_desktop.services.publisher import Publisher
from marketer_desktop.services.servers import Servers
from marketer_desktop.services.syncing import Syncer
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.repositories.workspaces import Member


@dataclass(frozen=True)
class Parts:
    """Made by `bootstrap`, and shut down by it. `postgres` is None for a database elsewhere."""

    settings: Settings
    database: Database
    database_url: str
    postgres: EmbeddedPostgres | None
    queue: Queue
    index: VectorIndex
    embeddings: MiniLmEmbeddings
    models: ModelFactory
    bus: EventBus
    # The agents that are connected to this process, and who waits here for their answers.
    agents: AgentDesk = field(default_factory=AgentDesk)
    # Where other programs of this computer come in, if the person wants them to.
    local_door: LocalDoor = field(default_factory=LocalDoor)
    # Lends the models of this machine to a server, if the person wants that.
    lender: Lender = field(default_factory=Lender)
    # Reaches the servers that the person has accounts on.
    servers: Servers = field(default_factory=Servers)
    # Syncs with those servers.
    syncer: Syncer = field(default_factory=Syncer)
    # Sends texts to sites, a few at a time.
    publisher: Publisher = field(default_factory=Publisher)
    # What leaves this machine, until it is written down.
    departures: DepartureNotes = field(default_factory=DepartureNotes)
    # Organizations with a plan that no server has confirmed for too long.
    unconfirmed: set[int] = field(default_factory=set)
    # Organizations whose documents were found complete in the index since the start.
    index_complete: set[int] = field(default_factory=set)
    # Set when documents have come that nobody reads yet.
    documents_wait: asyncio.Event = field(default_factory=asyncio.Event)
    # The documents that are being read now, each with the percent that is done.
    being_read: dict[int, int] = field(default_factory=dict)

    def acting_as(self, member: Member) -> Self:
        """The same parts, for a call of this member."""
        return replace(self, database=self.database.acting_as(member))

    @property
    def one_of_many(self) -> bool:
        """Whether other processes may work on the same database, index and files."""
        return self.postgres is None and self.settings.chroma_url is not None

    @property
    def data_dir(self) -> Path:
        """The folder that everything of this installation lies in."""
        return self.settings.data_dir
