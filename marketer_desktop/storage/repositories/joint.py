"""Changes of several tables in one statement: once to the server and back, and planned once."""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, UpdateBase, select
from sqlalchemy.ext.asyncio import AsyncSession


class Change(NamedTuple):
    """A statement that changes rows and is built only once, with the values of its parameters.

    No two that are made together may have a parameter of the same name.
    """

    statement: UpdateBase
    values: dict[str, Any]


async def make(session: AsyncSession, first: Change, *others: Change) -> bool:
    """Make all of these changes at once; whether the `first`, which returns rows, changed any."""
    values = dict(first.values)
    for each in others:
        values |= each.values
    statement = _joined(first.statement, *(each.statement for each in others))
    return (await session.execute(statement, values)).first() is not None


@lru_cache
def _joined(first: UpdateBase, *others: UpdateBase) -> Select[Any]:
    beside = (each.cte(f"change_{number}") for number, each in enumerate(others))
    return select(first.cte("first")).add_cte(*beside)
