"""The database of an engine: its pool of connections, and the units of work on it."""

from copy import copy
from datetime import datetime
from functools import partial
from typing import Self

from sqlalchemy import QueuePool, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.document_leases import DocumentLeases
from marketer_desktop.storage.ledger_door import LedgerDoor
from marketer_desktop.storage.pooled import look_before_use
from marketer_desktop.storage.query_times import measure_queries
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.unit_of_work import UnitOfWork

# With many runs at once a run waits its turn for a connection; giving up would end it for that.
POOL_PATIENCE_S = 300.0


class Database:
    """A pool of at most `pool_size` connections to the database at `url`; opens on first use."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        parameters = connection_parameters(url, "search_path=public,procrastinate")  # jobs join in
        self._engine = create_async_engine(
            "postgresql+psycopg://",
            async_creator=partial(Connection.connect, **parameters),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=POOL_PATIENCE_S,
            # Parameters are a user's texts; errors go into the log.
            hide_parameters=True,
        )
        look_before_use(self._engine.sync_engine)
        measure_queries(self._engine.sync_engine)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        # Not an engine with this option: SQLAlchemy loses a connection if the caller is cancelled
        # while such an engine hands it out.
        self._alone = {"isolation_level": "AUTOCOMMIT"}

        self.documents = DocumentLeases(url)
        self.member: Member | None = None  # who acts; None is the person at this computer

    def acting_as(self, member: Member) -> Self:
        """The same pool, for the work of this member."""
        acting = copy(self)
        acting.member = member
        return acting

    def unit_of_work(self) -> UnitOfWork:
        """A new transaction, to be entered with `async with`."""
        return UnitOfWork(self._sessions(), self.member)

    def autocommit(self) -> UnitOfWork:
        """For statements that stand each by itself, kept at once: no transaction begins or ends.

        On the way to the server and back that is half of what a single statement costs.
        """
        return UnitOfWork(self._sessions(), self.member, self._alone)

    def ledger(self) -> LedgerDoor:
        """The ledger of model calls, which belongs to no transaction, to be entered likewise."""
        return LedgerDoor(self._engine.connect())

    async def within(self, work: UnitOfWork) -> Self:
        """The same database inside the transaction of `work`: what is done here ends with that.

        Each unit of work is a part of it, undone alone where it is not committed. One at a time.
        """
        joined = copy(self)
        joined._alone = {}
        joined._sessions = async_sessionmaker(
            await work.session.connection(),
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )
        return joined

    @property
    def connections_in_use(self) -> int:
        """How many connections of the pool are at work now."""
        pool = self._engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout()

    async def server_version(self) -> str:
        """What answers at the address, such as `PostgreSQL 16.14`."""
        async with self._engine.connect() as connection:
            version = await connection.scalar(text("SHOW server_version"))
        return f"PostgreSQL {version}"

    async def most_connections(self) -> int:
        """How many connections the server takes from everybody together."""
        async with self._engine.connect() as connection:
            return int(await connection.scalar(text("SHOW max_connections")) or 0)

    async def now(self) -> datetime:
        """The time by the server's clock."""
        async with self._engine.connect() as connection:
            time: datetime = await connection.scalar(text("SELECT clock_timestamp()"))
        return time

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self._engine.dispose()
