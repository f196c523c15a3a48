"""The stored events of runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import ActivityRow, RunEventRow


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
        seq = await self._session.scalar(
            update(ActivityRow)
            .where(ActivityRow.id == activity_id)
            .values(last_event_seq=ActivityRow.last_event_seq + 1)
            .returning(ActivityRow.last_event_seq)
            .execution_options(synchronize_session=False)
        )
        if seq is None:
            raise MissingRow("activity", activity_id)
        self._session.add(
            RunEventRow(
                activity_id=activity_id,
                seq=seq,
                kind=kind,
                step=step,
                progress=progress,
                data=data,
                at=at,
            )
        )
        await self._session.flush()
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
