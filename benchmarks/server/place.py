"""A team server with an organization in it, beside what it is measured against."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
from sqlalchemy import text

from benchmarks.server.load import Request, request
from benchmarks.team.processes import EMAIL, PASSWORD, Team
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.tables import ActivityRow, CampaignRow, ProjectRow
from tests.factories.chroma import chroma_server
from tests.fakes.ollama_server import OllamaServer

PROJECTS, CAMPAIGNS, ACTIVITIES = 40, 3, 8  # each project and each campaign has so many
STATUSES = ("draft", "completed", "approved", "published", "archived")
PATIENCE = 60.0

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Side:
    """A server process."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """The seconds of processor time that it has taken."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def rss(self) -> int:
        """The bytes of memory that it has."""
        return int(psutil.Process(self.pid).memory_info().rss)


@dataclass(frozen=True)
class Place:
    """Where both sides listen, on one database, and who asks.

    `owner` is the number of whoever asks; the others those of what is asked for.
    """

    database_url: str
    folder: Path
    ours: Side
    peer: Side
    owner: int
    organization: int
    campaign: int
    headers: Mapping[str, str]

    def asking(self, side: Side, head: str, body: bytes = b"") -> Request:
        """A request in the owner's name."""
        return request(side.port, head, self.headers, body)

    def client(self, side: Side) -> httpx.AsyncClient:
        """A client in the owner's name."""
        return httpx.AsyncClient(
            base_url=side.url, headers=self.headers, timeout=PATIENCE, trust_env=False
        )


@contextmanager
def process(
    module: str, *words: str, environment: Mapping[str, str] | None = None
) -> Iterator[Side]:
    """A module run as a process, which tells its port and ends with its standard input."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    ) as child:
        assert child.stdout is not None and child.stdin is not None
        try:
            yield Side(int(child.stdout.readline()), child.pid)
        finally:
            child.stdin.close()
            child.wait(PATIENCE)


@asynccontextmanager
async def place() -> AsyncIterator[Place]:
    """A server of ours and one written by hand, each a process, until the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="mkt-server-")))
        await asyncio.to_thread(folder.chmod, 0o711)
        postgres = EmbeddedPostgres(folder / "postgres", folder / "run")
        url = await asyncio.to_thread(postgres.start)
        stack.callback(postgres.stop)
        chroma = stack.enter_context(chroma_server(folder / "chroma"))
        ollama = stack.enter_context(OllamaServer())
        team = stack.enter_context(Team(folder, url, chroma, ollama.address))
        member = await asyncio.to_thread(team.start, "api")
        ours = Side(httpx.URL(member.said).port or 0, member.process.pid)
        peer = stack.enter_context(
            process("benchmarks.server.peer", str(folder), environment=team.environment)
        )
        headers, owner, organization = await _signed_in(ours)
        campaign = await fill(url, organization, owner)
        data = folder / "data"
        yield Place(url, data, ours, peer, owner, organization, campaign, headers)


async def _signed_in(side: Side) -> tuple[dict[str, str], int, int]:
    """The headers of the administrator's requests, and their number and organization's."""
    async with httpx.AsyncClient(base_url=side.url, timeout=PATIENCE, trust_env=False) as client:
        account = {"email": EMAIL, "password": PASSWORD}
        answer = await client.post("/api/login", json=account)
        told = answer.raise_for_status().json()["data"]
        headers = {"Authorization": f"Bearer {told['token']}"}
        me = (await client.get("/api/me", headers=headers)).raise_for_status().json()["data"]
    home = me["organizations"][0]
    return {**headers, "X-Organization": home["slug"]}, told["user"]["id"], home["id"]


async def fill(url: str, organization: int, owner: int) -> int:
    """Projects with what lies in them; the number of a campaign."""
    database = Database(url)
    async with database.unit_of_work() as work:
        projects = [
            ProjectRow(organization_id=organization, owner_id=owner, name=f"Project {number}")
            for number in range(PROJECTS)
        ]
        work.session.add_all(projects)
        await work.session.flush()
        campaigns = [
            CampaignRow(project_id=row.id, owner_id=owner, name=f"Campaign {number}")
            for row in projects
            for number in range(CAMPAIGNS)
        ]
        work.session.add_all(campaigns)
        await work.session.flush()
        work.session.add_all(
            ActivityRow(
                campaign_id=row.id,
                owner_id=owner,
                type="blog",
                topic=f"Topic {number}",
                status=STATUSES[number % len(STATUSES)],
            )
            for row in campaigns
            for number in range(ACTIVITIES)
        )
        await work.commit()
    async with database.unit_of_work() as work:  # as autovacuum would in a while
        await work.session.execute(text("ANALYZE"))
        await work.commit()
    await database.close()
    return campaigns[0].id
