"""How work on the database ends: what went wrong is said by the names that others know."""

import asyncio
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.storage.outage import DatabaseOutage, is_outage


async def leave(
    held: AsyncSession | AsyncConnection,
    kind: type[BaseException] | None,
    error: BaseException | None,
    trace: TracebackType | None,
) -> None:
    """Give back what was held.

    Raises `DatabaseOutage` if the database went away meanwhile, `DiskIsFull` if it had no room.
    """
    try:
        await held.__aexit__(kind, error, trace)
    except SQLAlchemyError:
        # Who is cancelled more than once may find the connection closed under the query.
        if not isinstance(error, asyncio.CancelledError):
            raise
    if is_full_disk(error):
        raise DiskIsFull from error
    if is_outage(error):
        raise DatabaseOutage from error
