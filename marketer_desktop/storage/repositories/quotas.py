"""What organizations use of their quotas: requests a day, counted where they are made."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from marketer_desktop.domain.plans import LIMITS, UNLIMITED
from marketer_desktop.storage.repositories.joint import Change, make
from marketer_desktop.storage.repositories.memberships import is_member
from marketer_desktop.storage.tables import (
    NotificationRow,
    OrganizationMemberRow,
    OrganizationRow,
)

_UNLIMITED = [plan for plan, limits in LIMITS.items() if limits.requests_per_day == UNLIMITED]
TOLD = ("owner", "admin")  # roles


class Quotas:
    """The counters of organizations. Days and months are those of UTC."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def take_request(self, organization_id: int, most: int = UNLIMITED) -> bool:
        """Count a request; False, and nothing is counted, if the plan allows no more today.

        Nor does anybody get more than `most`, whatever the plan.

        The organization's row stays locked until the end of the transaction.
        """
        return await make(self._session, self.request(organization_id, most))

    def request(self, organization_id: int, most: int = UNLIMITED) -> Change:
        """The same, to be made together with what is asked for; it returns a row if allowed."""
        values = {"counted_organization": organization_id, "most_requests": most}
        return Change(_take_request(), values)

    async def start_day(self) -> None:
        """Begin the counts anew where the last day that was counted is over."""
        await self._session.execute(
            update(OrganizationRow)
            .where(_is_over("day"))
            .values(
                requests_today=0,
                requests_this_month=_of_this_month(),
                last_reset_date=func.current_date(),
            )
            .execution_options(synchronize_session=False)
        )

    async def to_be_told(self, organization_id: int, kind: str, quota: str) -> Sequence[int]:
        """The users who run the organization; nobody if one was told of the quota today.

        Of several that ask at once only one hears of anybody.
        """
        await self._session.execute(
            select(OrganizationRow.id)
            .where(OrganizationRow.id == organization_id)
            .with_for_update()
        )
        told = await self._session.scalar(
            select(NotificationRow.id)
            .where(
                NotificationRow.organization_id == organization_id,
                NotificationRow.type == kind,
                NotificationRow.details["quota"].astext == quota,
                cast(NotificationRow.created_at, Date) == func.current_date(),
            )
            .limit(1)
        )
        if told is not None:
            return []
        members = await self._session.scalars(
            select(OrganizationMemberRow.user_id).where(
                OrganizationMemberRow.organization_id == organization_id,
                OrganizationMemberRow.role.in_(TOLD),
                is_member(),
            )
        )
        return members.all()


@cache
def _take_request() -> ReturningUpdate[tuple[int]]:
    """Built once: every run begins with it."""
    of_today = case((_is_over("day"), 0), else_=OrganizationRow.requests_today)
    most = bindparam("most_requests", type_=Integer)
    allowed = and_(
        or_(OrganizationRow.plan.in_(_UNLIMITED), of_today < OrganizationRow.requests_per_day),
        of_today < most,
    )
    return (
        update(OrganizationRow)
        .where(OrganizationRow.id == bindparam("counted_organization", type_=Integer), allowed)
        .values(
            requests_today=of_today + 1,
            requests_this_month=_of_this_month() + 1,
            last_reset_date=func.current_date(),
        )
        .returning(OrganizationRow.id)
    )


def _is_over(unit: str) -> ColumnElement[bool]:
    """Whether the day or month of the last count has ended."""
    counted, today = OrganizationRow.last_reset_date, func.current_date()
    return func.date_trunc(unit, counted) < func.date_trunc(unit, today)


def _of_this_month() -> ColumnElement[int]:
    return case((_is_over("month"), 0), else_=OrganizationRow.requests_this_month)
