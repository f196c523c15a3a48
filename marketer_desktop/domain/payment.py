"""What a person has to be told of the subscription that pays for a plan."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

PAYS = ("trialing", "active", "past_due")  # Stripe still tries to collect what is past due


class PaymentNotice(StrEnum):
    """Why the plan may change, or has."""

    PAST_DUE = "past_due"
    UNPAID = "unpaid"
    PAUSED = "paused"
    INCOMPLETE = "incomplete"
    ENDING = "ending"  # cancelled, and paid for until the end of its period
    ENDED = "ended"


class Subscription(Protocol):
    """A subscription as Stripe tells of it."""

    status: str
    current_period_end: datetime
    canceled_at: datetime | None
    ended_at: datetime | None


_BY_STATUS = {
    "past_due": PaymentNotice.PAST_DUE,
    "unpaid": PaymentNotice.UNPAID,
    "paused": PaymentNotice.PAUSED,
    "incomplete": PaymentNotice.INCOMPLETE,
    "incomplete_expired": PaymentNotice.INCOMPLETE,
    "canceled": PaymentNotice.ENDED,
}


def notice_of(subscription: Subscription) -> tuple[PaymentNotice, datetime] | None:
    """The notice, and the day that it speaks of; None while all is well."""
    notice = _BY_STATUS.get(subscription.status)
    if notice is PaymentNotice.ENDED:
        ended = subscription.ended_at or subscription.canceled_at
        return notice, ended or subscription.current_period_end
    if notice is None and subscription.canceled_at is not None:
        notice = PaymentNotice.ENDING
    return None if notice is None else (notice, subscription.current_period_end)
