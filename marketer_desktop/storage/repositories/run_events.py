"""The stored events of runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import ActivityRow, RunEventRow

_EVENTS: Table = RunEventRow.__table__  # type: ignore[assignment]
_ABOUT = ("activity_id", "kind", "step", "progress", "data", "at")
_NUMBERED = (
    update(ActivityRow)
    .where(ActivityRow.id == bindparam("activity_id"))
    .values(last_event_seq=ActivityRow.last_event_seq + 1)
    .returning(ActivityRow.last_event_seq)
    .cte("numbered")
)
_APPEND = (
    insert(_EVENTS)
    .from_select(
        [*_ABOUT, "seq"],
        select(
            *(bindparam(name, type_=_EVENTS.c[name].type) for name in _ABOUT),
            _NUMBERED.c.last_event_seq,
        ),
    )
    .returning(_EVENTS.c.seq)
)


class RunEvents:
    """Events numbered per activity from 1 without a gap, in the order of their commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def append(
        self,
        activity_id: int,
        kind: str,
        step: str,
        progress: int,
        data: dict[str, Any],
        at: datetime,
    ) -> int:
        """Store an event and return its number; `progress` is in percent. Raises `MissingRow`.

        The activity stays locked until the end of the transaction: other writers of the same
        stream wait, so that no number is lost or seen out of order.
        """
        event = {
            "activity_id": activity_id,
            "kind": kind,
            "step": step,
            "progress": progress,
            "data": data,
            "at": at,
        }
        seq: int | None = await self._session.scalar(_APPEND, event)
        if seq is None:
            raise MissingRow("activity", activity_id)
        return seq

    async def after(self, activity_id: int, seq: int) -> Sequence[RunEventRow]:
        """The events with a number above `seq`, in order; 0 gives all of them."""
        found = await self._session.scalars(
            select(RunEventRow)
            .where(RunEventRow.activity_id == activity_id, RunEventRow.seq > seq)
            .order_by(RunEventRow.seq)
        )
        return found.all()

    async def last_end(self, activity_id: int, before: int) -> int:
        """The number of the last event below `before` that ended a run; 0 if none did."""
        seq: int | None = await self._session.scalar(
            select(func.max(RunEventRow.seq)).where(
                RunEventRow.activity_id == activity_id,
                RunEventRow.seq < before,
                RunEventRow.kind == "ended",
            )
        )
        return seq or 0
