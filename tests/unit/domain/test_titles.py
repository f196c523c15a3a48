"""Titles, slugs and descriptions that need no model."""

import pytest

from marketer_desktop.domain.titles import (
    LONGEST_TITLE,
    content_words,
    derived_keyphrase,
    plain_title,
    sentence_case,
    shortened,
    slug,
    title_case,
)
from marketer_desktop.domain.words import contains_phrase


def test_title_case_leaves_small_words_and_own_capitals() -> None:
    assert title_case("the art of iOS and coffee") == "The Art of iOS and Coffee"
    assert sentence_case("élan and iOS") == "Élan and iOS"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Cold Brew & Co.", "cold-brew-co"),
        ("Crème brûlée für Süße", "creme-brulee-fur-susse"),
        ("  --  ", "piece"),
        ("コーヒー", "piece"),
    ],
)
def test_slugs_are_plain_words_with_hyphens(phrase: str, expected: str) -> None:
    assert slug(phrase) == expected


def test_a_keyphrase_is_derived_from_the_words_that_mean_something() -> None:
    assert derived_keyphrase("How to brew the best coffee at home") == "brew best coffee"
    assert derived_keyphrase("How to do it") == "How to do it"
    assert content_words("What is the Best of it") == ["best"]


def test_a_title_has_the_keyphrase_once() -> None:
    assert plain_title("why cold brew wins", "cold brew") == "Why Cold Brew Wins"
    assert plain_title("summer drinks", "cold brew") == "Cold Brew: Summer Drinks"


@pytest.mark.parametrize("words", [8, 20, 60])
@pytest.mark.parametrize("keyphrase", ["cold brew", "word7 word8", "word19"])
def test_a_long_topic_makes_a_title_of_at_most_sixty_characters(words: int, keyphrase: str) -> None:
    title = plain_title(" ".join(f"word{n}" for n in range(words)), keyphrase)
    assert len(title) <= LONGEST_TITLE
    assert contains_phrase(title, keyphrase)


@pytest.mark.parametrize("longest", range(1, 60, 7))
def test_a_shortened_text_is_never_too_long(longest: int) -> None:
    for text in ("Coffee for the office, and for a home", "x" * 80, "a bb ccc dddd " * 6):
        assert len(shortened(text, longest)) <= longest


def test_a_shortened_text_ends_with_a_word_that_can_end_it() -> None:
    assert shortened("Coffee for the office", 15) == "Coffee"
    assert shortened("Fresh coffee, daily and", 14) == "Fresh coffee"
    assert shortened("Coffee for the office", 21) == "Coffee for the office"
