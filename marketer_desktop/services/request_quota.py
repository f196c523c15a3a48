"""The daily quota of requests: each counts, and the one beyond the plan's limit is refused."""

from datetime import UTC, datetime, time, timedelta
from typing import NoReturn

from marketer_desktop.services.exceeded_quota import refuse_exceeded
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.plan_limits import limits_of, most_requests
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.storage.unit_of_work import UnitOfWork

EVERY_MIDNIGHT = "0 0 * * *"  # UTC, as the days are counted
NEXT_PLAN = {
    "free": "Upgrade to Pro for higher limits.",
    "pro": "Upgrade to Enterprise for no limit.",
}


async def take_request(parts: Parts, work: UnitOfWork, organization_id: int) -> None:
    """Count a request in the caller's transaction.

    Raises `PlanExceeded` as `refuse_request` does if the plan allows no more today.
    """
    if not await work.quotas.take_request(organization_id, most_requests(parts, organization_id)):
        await refuse_request(parts, work, organization_id)


async def refuse_request(parts: Parts, work: UnitOfWork, organization_id: int) -> NoReturn:
    """Roll the transaction back, tell who runs the organization, once a day, and refuse.

    Raises `PlanExceeded`.
    """
    row = await work.organizations.locked(organization_id)
    most = limits_of(parts, row).requests_per_day
    said = f"Daily quota exceeded. {NEXT_PLAN.get(row.plan, '')}".strip()
    await refuse_exceeded(
        parts,
        work,
        organization_id,
        "requests",
        (
            "The requests of today are used up",
            f"Your plan allows {most} requests a day. New ones are taken again "
            "after midnight UTC; what is being written goes on.",
        ),
        PlanExceeded(said, seconds_to_midnight(datetime.now(UTC))),
    )


def seconds_to_midnight(now: datetime) -> int:
    """How long it is until the next day begins, in whole seconds and never none."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, tzinfo=UTC)
    return max(1, round((midnight - now).total_seconds()))


async def reset_requests(parts: Parts) -> None:
    """Start the counts of a new day, and of a new month, in all organizations."""
    async with parts.database.unit_of_work() as work:
        await work.quotas.start_day()
        await work.commit()
