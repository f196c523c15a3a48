"""Usage events: what was used and what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Text,
    case,
    cast,
    func,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import (
    ActivityRow,
    AgentExecutionRow,
    CampaignRow,
    DocumentRow,
    OrganizationRow,
    ProjectRow,
    UsageEventRow,
    UserRow,
)

Grouping = Literal["day", "month", "type", "model", "user", "project"]


@dataclass(frozen=True)
class Period:
    """What an organization used in some days: model calls for each day, tokens in all."""

    requests: list[int]
    tokens: int


@dataclass(frozen=True)
class Used:
    """What a group of uses has in common (None if it is not known), and their sums."""

    key: str | None
    label: str | None
    events: int
    tokens: int
    cost_usd: Decimal


class Usage:
    """The usage of organizations."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

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

    async def report(
        self, sync_id: UUID, at: datetime, event: dict[str, Any], member: Member
    ) -> None:
        """Note a use that a desktop tells of, once; the time is never later than now."""
        when = func.least(cast(at, DateTime(timezone=True)), func.current_timestamp())
        new = insert(UsageEventRow).values(
            sync_id=sync_id,
            organization_id=member.organization_id,
            user_id=member.user_id,
            timestamp=when,
            event_date=cast(func.timezone("UTC", when), Date),
            **event,
        )
        await self._session.execute(
            new.on_conflict_do_nothing(index_elements=[UsageEventRow.sync_id])
        )

    async def of_identity(self, sync_id: UUID) -> tuple[UsageEventRow, UUID] | None:
        """A use, and the identity of the organization that it is counted for."""
        found = await self._session.execute(
            select(UsageEventRow, OrganizationRow.sync_id)
            .join(OrganizationRow, OrganizationRow.id == UsageEventRow.organization_id)
            .where(UsageEventRow.sync_id == sync_id)
        )
        row = found.one_or_none()
        return (row[0], row[1]) if row else None

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

    async def grouped(
        self, organization_id: int, start: datetime, end: datetime, by: Grouping
    ) -> Sequence[Used]:
        """The uses from `start` to before `end`, by group; days are those of UTC.

        What a project that whoever acts may not see has used is in the group without a key.
        """
        key, label = self._group(by)
        tokens = cast(UsageEventRow.details["tokens"].astext, BigInteger)
        found = await self._session.execute(
            select(
                key,
                label,
                func.count(),
                func.coalesce(func.sum(tokens), 0),
                func.sum(UsageEventRow.cost_usd),
            )
            .select_from(UsageEventRow)
            .outerjoin(
                ActivityRow,
                ActivityRow.id == cast(UsageEventRow.details["activity_id"].astext, Integer),
            )
            .outerjoin(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
            .outerjoin(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            # A run is of the one whose activity it writes.
            .outerjoin(
                UserRow, UserRow.id == func.coalesce(UsageEventRow.user_id, ActivityRow.owner_id)
            )
            .where(
                UsageEventRow.organization_id == organization_id,
                UsageEventRow.timestamp >= start,
                UsageEventRow.timestamp < end,
            )
            .group_by(key, label)
            .order_by(key.nulls_last())
        )
        return [Used(k, name, n, int(total), cost) for k, name, n, total, cost in found]

    def _group(self, by: Grouping) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        at = func.timezone("UTC", UsageEventRow.timestamp)
        seen = visible_to(self._acting)
        nameless = cast(null(), Text)
        groups: dict[Grouping, tuple[ColumnElement[Any], ColumnElement[Any]]] = {
            "day": (func.to_char(at, "YYYY-MM-DD"), nameless),
            "month": (func.to_char(at, "YYYY-MM"), nameless),
            "type": (cast(UsageEventRow.event_type, Text), nameless),
            "model": (UsageEventRow.details["model"].astext, nameless),
            "user": (cast(UserRow.id, Text), cast(UserRow.email, Text)),
            "project": (
                case((seen, cast(ProjectRow.id, Text))),
                case((seen, cast(ProjectRow.name, Text))),
            ),
        }
        return groups[by]

    async def stored_bytes(self, organization_id: int) -> int:
        """The size of all documents of an organization."""
        size: int | None = await self._session.scalar(
            select(func.sum(DocumentRow.file_size)).where(
                DocumentRow.organization_id == organization_id
            )
        )
        return int(size or 0)
