"""The bench of the time left finds what is wrong with it."""

import pytest

from benchmarks.eta_measures import IN_WHOLE_SECONDS, LIMIT, OURS, Run, table

SECONDS = 20.0
FIRST_STEP = 4.0


def told(off: float, late: float, seconds: float = SECONDS) -> Run:
    """A run whose first estimate after the first step is `off`, and all others `late`."""
    run = Run("blog 300", first_step=FIRST_STEP, seconds=seconds)
    for half in range(1, round(2 * seconds)):
        at = half / 2
        left = (seconds - at) * (1 + (off if at <= FIRST_STEP else late))
        run.told.append((at, left, 2 * (seconds - at)))
    return run


def test_what_is_told_right_meets_the_limit() -> None:
    found = table([told(0.1, -0.1)] * 3)
    assert found["met"]
    assert found["first_estimate"]["ours"] == pytest.approx(0.1)
    assert found["all_estimates"]["even_pace"] == pytest.approx(1)


@pytest.mark.parametrize(("off", "late"), [(0.3, 0.0), (0.0, -0.3), (0.0, 0.3)])
def test_the_first_estimate_and_all_of_them_have_to_meet_it(off: float, late: float) -> None:
    assert not table([told(off, late), told(0, 0), told(off, late)])["met"]


def test_a_run_that_tells_nothing_is_wholly_wrong() -> None:
    silent = Run("twitter 60", first_step=FIRST_STEP, seconds=SECONDS)
    found = table([silent, silent, told(0, 0)])
    assert found["first_estimate"]["ours"] == found["all_estimates"]["ours"] == 1
    assert not found["met"]


def test_estimates_count_from_the_end_of_the_first_step_while_a_second_is_left() -> None:
    shares = [share for share, _ in told(0, 0).estimates(OURS)]
    assert shares[0] == FIRST_STEP / SECONDS
    assert shares[-1] == (SECONDS - 1) / SECONDS


def test_what_is_read_in_whole_seconds_is_measured_beside_it() -> None:
    run = Run("email 90", told=[(5.0, 1.4, 1.0)], first_step=FIRST_STEP, seconds=6.5)
    assert run.errors(OURS) == [pytest.approx(0.1 / 1.5)]
    assert run.errors(IN_WHOLE_SECONDS) == [pytest.approx(0.5 / 1.5)]


def test_the_error_is_told_by_the_part_of_the_run() -> None:
    parts = table([told(0, -0.25)])["by_part_of_the_run"]
    assert [part["from"] for part in parts] == [0.2, 0.4, 0.6, 0.8]
    assert parts[-1]["off"] == pytest.approx(0.25)
    assert parts[-1]["too_long"] == pytest.approx(-0.25)
    assert LIMIT == 0.2
