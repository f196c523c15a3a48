"""Departures: what has left this machine, as long as anybody may ask."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import bindparam, delete, func, insert, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.departures import Departure
from marketer_desktop.storage.tables import DepartureRow, ServerAccountRow

ACCOUNT = "account_id"


@dataclass(frozen=True)
class Departed:
    """Something that left, `times` one after the other, the last time `at`."""

    at: dt.datetime
    account_id: int | None
    destination: str
    kind: Departure
    what: str
    times: int
    bytes: int


class Departures:
    """The log of what has left this machine."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, departed: Iterable[Departed]) -> None:
        """Note these, at least one; an account that is gone meanwhile is left out of its entry."""
        there = select(ServerAccountRow.id).where(ServerAccountRow.id == bindparam("account"))
        rows = [
            {"account": each.account_id, **{k: v for k, v in vars(each).items() if k != ACCOUNT}}
            for each in departed
        ]
        noted = insert(DepartureRow).values({ACCOUNT: there.scalar_subquery()})
        await self._session.execute(noted, rows)

    async def page(
        self, kind: Departure | None, offset: int, limit: int
    ) -> Sequence[tuple[DepartureRow, str | None]]:
        """Some, of one kind or of all, with the address of their account, newest first."""
        found = await self._session.execute(
            select(DepartureRow, ServerAccountRow.email)
            .outerjoin(ServerAccountRow, ServerAccountRow.id == DepartureRow.account_id)
            .where(true() if kind is None else DepartureRow.kind == kind)
            .order_by(DepartureRow.at.desc(), DepartureRow.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return [(row, email) for row, email in found]

    async def sums(self) -> dict[Departure, tuple[int, int]]:
        """How many entries there are of each kind that occurs, and their bytes."""
        found = await self._session.execute(
            select(DepartureRow.kind, func.count(), func.sum(DepartureRow.bytes))
            .group_by(DepartureRow.kind)
            .order_by(DepartureRow.kind)
        )
        return {cast(Departure, kind): (count, int(size)) for kind, count, size in found}

    async def clear(self) -> None:
        """Forget all of it."""
        await self._session.execute(delete(DepartureRow))

    async def forget(self, age: dt.timedelta, most: int) -> None:
        """Remove those that are older, and all but the newest `most`."""
        last_kept = (
            select(DepartureRow.id)
            .order_by(DepartureRow.id.desc())
            .offset(most - 1)
            .limit(1)
            .scalar_subquery()
        )
        old = DepartureRow.at < func.clock_timestamp() - age
        await self._session.execute(
            delete(DepartureRow)
            .where(old | (DepartureRow.id < last_kept))
            .execution_options(synchronize_session=False)
        )
