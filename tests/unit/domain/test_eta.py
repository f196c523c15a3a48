"""How long a run still takes."""

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.eta import (
    KEYPHRASE_WORK,
    PROMPT_WEIGHT,
    WINDOW,
    WINDOW_WORK,
    Forecast,
    Pace,
    PastRun,
    expected_work,
    seconds_left,
    work_of,
)
from marketer_desktop.domain.rest import ANSWER_WORK, EDITOR_AT_ONCE, OVERRUN_WORK, Rest
from marketer_desktop.events.run_event import STEPS

PLAN = {"seo_research": 100.0, "writing": 1000.0, "editing": 0.0, "social_media": 50.0}


def test_every_step_of_every_type_has_its_work() -> None:
    for kind in ContentType:
        for small in (True, False):
            assert tuple(expected_work(kind, 300, small=small)) == STEPS


def test_writing_grows_with_the_words_and_what_comes_before_does_not() -> None:
    short = expected_work(ContentType.BLOG, 300, small=True)
    long = expected_work(ContentType.BLOG, 900, small=True)
    assert long["writing"] == pytest.approx(3 * short["writing"])
    assert long["seo_research"] == short["seo_research"] == KEYPHRASE_WORK


def test_past_runs_count_more_the_more_there_are() -> None:
    past = [PastRun(100, {"writing": 900.0, "seo_research": 50.0})] * 3
    known = expected_work(ContentType.BLOG, 200, small=True, past=past)
    assert known["writing"] == pytest.approx(1800)
    assert known["seo_research"] == 50
    one = expected_work(ContentType.BLOG, 200, small=True, past=past[:1])
    assert expected_work(ContentType.BLOG, 200, small=True)["writing"] < one["writing"] < 1800


def test_a_prompt_counts_less_than_an_answer() -> None:
    assert work_of(100, 10) == pytest.approx(10 + 100 * PROMPT_WEIGHT)


def test_the_work_left_is_that_of_this_step_and_the_later_ones() -> None:
    forecast = Forecast(PLAN)
    assert forecast.left() == 1150
    forecast.enter("writing")
    forecast.add(250)
    assert (forecast.left(), forecast.share) == (800, 0.25)
    forecast.enter("social_media")
    assert forecast.left() == 50


def test_calls_that_say_more_than_expected_lengthen_the_step() -> None:
    forecast = Forecast(PLAN)
    forecast.enter("writing")
    forecast.plan(4)
    forecast.add(400)
    forecast.answered()
    # A quarter is known: three quarters of 1,000, and a quarter of four such answers.
    assert forecast.left() == pytest.approx(0.75 * 1000 + 0.25 * 1600 - 400 + 50)
    for _ in range(5):
        forecast.add(400)
        forecast.answered()
    assert forecast.left() > 50
    assert forecast.share < 1


def test_what_is_known_of_the_parts_replaces_what_was_expected_of_the_step() -> None:
    forecast = Forecast(PLAN)
    forecast.enter("writing")
    forecast.rest("writing/introduction", Rest(1, 80))
    forecast.rest("writing/section:1", Rest(3, 100))
    forecast.rest("writing/section:10", Rest(2, 100))
    assert forecast.left() == pytest.approx(580 + 50)
    forecast.add(100, "writing/section:1/fact:0")
    forecast.add(30, "writing/introduction")
    assert forecast.left() == pytest.approx(450 + 50)
    assert forecast.share == pytest.approx(130 / 580)
    forecast.add(70, "writing/introduction")  # more than was expected takes nothing from others
    assert forecast.left() == pytest.approx(400 + OVERRUN_WORK + 50)
    forecast.rest("writing/introduction", Rest())
    assert forecast.left() == pytest.approx(400 + 50)
    forecast.add(50, "writing/section:10/answer")
    forecast.rest("writing/section:10", Rest())
    assert forecast.left() == pytest.approx(200 + 50)
    forecast.enter("editing")
    assert forecast.left() == 50


