"""What is said of a subscription: by its status, and when it was cancelled."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from marketer_desktop.domain.payment import PaymentNotice, notice_of

END, CANCELLED, ENDED = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 1, 2))


@dataclass
class Told:
    status: str
    canceled_at: datetime | None = None
    ended_at: datetime | None = None
    current_period_end: datetime = END


@pytest.mark.parametrize("status", ["active", "trialing"])
def test_all_is_well(status: str) -> None:
    assert notice_of(Told(status)) is None


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        ("past_due", PaymentNotice.PAST_DUE),
        ("unpaid", PaymentNotice.UNPAID),
        ("paused", PaymentNotice.PAUSED),
        ("incomplete", PaymentNotice.INCOMPLETE),
        ("incomplete_expired", PaymentNotice.INCOMPLETE),
    ],
)
def test_what_a_status_says(status: str, notice: PaymentNotice) -> None:
    assert notice_of(Told(status)) == (notice, END)
    assert notice_of(Told(status, canceled_at=CANCELLED)) == (notice, END)


def test_what_was_cancelled_is_good_until_its_period_ends() -> None:
    assert notice_of(Told("active", canceled_at=CANCELLED)) == (PaymentNotice.ENDING, END)


def test_what_has_ended_says_when() -> None:
    ended = PaymentNotice.ENDED
    assert notice_of(Told("canceled", CANCELLED, ENDED)) == (ended, ENDED)
    assert notice_of(Told("canceled", CANCELLED)) == (ended, CANCELLED)
    assert notice_of(Told("canceled")) == (ended, END)
