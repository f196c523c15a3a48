"""What the limit of tokens has cut off does not stand in a text."""

import pytest

from marketer_desktop.llm.answering import Answer
from marketer_desktop.services.model_answers import finished


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fresh beans taste best. Grind them just bef", "Fresh beans taste best."),
        ("“Fresh beans taste best.” She gri", "“Fresh beans taste best.”"),
        ("Is it fresh? **Yes.** It was roas", "Is it fresh? **Yes.**"),
        ("It costs 3.50 euros. It weighs 0.5", "It costs 3.50 euros."),
        ("- whole beans\n- a grin", "- whole beans"),
        ("Beans without an end", ""),
        ("Whole.", "Whole."),
    ],
)
def test_a_cut_answer_ends_with_its_last_whole_sentence(text: str, expected: str) -> None:
    assert finished(Answer(text, 5, 9, cut=True)) == expected
    assert finished(Answer(text, 5, 9)) == text
