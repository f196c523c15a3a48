"""What the scorer knows of English."""

import pytest

from marketer_desktop.domain.scoring.languages import language
from marketer_desktop.domain.scoring.languages.english import ENGLISH
from marketer_desktop.domain.scoring.languages.english_participles import (
    IRREGULAR,
    NO_PARTICIPLES,
)
from marketer_desktop.domain.scoring.tokens import tokens, words


def passive(sentence: str) -> bool:
    return ENGLISH.passive(tokens(sentence))


def joined(sentence: str) -> bool:
    return ENGLISH.transitions(words(tokens(sentence)))


@pytest.mark.parametrize("code", ["en", "EN", "en-GB", "en_US"])
def test_english_has_several_names(code: str) -> None:
    assert language(code) is ENGLISH


@pytest.mark.parametrize("code", ["de", "", "eng", "xx-en"])
def test_other_languages_are_not_known(code: str) -> None:
    assert language(code) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The ball was thrown by the boy.",
        "It is not yet finished.",
        "The cake gets eaten.",
        "It can be read in the house.",
        "Having been told, he went.",
        "It's known as a fact.",
        "They aren't paid.",
        "The files that are in the house were sent.",
        "It was done (finished) yesterday.",
        "Is the big red file opened?",
    ],
)
def test_a_participle_after_its_auxiliary_is_passive(sentence: str) -> None:
    assert passive(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The boy threw the ball.",
        "He has finished.",
        "It is red, finished in a day.",
        "He is happy and finished the work.",
        "It was the house that collapsed.",
        "It is my finished work.",
        "She is running a closed shop.",
        "A hundred is indeed a need.",
        "It is based on wood.",
        "Seeds were red.",
        "",
    ],
)
def test_other_sentences_are_active(sentence: str) -> None:
    assert not passive(sentence)


def test_no_word_is_a_participle_and_none() -> None:
    assert not IRREGULAR & NO_PARTICIPLES
    assert all(word.endswith("ed") for word in NO_PARTICIPLES)


@pytest.mark.parametrize(
    "sentence",
    [
        "However, it rains.",
        "It rains because of the clouds.",
        "Rain, e.g. in May, is warm.",
        "For example, rain.",
        "Both rain and snow are wet.",
        "Either we go, or we stay.",
        "Use the so-called filter.",
        "ALTHOUGH loud",
    ],
)
def test_sentences_with_a_transition(sentence: str) -> None:
    assert joined(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["The rain is warm.", "For an example look here.", "Both of them.", "Sofas and thence.", ""],
)
def test_sentences_without_a_transition(sentence: str) -> None:
    assert not joined(sentence)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("dog", 1), ("baker", 2), ("table", 2), ("the", 1), ("loaves", 1), ("yesterday", 3),
        ("walked", 1), ("created", 2), ("copied", 2), ("agreed", 2), ("changes", 2),
        ("files", 1), ("being", 2), ("idea", 2), ("serial", 3), ("special", 2), ("version", 2),
        ("previous", 3), ("didn't", 2), ("don't", 1), ("here's", 2), ("you're", 1),
        ("up-to-date", 3), ("likely", 2), ("queue", 1), ("value", 2), ("hmm", 0), ("v8", 0),
        ("", 0), ("naïve", 1),
    ],
)  # fmt: skip
def test_syllables_by_spelling(word: str, expected: int) -> None:
    assert ENGLISH.syllables(word) == expected


def test_function_words_are_lower_case_words() -> None:
    assert {"the", "of", "when", "isn't"} <= ENGLISH.function_words
    assert not {"coffee", "guide", "marketing"} & ENGLISH.function_words
    assert all(word == word.lower() and word.strip() for word in ENGLISH.function_words)
