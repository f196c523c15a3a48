"""The server and the desktops: each its own database on one PostgreSQL, emptied for each seed."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from marketer_desktop.events.bus import EventBus
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.servers import Servers
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.migration import upgrade
from marketer_desktop.system.places import runtime_dir

DESKTOPS = 3
HISTORY = Path(__file__).with_name("history.sql").read_text("utf-8")
EMPTY = Path(__file__).with_name("empty.sql").read_text("utf-8")


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, str]]:
    """The address of a database, and the name of the one to make others of.

    A power cut would lose what is in them.
    """
    server = EmbeddedPostgres(folder, runtime_dir(folder, "pg"))
    url = server.start()
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET synchronous_commit = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE sync_template")
        upgrade(_named(url, "sync_template"))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE sync_common TEMPLATE sync_template")
        yield _named(url, "sync_common"), "sync_template"
    finally:
        server.stop()


@dataclass
class World:
    """The databases of a server and of desktops."""

    url: str
    template: str
    parts: Parts  # what they have in common
    server: Parts = field(init=False)
    desktops: list[Parts] = field(init=False)
    _names: list[str] = field(default_factory=list)

    async def open(self) -> None:
        """Make the databases."""
        server = self._made(self.template)
        with psycopg.connect(_named(self.url, server), autocommit=True) as connection:
            connection.execute(HISTORY.encode())
        self.server = self._on(server)
        self.desktops = [self._on(self._made(self.template)) for _ in range(DESKTOPS)]

    async def close(self) -> None:
        """Leave nothing."""
        for each in (self.server, *self.desktops):
            await each.database.close()
        with psycopg.connect(self.url, autocommit=True) as connection:
            for name in self._names:
                connection.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))

    async def empty(self) -> None:
        """As if they had just been made; nothing but the tables is left of what was in them."""
        self.desktops = [replace(each, servers=Servers(), bus=EventBus()) for each in self.desktops]
        for each in (self.server, *self.desktops):
            await _empty(each.database_url)

    async def backed_up(self) -> str:
        """The name of a backup of the server's database."""
        await self.server.database.close()
        return self._made(urlsplit(self.server.database_url).path.strip("/"))

    async def restore(self, backup: str) -> None:
        """Let the server go on from a backup, as its next start would."""
        await self.server.database.close()
        gone = urlsplit(self.server.database_url).path.strip("/")
        self.server = self._on(backup)
        self.drop(gone)

    def drop(self, name: str) -> None:
        """Remove a database that nobody is connected to."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(_statement("DROP DATABASE {} WITH (FORCE)", name))
        self._names.remove(name)

    def _made(self, template: str) -> str:
        name = f"sync_{uuid4().hex[:12]}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        self._names.append(name)
        return name

    def _on(self, name: str) -> Parts:
        url = _named(self.url, name)
        return replace(
            self.parts, database=Database(url, pool_size=4), database_url=url, bus=EventBus()
        )


@asynccontextmanager
async def world_of(url: str, template: str, parts: Parts) -> AsyncIterator[World]:
    """A world, removed afterwards."""
    world = World(url, template, parts)
    await world.open()
    try:
        yield world
    finally:
        await world.close()


async def _empty(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(EMPTY.encode())


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _statement(template: str, name: str) -> sql.Composed:
    return sql.SQL(template).format(sql.Identifier(name))
