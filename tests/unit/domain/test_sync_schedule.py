"""When the next round is due: by outcome, with jitter, and never against a server's wish."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketer_desktop.domain.retry_after import seconds_asked
from marketer_desktop.domain.sync_schedule import (
    EVERY,
    LONGEST_ASKED,
    LONGEST_WAIT,
    QUIET,
    Kind,
    Outcome,
    Schedule,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FAILED = Outcome("offline")


def late() -> float:
    """The longest jitter."""
    return 1.0


def test_the_first_round_comes_at_once_and_then_by_time() -> None:
    schedule = Schedule(100.0, late)
    dues = [schedule.due]
    schedule.began()
    dues.append(schedule.due)
    assert dues == [100.0, None]
    schedule.ended(103.0, Outcome("done"))
    assert schedule.due == 103.0 + EVERY


def test_a_change_is_sent_soon_and_not_put_off_by_the_next_one() -> None:
    schedule = Schedule(0.0, late)
    schedule.ended(0.0, Outcome("done"))
    schedule.changed(10.0)
    schedule.changed(11.0)
    assert schedule.due == 10.0 + QUIET


def test_a_change_during_a_round_is_sent_after_it() -> None:
    schedule = Schedule(0.0, late)
    schedule.began()
    schedule.changed(1.0)
    schedule.ended(5.0, Outcome("done"))
    assert schedule.due == 5.0 + QUIET


def test_failures_wait_longer_each_time_and_a_change_does_not_shorten_it() -> None:
    schedule, waits = Schedule(0.0, late), []
    for _ in range(12):
        schedule.ended(0.0, FAILED)
        schedule.changed(0.0)
        assert schedule.due is not None
        waits.append(schedule.due)
    assert waits == sorted(waits)
    assert waits[:3] == [2.0, 4.0, 8.0]
    assert waits[-1] == LONGEST_WAIT
    schedule.asked(1.0)
    assert schedule.due == 1.0
    schedule.ended(1.0, Outcome("done"))
    schedule.ended(1.0, FAILED)
    assert schedule.due == 3.0  # what went well is the end of it


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=30), st.floats(0, 1e7))
def test_a_server_is_left_alone_as_long_as_it_asks(jitters: list[float], asked: float) -> None:
    given_out = iter(jitters)
    schedule = Schedule(0.0, lambda: next(given_out))
    for _ in jitters:
        schedule.ended(50.0, Outcome("busy", retry_after=asked))
        assert schedule.due is not None
        assert schedule.due >= 50.0 + min(asked, LONGEST_ASKED)
        assert schedule.due <= 50.0 + LONGEST_ASKED + LONGEST_WAIT


@pytest.mark.parametrize("kind", ["signed_out", "locked"])
def test_where_only_a_person_can_help_nothing_is_tried(kind: Kind) -> None:
    schedule = Schedule(0.0, late)
    schedule.ended(0.0, Outcome(kind))
    schedule.changed(1.0)
    assert schedule.due is None
    schedule.asked(2.0)
    assert schedule.due == 2.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "-7"}, 0.0),
        ({"retry-after": "Mon, 23 Nov 2026 12:01:00 GMT"}, 60.0),
        ({"retry-after": "Mon, 23 Nov 2026 11:00:00 GMT"}, 0.0),
        (
            {
                "retry-after": "Tue, 24 Nov 2026 12:01:00 GMT",
                "date": "Tue, 24 Nov 2026 12:00:00 GMT",
            },
            60.0,
        ),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_both_forms_are_understood_by_the_servers_own_clock(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert seconds_asked(headers, NOW) == seconds
