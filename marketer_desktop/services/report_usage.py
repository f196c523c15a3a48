"""A use of a model that a desktop tells of, counted once however often it is told."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.storable import LARGEST

Count = Annotated[int, Field(ge=0, le=LARGEST)]
Word = Annotated[str, Field(min_length=1, max_length=100)]


class UsageDetails(BaseModel):
    """What was used, and how much of it."""

    model_config = ConfigDict(extra="forbid")

    provider: Word
    model: Word
    tokens: Count
    tokens_input: Count = 0
    tokens_output: Count = 0
    duration_ms: Count = 0


class ReportedUsage(BaseModel):
    """Nothing else is said of a use."""


class ReportUsage(Call[ReportedUsage]):
    """When it was used, by the desktop's clock; a time to come is taken for now."""

    model_config = ConfigDict(extra="forbid")

    sync_id: UUID
    event_type: Word
    at: AwareDatetime
    details: UsageDetails
    cost_usd: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=4)] = Decimal(0)


async def report_usage(call: ReportUsage, parts: Parts, emit: Emit) -> ReportedUsage:
    """Note it for the organization that is acted in."""
    at: datetime = call.at
    event = {
        "event_type": call.event_type,
        "details": call.details.model_dump(),
        "cost_usd": call.cost_usd,
    }
    async with parts.database.unit_of_work() as work:
        await work.usage.report(call.sync_id, at, event, await work.workspaces.member())
        await work.commit()
    return ReportedUsage()
