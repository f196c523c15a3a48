"""Usage events: what was used and what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ARRAY, DateTime, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import AgentExecutionRow, DocumentRow, UsageEventRow


@dataclass(frozen=True)
class Period:
    """What an organization used in some days: model calls for each day, tokens in all."""

    requests: list[int]
    tokens: int


class Usage:
    """The usage of organizations."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(
        self,
        organization_id: int,
        user_id: int | None,
        event_type: str,
        details: dict[str, Any],
        cost_usd: Decimal = Decimal(0),
    ) -> UsageEventRow:
        """Note a use such as `llm_request`; `details` holds model, tokens, sizes and the like."""
        row = UsageEventRow(
            organization_id=organization_id,
            user_id=user_id,
            event_type=event_type,
            details=details,
            cost_usd=cost_usd,
        )
        self._session.add(row)
        await self._session.flush()
        return row

    async def of_days(self, organization_id: int, starts: Sequence[datetime]) -> Period:
        """The model calls between `starts`, the beginnings of days with that of the day after."""
        bucket = func.width_bucket(
            AgentExecutionRow.started_at, cast(list(starts), ARRAY(DateTime(timezone=True)))
        ).label("day")
        found = await self._session.execute(
            select(bucket, func.count(), func.sum(AgentExecutionRow.tokens_total))
            .where(
                AgentExecutionRow.organization_id == organization_id,
                AgentExecutionRow.llm_model.is_not(None),
                AgentExecutionRow.started_at >= starts[0],
                AgentExecutionRow.started_at < starts[-1],
            )
            .group_by(bucket)
        )
        days = {day: (count, tokens) for day, count, tokens in found}
        return Period(
            requests=[days.get(day, (0, 0))[0] for day in range(1, len(starts))],
            tokens=sum(int(tokens) for _, tokens in days.values()),
        )

    async def stored_bytes(self, organization_id: int) -> int:
        """The size of all documents of an organization."""
        size: int | None = await self._session.scalar(
            select(func.sum(DocumentRow.file_size)).where(
                DocumentRow.organization_id == organization_id
            )
        )
        return int(size or 0)
