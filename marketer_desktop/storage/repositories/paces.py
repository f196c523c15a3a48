"""Paces: how often somebody may do something, counted for all processes together."""

import datetime as dt

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import PaceRow

FORGET = dt.timedelta(hours=1)


class Paces:
    """Each key may do something as often as a minute allows, at once or one after the other."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, key: str, a_minute: int) -> float:
        """Count one time more, and return 0; else the seconds after which it may be tried.

        One statement: of two at once, the second sees the first.
        """
        now, step = func.clock_timestamp(), dt.timedelta(minutes=1) / a_minute
        until = func.greatest(PaceRow.busy_until, now) + step
        counted = await self._session.scalar(
            insert(PaceRow)
            .values(key=key, busy_until=now + step)
            .on_conflict_do_update(
                index_elements=[PaceRow.key],
                set_={"busy_until": until},
                where=until <= now + dt.timedelta(minutes=1),
            )
            .returning(PaceRow.key)
        )
        if counted is not None:
            return 0.0
        row = await self._session.get_one(PaceRow, key)
        now_there: dt.datetime = (await self._session.execute(now.select())).scalar_one()
        return (row.busy_until + step - dt.timedelta(minutes=1) - now_there).total_seconds()

    async def forget(self) -> None:
        """Forget whom nobody has heard of for an hour."""
        await self._session.execute(
            delete(PaceRow).where(PaceRow.busy_until < func.clock_timestamp() - FORGET)
        )
