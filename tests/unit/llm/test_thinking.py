"""Thoughts are left out of an answer, in whatever pieces it comes."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketer_desktop.llm.thinking import Spoken

ANSWERS = {
    "Plain.": "Plain.",
    "<think>Hm.</think>Said.": "Said.",
    "<think>\nHm.\n</think>\n\nSaid.": "Said.",
    "<THINKING>Hm.</Thinking> Said.": "Said.",
    "Hm.</think>\nSaid.": "Said.",
    "One. <think>Hm.</think>Two.": "One. Two.",
    "<think></think>": "",
    "<think>a</think>b<think>c</think>d": "bd",
    "if a < b and c <thin": "if a < b and c <thin",
    "a <b>bold</b> word": "a <b>bold</b> word",
    "</think></think>Said.": "Said.",
    "": "",
}


@pytest.mark.parametrize("answer", ANSWERS)
@settings(max_examples=25)
@given(cuts=st.lists(st.integers(0, 40), max_size=8))
def test_the_cuts_make_no_difference(answer: str, cuts: list[int]) -> None:
    spoken = Spoken()
    places = [0, *sorted(cuts), len(answer)]
    for start, end in pairwise(places):
        spoken.add(answer[start:end])
        assert "<think" not in spoken.text and "think>" not in spoken.text
    spoken.end()
    assert (spoken.text, spoken.is_thinking) == (ANSWERS[answer], False)


@pytest.mark.parametrize("answer", ["<think>Hm.", "Said. <think>", "<think>a</think>b<think>c"])
def test_thoughts_without_an_end_are_noticed(answer: str) -> None:
    spoken = Spoken()
    for piece in answer:
        spoken.add(piece)
    spoken.end()
    assert spoken.is_thinking
