"""Desktops that sync with a team server, each with a database of its own, without a network."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from marketer_desktop.domain.sync import Entity
from marketer_desktop.domain.sync_schedule import Outcome
from marketer_desktop.events.bus import EventBus
from marketer_desktop.hybrid.sync.round import Round
from marketer_desktop.jobs.queue import Queue
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.services.activity_text import markdown_of, revision_of
from marketer_desktop.services.call import Call
from marketer_desktop.services.create_activity import CreateActivity
from marketer_desktop.services.mirror_change import row_json
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import CreateProject
from marketer_desktop.services.registry import SERVICES
from marketer_desktop.services.server_problems import Unreachable
from marketer_desktop.services.syncing import Syncer
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.workspaces import LOCAL_EMAIL, Member
from marketer_desktop.storage.tables import (
    ServerAccountRow,
    SyncConflictRow,
    SyncOutboxRow,
)
from tests.factories.engines import NOBODY
from tests.factories.serving import Teammate, app_of, client_of, signed_in
from tests.factories.syncing import Desktop

SERVER = "https://team.example.com"
Fault = Callable[[Callable[[], Awaitable[httpx.Response]]], Awaitable[httpx.Response]]
Rows = dict[tuple[str, str], dict[str, Any]]


async def lost_answer(send: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """The server has done it, and nobody here hears of it."""
    await send()
    raise Unreachable("The connection broke.")


async def nobody_there(send: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Nothing was sent."""
    raise Unreachable("The server cannot be reached.")


async def passed(send: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """All goes well."""
    return await send()


@dataclass
class Line:
    """Carries requests to a server's app in somebody's name; `faults` are met one by one."""

    server: Parts
    teammate: Teammate
    client_id: UUID
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, Any]] = field(default_factory=list)

    async def request(
        self, method: str, path: str, *, kind: Any, what: str, **more: Any
    ) -> httpx.Response:
        """As the session of an account does."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app_of(self.server), raise_app_exceptions=False)
            headers = signed_in(self.server, replace(self.teammate, slug=""))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://localhost:8000", headers=headers
            ) as client:
                return await client.request(method, path, **more)

        self.asked.append((f"{method} {path}", more))
        return await (self.faults.pop(0)(send) if self.faults else send())

    @property
    def pushes(self) -> list[Any]:
        """What was pushed, and under which key."""
        return [more for asked, more in self.asked if asked.startswith("POST")]


@dataclass
class Copy:
    """A desktop that is joined to a server as somebody."""

    parts: Parts
    account_id: int
    line: Line

    async def sync(self) -> Outcome:
        """One round, by a process that has just started."""
        return await Round(self.parts, self.line, self.account_id).attempt()

    async def synced(self) -> None:
        """One round in which all goes well."""
        outcome = await self.sync()
        assert outcome.kind == "done", outcome

    async def do(self, call: Call[Any]) -> Any:
        """A call of the person at this machine, who works for the team."""
        return await do(self.parts.acting_as(await self.member()), call)

    async def member(self) -> Member:
        """The person of this machine in the first organization that is mirrored."""
        async with self.parts.database.unit_of_work() as work:
            row = (await work.sync_states.organizations(self.account_id))[0]
            account = await work.server_accounts.get(self.account_id)
            role = await work.organizations.role(account.user_id, row.id)
        return Member(account.user_id, row.id, role or "none")

    async def rows(self) -> Rows:
        """All that the server has told of and that is here, as a server would tell of it."""
        found: Rows = {}
        async with self.parts.database.unit_of_work() as work:
            account = await work.server_accounts.get(self.account_id)
            for base in await work.sync_bases.of_account(self.account_id):
                entity = Entity(base.entity)
                placed = await work.sync_rows.placed(entity, base.sync_id)
                if placed is not None:
                    row = row_json(await work.sync_rows.here(entity, placed))
                    found[(entity, str(base.sync_id))] = _as_there(row, account.email)
        return found

    async def number(self, entity: Entity, sync_id: UUID | str) -> int:
        """The number that a row has here."""
        return await number_of(self.parts, entity, sync_id)

    async def conflicts(self) -> Sequence[SyncConflictRow]:
        """What is to be decided."""
        async with self.parts.database.unit_of_work() as work:
            return await work.sync_conflicts.all()

    async def refused(self) -> Sequence[SyncOutboxRow]:
        """The quarantine."""
        async with self.parts.database.unit_of_work() as work:
            return await work.outbox.refused()

    async def unsent(self) -> int:
        """How many rows wait or were sent without an answer."""
        async with self.parts.database.unit_of_work() as work:
            counts = await work.outbox.counts()
        return sum(n for (_, state), n in counts.items() if state != "refused")

    async def shared_piece(self, name: str = "Tea") -> tuple[int, int]:
        """A project that is shared and an activity in it: their numbers."""
        project = await self.do(CreateProject(name=name, share_with_team=True))
        call = CreateActivity(topic=f"All about {name}", project_id=project.project_id)
        activity = await self.do(call)
        return project.project_id, activity.activity_id


async def do(parts: Parts, call: Call[Any]) -> Any:
    """The service of a call, whoever is allowed to make it."""
    return await SERVICES[type(call).__name__].run(call, parts, lambda event: None)


async def told_by(server: Parts, teammate: Teammate) -> Rows:
    """All that a server tells somebody who asks for the first time."""
    async with client_of(server, replace(teammate, slug="")) as client:
        asking = Desktop(client)
        await asking.pull()
    return {key: change["data"] for key, change in asking.rows.items()}


async def text_of(parts: Parts, activity_id: int) -> tuple[str, int]:
    """The text of an activity and how often it was stored."""
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(activity_id)
    assert row is not None
    return markdown_of(row), revision_of(row)


async def number_of(parts: Parts, entity: Entity, sync_id: UUID | str) -> int:
    """The number that a row has in a database."""
    async with parts.database.unit_of_work() as work:
        placed = await work.sync_rows.placed(entity, UUID(str(sync_id)))
    assert placed is not None, f"no {entity} {sync_id}"
    return placed.number


async def identity_of(parts: Parts, entity: Entity, number: int) -> UUID:
    """The identity of a row."""
    async with parts.database.unit_of_work() as work:
        return (await work.mirror_rows.inside(entity, number))[0][1]


async def join(parts: Parts, server: Parts, teammate: Teammate) -> Copy:
    """Let the person at a desktop be somebody's account at a server; nothing is synced yet."""
    async with parts.database.unit_of_work() as work:
        person = await work.workspaces.member()
        row = ServerAccountRow(
            server=SERVER,
            kind="password",
            email=teammate.email,
            remote_user_id=teammate.user_id,
            user_id=person.user_id,
        )
        work.session.add(row)
        await work.commit()
    return Copy(parts, row.id, Line(server, teammate, row.client_id))


