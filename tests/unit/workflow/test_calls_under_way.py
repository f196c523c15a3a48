"""Work is counted once, and when it is done: of prompts with the first token after them."""

import pytest

from marketer_desktop.domain.eta import PROMPT_WEIGHT, work_of
from marketer_desktop.workflow.calls_under_way import CallsUnderWay

NODE = "writing/section:0/answer"


def test_a_prompt_counts_with_the_first_token_of_its_answer() -> None:
    calls = CallsUnderWay()
    calls.begin(NODE, 100)
    assert calls.token(NODE) == pytest.approx(1 + 100 * PROMPT_WEIGHT)
    assert calls.token(NODE) == 1
    uncounted, live = calls.end(NODE, 90, 3)
    assert live
    assert uncounted == pytest.approx(1 - 10 * PROMPT_WEIGHT)


def test_how_prompts_were_estimated_before_corrects_the_next_one() -> None:
    calls = CallsUnderWay()
    calls.begin("writing/introduction", 100)
    calls.token("writing/introduction")
    calls.end("writing/introduction", 80, 1)
    calls.begin(NODE, 50)
    assert calls.token(NODE) == pytest.approx(1 + 40 * PROMPT_WEIGHT)


def test_two_calls_at_one_place_count_each_for_itself() -> None:
    calls = CallsUnderWay()
    calls.begin(NODE, 60)
    calls.begin(NODE, 60)
    counted = sum(calls.token(NODE) for _ in range(30))
    first, live = calls.end(NODE, 60, 10)
    assert live
    assert first == pytest.approx(0)
    second, live = calls.end(NODE, 60, 20)
    assert live
    assert counted + first + second == pytest.approx(work_of(120, 30))


def test_an_answer_from_before_is_work_but_was_not_made_now() -> None:
    uncounted, live = CallsUnderWay().end(NODE, 60, 20)
    assert uncounted == pytest.approx(work_of(60, 20))
    assert not live


def test_what_begins_anew_is_taken_back() -> None:
    calls = CallsUnderWay()
    calls.begin(NODE, 10)
    counted = calls.token(NODE) + calls.token(NODE)
    assert calls.drop(NODE) == pytest.approx(counted)
    assert calls.drop(NODE) == 0
