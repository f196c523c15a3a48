"""The overview: what goes on, what was used this month, and the projects."""

from datetime import date, datetime, timedelta

from pydantic import BaseModel, Field

from marketer_desktop.domain.plans import UNLIMITED
from marketer_desktop.services.activity_lines import ActivityLine, activity_line
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.plan_limits import limits_of
from marketer_desktop.services.projects import ProjectSummary, summaries
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.tables import OrganizationRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

TOKENS_PER_CREDIT = 1000


class MonthUsage(BaseModel):
    """What the current organization used in a calendar month, by this computer's clock.

    A request is one call of a model. `per_day` has a number for each day of the month. The plan
    may have a `limit` of runs and rewrites a day.
    """

    month: date
    requests: int
    credits: float
    storage_bytes: int
    per_day: list[int]
    limit: int | None = None


class Overview(BaseModel):
    """The dashboard's figures."""

    activities: list[ActivityLine]
    usage: MonthUsage
    projects: list[ProjectSummary]


class ShowOverview(Call[Overview]):
    """The last activities, this month's usage, and the projects outside the archive."""

    recent: int = Field(default=8, ge=1, le=50)


async def show_overview(call: ShowOverview, parts: Parts, emit: Emit) -> Overview:
    """All of it as it stands now, in one transaction."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        lines = await work.feed.recent(member.organization_id, call.recent)
        held = await leased(work.session)
        usage = await month_usage(work, member.organization_id, date.today())
        organization = await work.organizations.get(member.organization_id)
        figures = await work.projects.figures(member.organization_id)
        campaigns = await work.campaigns.of_organization(member.organization_id)
        await work.commit()
    return Overview(
        activities=[activity_line(line, held, queued) for line in lines],
        usage=usage.model_copy(update={"limit": _limit(parts, organization)}),
        projects=summaries(figures, campaigns),
    )


def _limit(parts: Parts, organization: OrganizationRow | None) -> int | None:
    most = UNLIMITED if organization is None else limits_of(parts, organization).requests_per_day
    return None if most >= UNLIMITED else most


async def month_usage(work: UnitOfWork, organization_id: int, today: date) -> MonthUsage:
    """The usage of the month that `today` lies in."""
    period = await work.usage.of_days(organization_id, _midnights(today))
    return MonthUsage(
        month=today.replace(day=1),
        requests=sum(period.requests),
        credits=period.tokens / TOKENS_PER_CREDIT,
        storage_bytes=await work.usage.stored_bytes(organization_id),
        per_day=period.requests,
    )


def _midnights(today: date) -> list[datetime]:
    """The beginning of each day of the month, and of the next one's first, in local time."""
    first = today.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    days = (following - first).days
    dates = (first + timedelta(days=n) for n in range(days + 1))
    return [datetime(day.year, day.month, day.day).astimezone() for day in dates]
