"""What an organization has used: calls of models, tokens and their cost, by day and the like."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.days import Day, beginning, end
from marketer_desktop.services.overview import TOKENS_PER_CREDIT
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.usage import Grouping, Used

MOST_DAYS = 366


class UsageSums(BaseModel):
    """How often something was used, and what that took; one credit is 1,000 tokens."""

    events: int
    tokens: int
    credits: float
    cost_usd: float


class UsageGroup(UsageSums):
    """The uses with this `key`; None where it is not known, or not for everybody to see."""

    key: str | None
    label: str | None


class UsageReport(BaseModel):
    """The days are inclusive, and those of UTC."""

    from_: date = Field(validation_alias="from", serialization_alias="from")
    to: date
    group_by: Grouping
    total: UsageSums
    groups: list[UsageGroup]
    storage_bytes: int

    model_config = ConfigDict(populate_by_name=True)


class ShowUsage(Call[UsageReport]):
    """The uses from one day to another, by default those of this month."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    group_by: Grouping = "day"

    model_config = ConfigDict(populate_by_name=True)

    @model_validator(mode="after")
    def _is_a_period(self) -> Self:
        first, last = self.days(datetime.now(UTC).date())
        if not 0 <= (last - first).days < MOST_DAYS:
            raise ValueError(f"Name a period of 1 to {MOST_DAYS} days")
        return self

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day."""
        last = self.to or max(today, self.from_ or today)
        return self.from_ or last.replace(day=1), last


async def show_usage(call: ShowUsage, parts: Parts, emit: Emit) -> UsageReport:
    """The uses of the organization, by group, and what its documents take."""
    first, last = call.days(datetime.now(UTC).date())
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        groups = await work.usage.grouped(
            member.organization_id, beginning(first), end(last), call.group_by
        )
        stored = await work.usage.stored_bytes(member.organization_id)
        await work.commit()
    return UsageReport(
        from_=first,
        to=last,
        group_by=call.group_by,
        total=_sums(groups),
        groups=[UsageGroup(key=g.key, label=g.label, **dict(_sums([g]))) for g in groups],
        storage_bytes=stored,
    )


def _sums(groups: Sequence[Used]) -> UsageSums:
    tokens = sum(each.tokens for each in groups)
    return UsageSums(
        events=sum(each.events for each in groups),
        tokens=tokens,
        credits=tokens / TOKENS_PER_CREDIT,
        cost_usd=float(sum(each.cost_usd for each in groups)),
    )
