"""What a part of a run still takes."""

import pytest

from marketer_desktop.domain.rest import (
    ANSWER_WORDS,
    ANSWER_WORK,
    OVERRUN_WORK,
    STEP_WORDS,
    STEP_WORK,
    Part,
    Rest,
    answers_rest,
    editor_rest,
    likely_answers,
    round_rest,
    steps_rest,
)

ROUND = 2 * ANSWER_WORK


def maybe(*needed: float) -> Rest:
    """Rounds of two answers each, needed with these chances."""
    return Rest(chances=needed, at_once=2)


def needed(lacking: int, rounds: int, at_once: int, steps: int = 0) -> tuple[float, ...]:
    """The chances of the rounds of a section that lacks so many words."""
    return steps_rest(lacking, steps, rounds, at_once).chances


def test_a_further_round_is_never_likelier_than_the_one_before() -> None:
    for lacking in range(-50, 200, 10):
        found = needed(lacking, 4, 3, steps=2)
        assert sorted(found, reverse=True) == list(found)


def test_the_more_words_are_lacking_the_likelier_each_round_is() -> None:
    grown = [needed(lacking, 2, 2, steps=3) for lacking in range(-30, 200, 10)]
    for round_ in (0, 1):
        column = [found[round_] for found in grown]
        assert sorted(column) == column
    assert grown[0][0] == 0
    assert grown[-1][1] > 0.8


def test_what_is_still_to_be_said_makes_answers_less_likely() -> None:
    assert needed(30, 1, 2, steps=3)[0] < needed(30, 1, 2, steps=1)[0] < needed(30, 1, 2)[0]


def test_without_anything_to_come_before_it_the_first_round_is_certain() -> None:
    assert needed(1, 2, 2)[0] == 1
    assert needed(0, 2, 2)[0] == 0


def test_a_round_is_needed_if_the_one_before_brought_too_little() -> None:
    nothing = ANSWER_WORDS[0] ** 2
    assert needed(1, 2, 2) == pytest.approx((1, nothing))
    assert needed(1, 2, 2, steps=1) == pytest.approx((STEP_WORDS[0], STEP_WORDS[0] * nothing))


def test_a_text_with_its_length_takes_nothing_more() -> None:
    assert answers_rest(0, 4, 3) == answers_rest(-20, 4, 3) == Rest()
    assert answers_rest(50, 0, 3) == Rest(short=50)


def test_of_a_text_that_is_too_short_one_round_is_sure() -> None:
    rest = answers_rest(40, 4, 3)
    assert (rest.calls, rest.each, rest.at_once) == (3, ANSWER_WORK, 3)
    assert len(rest.chances) == 3
    assert answers_rest(40, 1, 3).chances == ()


def test_what_an_answer_has_brought_makes_a_further_round_less_likely() -> None:
    before = round_rest(50, 2, 1, 2)
    nothing, enough = round_rest(50, 1, 1, 2), round_rest(-10, 1, 1, 2)
    assert before == answers_rest(50, 2, 2)
    assert enough.chances[0] == 0 < before.chances[0] < nothing.chances[0]
    assert (enough.calls, enough.each) == (1, ANSWER_WORK)  # the other one is under way


def test_the_steps_of_a_section_are_sure_and_its_answers_are_not() -> None:
    rest = steps_rest(35, 2, 2, 2)
    assert (rest.calls, rest.each) == (2, STEP_WORK)
    assert all(0 < chance < 1 for chance in rest.chances)


def test_what_sections_will_lack_in_the_end_the_editor_asks_for() -> None:
    well = editor_rest([steps_rest(10, 3, 2, 2)] * 3)
    badly = editor_rest([steps_rest(150, 0, 2, 2)] * 3)
    assert well.chances[0] < 0.1
    assert badly.chances[0] > 0.9
    assert steps_rest(10, 3, 2, 2).short < 5 < 50 < steps_rest(200, 0, 2, 2).short


def test_what_is_about_as_likely_not_to_come_to_anything_else_is_expected() -> None:
    assert likely_answers([maybe(0.1)], 300) == pytest.approx(0, abs=20)
    assert likely_answers([maybe(0.9)], 300) == pytest.approx(ROUND, rel=0.05)
    assert likely_answers([], 300) == pytest.approx(0)
    assert likely_answers([Rest()], 300) == pytest.approx(0)


def test_between_two_figures_that_are_close_the_expected_one_is_right_for_both() -> None:
    assert 0 < likely_answers([maybe(0.5)], 3000) < ROUND


def test_of_many_sections_about_as_many_rounds_are_expected_as_their_chances_say() -> None:
    found = likely_answers([maybe(0.4, 0.1)] * 10, 2000)
    assert found == pytest.approx(5 * ROUND, rel=0.15)


def test_calls_that_have_ended_or_come_far_take_less() -> None:
    part = Part(Rest(3, 100))
    assert part.sure == 300
    part.open_work = 120
    assert part.sure == 180
    part.ended, part.open_work = 1, 20
    assert part.sure == 180
    part.ended, part.open_work = 2, 130
    assert part.sure == OVERRUN_WORK
    part.ended, part.open_work = 3, 0
    assert part.sure == 0
    part.open_work = 10  # one more than was expected
    assert part.sure == OVERRUN_WORK
