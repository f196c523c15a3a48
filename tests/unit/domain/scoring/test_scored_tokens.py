"""Words as the scorer counts them."""

import pytest

from marketer_desktop.domain.scoring.tokens import count_words, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s a well-known dog's home.", ("it's", "a", "well-known", "dog's", "home")),
        ("and/or 3.5 km/h", ("and/or", "3.5", "km/h")),
        ("a--b c—d e–f [g]", ("a", "b", "c", "d", "e", "–", "f", "g")),
        ("red, (blue): green", ("red", ",", "blue", ":", "green")),
        ("1,000 dogs at 10:30", ("1,000", "dogs", "at", "10:30")),
        ("e.g. U.S. law etc.", ("e.g.", "u.s.", "law", "etc")),
        ("… ! & –", ("–",)),
        ("", ()),
    ],
)
def test_tokens_are_words_and_the_marks_between_clauses(
    text: str, expected: tuple[str, ...]
) -> None:
    assert tokens(text) == expected


def test_marks_are_no_words() -> None:
    assert words(tokens("Red, green: blue – all.")) == ("red", "green", "blue", "all")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ten words - or less", 4), ("a—b", 2), ("a--b [c]", 2), (" ", 0), ("– & …", 0), ("5 %", 2)],
)
def test_the_length_of_a_text_is_parted_by_blanks(text: str, expected: int) -> None:
    assert count_words(text) == expected
