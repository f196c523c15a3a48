"""How long a run still takes."""

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.eta import (
    ANSWER_WORK,
    KEYPHRASE_WORK,
    OVERRUN_WORK,
    PLANNED_WORDS_OF_ROUND,
    PROMPT_WEIGHT,
    STEP_WORK,
    WINDOW,
    WINDOW_WORK,
    WORDS_OF_STEP,
    Forecast,
    Pace,
    PastRun,
    answers_work,
    expected_work,
    seconds_left,
    section_work,
    work_of,
)
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
    forecast.rest("writing/introduction", 80)
    forecast.rest("writing/section:1", 300)
    forecast.rest("writing/section:10", 200)
    assert forecast.left() == 580 + 50
    forecast.add(100, "writing/section:1/fact:0")
    forecast.add(30, "writing/introduction")
    assert forecast.left() == 450 + 50
    assert forecast.share == pytest.approx(130 / 580)
    forecast.add(70, "writing/introduction")  # more than was expected takes nothing from others
    assert forecast.left() == 400 + OVERRUN_WORK + 50
    forecast.rest("writing/introduction", 0)
    assert forecast.left() == 400 + 50
    forecast.add(50, "writing/section:10/answer")
    forecast.rest("writing/section:10", 0)
    assert forecast.left() == 200 + 50
    forecast.enter("editing")
    assert forecast.left() == 50


def test_a_section_is_expected_to_take_its_facts_and_the_words_that_they_do_not_give() -> None:
    facts = section_work(2 * WORDS_OF_STEP, 2, 2, 3)
    assert facts == 2 * STEP_WORK
    longer = section_work(2 * WORDS_OF_STEP + PLANNED_WORDS_OF_ROUND, 2, 2, 3)
    assert longer == facts + 3 * ANSWER_WORK
    assert section_work(5000, 2, 2, 3) == facts + 2 * 3 * ANSWER_WORK


def test_more_answers_are_expected_the_more_words_are_lacking() -> None:
    works = [answers_work(lacking, 4, 2) for lacking in range(0, 400, 10)]
    assert works == sorted(works)
    assert works[0] == answers_work(-20, 4, 2) == 0
    assert works[1] == 2 * ANSWER_WORK
    assert works[-1] == 4 * 2 * ANSWER_WORK


def test_after_a_round_in_vain_all_are_expected_to_be_needed() -> None:
    assert answers_work(10, 3, 2, vain=True) == 3 * 2 * ANSWER_WORK
    assert answers_work(0, 3, 2, vain=True) == 0


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
