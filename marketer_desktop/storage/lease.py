"""The lease of a run: an advisory lock on the run's own connection, gone with its process."""

from typing import Any

from psycopg import AsyncConnection
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

LEASES = 0x72756E  # the class of these locks; any number will do if every process uses the same
KEEPER = 0x6B656570  # likewise


async def take_lease(connection: AsyncConnection[dict[str, Any]], activity_id: int) -> bool:
    """Hold the run of `activity_id` as long as `connection` lives; False if another does."""
    cursor = await connection.execute(
        "SELECT pg_try_advisory_lock(%s, %s) AS taken", (LEASES, activity_id)
    )
    row = await cursor.fetchone()
    return row is not None and bool(row["taken"])


async def leased(session: AsyncSession) -> set[int]:
    """The activities whose runs are held by a living process."""
    found = await session.execute(
        text(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = :leases "
            "AND granted AND database = (SELECT oid FROM pg_database "
            "WHERE datname = current_database())"
        ),
        {"leases": LEASES},
    )
    return set(found.scalars())


async def keeps_runs(session: AsyncSession) -> bool:
    """Be the one that looks after the runs of dead processes, until this transaction ends."""
    taken = await session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": KEEPER})
    return bool(taken)
