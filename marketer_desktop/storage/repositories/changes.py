"""Changes one row by its number, in a single statement."""

from typing import Any, TypeVar

from sqlalchemy import inspect, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import Base

Row = TypeVar("Row", bound=Base)


async def change_row(
    session: AsyncSession, kind: type[Row], what: str, number: int, values: dict[str, Any]
) -> Row:
    """Write `values`, SQL expressions among them, and return the row as the database has it.

    Raises `MissingRow`, which calls the row `what`.
    """
    row: Row | None = await session.scalar(
        update(kind).where(inspect(kind).primary_key[0] == number).values(values).returning(kind),
        execution_options={"populate_existing": True, "synchronize_session": False},
    )
    if row is None:
        raise MissingRow(what, number)
    return row