@asynccontextmanager
async def bare_parts(url: str, data_dir: Path) -> AsyncIterator[Parts]:
    """The parts of an engine that writes and searches nothing: none of its own is started."""
    data_dir.mkdir(parents=True, exist_ok=True)
    parts = Parts(
        settings=Settings(data_dir=data_dir, model=None),
        database=Database(url, pool_size=5),
        database_url=url,
        postgres=None,
        queue=Queue(connection_parameters(url, "search_path=procrastinate"), Connection),
        index=VectorIndex(data_dir / "chroma"),
        embeddings=MiniLmEmbeddings(),
        models=ModelFactory(StarterServer(data_dir), NOBODY),
        bus=EventBus(),
    )
    try:
        yield parts
    finally:
        await parts.database.close()


@asynccontextmanager
async def over(parts: Parts, url: str) -> AsyncIterator[Parts]:
    """The same parts over another database: what a desktop is, as far as syncing goes."""
    database = Database(url, pool_size=5)
    try:
        yield replace(
            parts,
            database=database,
            database_url=url,
            bus=EventBus(),
            syncer=Syncer(),
            unconfirmed=set(),
        )
    finally:
        await database.close()


def _as_there(row: dict[str, Any], email: str) -> dict[str, Any]:
    """The person at this machine has another address there."""
    row.pop("share_with_team", None)
    for name in ("owner", "user", "by"):
        if isinstance(row.get(name), dict) and row[name]["email"] == LOCAL_EMAIL:
            row[name] = {**row[name], "email": email}
    return row
