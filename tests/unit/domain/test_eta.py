"""How long a run still takes."""

import pytest

from marketer_desktop.domain.eta import STEP_SHARE, seconds_left, share_done
from marketer_desktop.events.run_event import STEPS


def test_every_step_has_its_share_of_one_whole() -> None:
    assert tuple(STEP_SHARE) == STEPS
    assert sum(STEP_SHARE.values()) == pytest.approx(1)


def test_the_share_goes_up_through_the_steps() -> None:
    shares = [share_done(step, within) for step in STEPS for within in (0, 0.5, 1)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == pytest.approx(1)


def test_more_calls_than_expected_do_not_leave_the_step() -> None:
    assert share_done("writing", 3) == share_done("editing", 0)
    assert share_done("writing", -1) == share_done("writing", 0)


def test_the_time_left_follows_from_the_rate_so_far() -> None:
    assert seconds_left(10, 0.25) == pytest.approx(30)
    assert seconds_left(10, 1) == 0
    assert seconds_left(10, 0.01) is None
