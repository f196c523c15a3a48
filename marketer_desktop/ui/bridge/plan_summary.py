"""What has to be said of a plan, the most urgent thing first; without Qt."""

from datetime import datetime
from typing import Literal, NamedTuple

from marketer_desktop.domain.payment import PaymentNotice
from marketer_desktop.domain.plan_grace import Standing
from marketer_desktop.domain.plans import Plan
from marketer_desktop.services.show_plan import PlanSheet

Kind = Literal[
    "lapsed",
    "waiting",
    "past_due",
    "unpaid",
    "paused",
    "incomplete",
    "ending",
    "ended",
]
TONES: dict[Kind, str] = {
    "lapsed": "error",
    "waiting": "warning",
    "past_due": "warning",
    "unpaid": "error",
    "paused": "warning",
    "incomplete": "warning",
    "ending": "accent",
    "ended": "neutral",
}
BY_STANDING: dict[Standing, Kind] = {Standing.LAPSED: "lapsed", Standing.WAITING: "waiting"}
OF_NO_HURRY = ("ended",)  # it stays so: not on every page


class PlanNews(NamedTuple):
    """What there is to say, of which day; `urgent` is said wherever one is in the window."""

    kind: Kind
    tone: str
    at: datetime
    heard_at: datetime | None
    urgent: bool


def plan_news(sheet: PlanSheet) -> PlanNews | None:
    """A server that is not heard comes first: what it last said may be long over."""
    kind = BY_STANDING.get(sheet.standing)
    if kind is not None and sheet.holds_until is not None:
        return _news(kind, sheet.holds_until, sheet)
    if sheet.notice is None or sheet.notice_at is None:
        return None
    if sheet.notice is PaymentNotice.ENDED and sheet.plan is not Plan.FREE:
        return None  # something else pays
    return _news(sheet.notice.value, sheet.notice_at, sheet)


def _news(kind: Kind, at: datetime, sheet: PlanSheet) -> PlanNews:
    return PlanNews(kind, TONES[kind], at, sheet.heard_at, kind not in OF_NO_HURRY)