def test_a_call_that_says_less_than_expected_leaves_nothing_behind() -> None:
    forecast = Forecast(PLAN)
    forecast.enter("writing")
    forecast.rest("writing/section:0", Rest(2, 100))
    forecast.add(60, "writing/section:0/fact:0")
    forecast.add(30, "writing/section:0/fact:1")
    assert forecast.left() == pytest.approx(110 + 50)
    forecast.answered("writing/section:0/fact:0", 60)
    assert forecast.left() == pytest.approx(70 + 50)
    forecast.answered("writing/section:0/fact:1", 30)
    assert forecast.left() == pytest.approx(50)


def test_what_is_known_anew_of_a_part_leaves_its_calls_under_way_as_they_are() -> None:
    forecast = Forecast(PLAN)
    forecast.enter("writing")
    forecast.rest("writing/section:0", Rest(2, 100))
    forecast.add(100, "writing/section:0/fact:0")
    forecast.add(60, "writing/section:0/fact:1")
    forecast.answered("writing/section:0/fact:0", 100)
    forecast.rest("writing/section:0", Rest(1, 100))
    assert forecast.left() == pytest.approx(40 + 50)


def test_while_sections_are_written_the_answers_that_the_editor_will_ask_for_are_foreseen() -> None:
    forecast = Forecast(PLAN)
    forecast.enter("writing")
    forecast.rest("writing/section:0", Rest(1, 100, short=150))
    assert forecast.left() > 150 + EDITOR_AT_ONCE * ANSWER_WORK
    assert forecast.share == 0
    forecast.add(50, "writing/section:0/answer")
    assert forecast.share == pytest.approx(0.5)  # of the writing itself
    forecast.rest("writing/section:0", Rest(1, 100, short=0))
    assert forecast.left() == pytest.approx(50 + 50)


def test_past_runs_do_not_foresee_the_editor_s_answers_for_a_second_time() -> None:
    past = [PastRun(300, {"editing": 5000.0})] * 9
    assert expected_work(ContentType.BLOG, 300, small=True, past=past)["editing"] == 0
    assert expected_work(ContentType.BLOG, 300, small=False, past=past)["editing"] == 5000


def test_answers_that_will_probably_be_needed_count_beside_what_is_sure() -> None:
    forecast = Forecast(PLAN)
    forecast.enter("writing")
    forecast.rest("writing/section:0", Rest(2, 100, (0.95, 0.02), 2))
    assert forecast.left() == pytest.approx(200 + 2 * ANSWER_WORK + 50, rel=0.05)
    forecast.add(100, "writing/section:0/fact:0")
    forecast.answered("writing/section:0/fact:0", 100)
    assert forecast.share == pytest.approx(100 / (200 + 2 * ANSWER_WORK), rel=0.05)
    forecast.rest("writing/section:0", Rest(1, 100, (0.05,), 2))
    assert forecast.share == pytest.approx(0.5, rel=0.05)
    assert forecast.left() == pytest.approx(100 + 50, rel=0.05)


def test_the_pace_is_that_of_late() -> None:
    pace = Pace()
    assert pace.of(0, 0) is None
    pace.mark(0, 0)
    assert pace.of(0, 0) is None
    assert pace.of(10, 2000) == pytest.approx(200)
    for second in range(10, 100, 2):
        pace.mark(second, 2000 + 50 * (second - 10))
    assert pace.of(100, 6500) == pytest.approx(50)


def test_the_pace_of_a_slow_machine_is_taken_from_a_longer_time() -> None:
    pace = Pace()
    for second in range(0, 101, 2):
        pace.mark(second, 2.0 * min(second, 70))  # for half a minute a prompt is read
    assert WINDOW < 100 - 70
    assert pace.of(100, 140) == pytest.approx(1.4)
    assert WINDOW_WORK > 140


def test_the_time_left_of_a_whole_follows_from_its_share() -> None:
    assert seconds_left(10, 0.25) == pytest.approx(30)
    assert seconds_left(10, 1) == 0
    assert seconds_left(10, 0.01) is None
