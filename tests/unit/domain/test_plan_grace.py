"""How long a plan holds without its server: by the clock, and by more than the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketer_desktop.domain.plan_grace import (
    GRACE,
    SAID_AFTER,
    Contact,
    Standing,
    lapsed,
    standing,
)
from marketer_desktop.domain.plans import LIMITS, UNLIMITED, Limits, Plan

HEARD = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
NONE = timedelta(0)
CONFIRMED, WAITING, LAPSED = Standing.CONFIRMED, Standing.WAITING, Standing.LAPSED


def heard(ago: timedelta, ran: timedelta = NONE) -> Contact:
    return Contact(HEARD, HEARD).seen(HEARD + ago, ran)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (NONE, CONFIRMED),
        (SAID_AFTER - MOMENT, CONFIRMED),
        (SAID_AFTER, WAITING),
        (GRACE - MOMENT, WAITING),
        (GRACE, LAPSED),
        (10 * GRACE, LAPSED),
    ],
)
@pytest.mark.parametrize("plan", [Plan.PRO, Plan.ENTERPRISE])
def test_a_paid_plan_holds_for_two_weeks(plan: Plan, ago: timedelta, expected: Standing) -> None:
    assert standing(plan, heard(ago)) is expected


@pytest.mark.parametrize("plan", [Plan.LOCAL, Plan.FREE])
def test_what_is_not_paid_for_never_lapses(plan: Plan) -> None:
    assert standing(plan, heard(100 * GRACE)) is CONFIRMED


def test_a_clock_that_is_set_back_takes_nothing_off() -> None:
    contact = heard(GRACE - MOMENT).seen(HEARD - timedelta(days=300), NONE)
    assert standing(Plan.PRO, contact) is WAITING
    assert standing(Plan.PRO, contact.seen(HEARD + GRACE, NONE)) is LAPSED


def test_a_clock_that_stands_back_for_good_does_not_make_a_plan_hold_for_ever() -> None:
    contact = Contact(HEARD, HEARD)
    for hour in range(int(GRACE / timedelta(hours=1))):
        assert standing(Plan.PRO, contact) is not LAPSED, hour
        contact = contact.seen(HEARD - timedelta(days=1), timedelta(hours=1))
    assert standing(Plan.PRO, contact) is LAPSED


def test_a_clock_that_was_ahead_when_the_server_was_heard_does_not_either() -> None:
    contact = Contact(HEARD + timedelta(days=3650), HEARD + timedelta(days=3650))
    assert standing(Plan.PRO, contact.seen(HEARD, NONE)) is CONFIRMED
    assert standing(Plan.PRO, contact.seen(HEARD, GRACE)) is LAPSED


moments = st.datetimes(timezones=st.just(UTC))
spans = st.timedeltas(min_value=NONE, max_value=timedelta(days=30))


@given(st.lists(st.tuples(moments, spans)))
def test_whatever_a_clock_does_the_age_never_falls(
    looks: list[tuple[datetime, timedelta]],
) -> None:
    contact, ages = Contact(HEARD, HEARD), [NONE]
    for now, ran in looks:
        contact = contact.seen(now, ran)
        ages.append(contact.age)
    assert ages == sorted(ages)
    assert contact.age >= sum((ran for _, ran in looks), NONE)


def test_a_lapsed_plan_has_the_limits_of_the_free_one() -> None:
    assert lapsed(LIMITS[Plan.PRO]) == lapsed(LIMITS[Plan.ENTERPRISE]) == LIMITS[Plan.FREE]


def test_nobody_gains_by_a_lapse() -> None:
    told = Limits(max_users=UNLIMITED, max_projects=1, max_storage_gb=2, requests_per_day=7)
    assert lapsed(told) == Limits(LIMITS[Plan.FREE].max_users, 1, 2, 7)
