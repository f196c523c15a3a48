"""Words and sentences, as a reader would count them."""

import pytest

from marketer_desktop.domain.words import (
    contains_phrase,
    count_words,
    folded,
    has_run,
    ngrams,
    repeated_ngrams,
    split_sentences,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A well-known roaster", ["A", "well-known", "roaster"]),
        ("it's O’Neill's café", ["it's", "O’Neill's", "café"]),
        ("1,400.50 and 3.5% at 12°", ["1,400.50", "and", "3.5%", "at", "12°"]),
        ("Größe, Übermut; naïve", ["Größe", "Übermut", "naïve"]),
        ("fresh 😀 beans – daily", ["fresh", "beans", "daily"]),
        ("#ColdBrew (_really_)", ["ColdBrew", "really"]),
        ("a--b, 'quoted'", ["a", "b", "quoted"]),
        (" \n\t", []),
    ],
)
def test_words_are_what_a_reader_counts(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert count_words(text) == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One stop. Two stops!  Three?", ["One stop.", "Two stops!", "Three?"]),
        ("It costs 3.5 euros. Prices rise.", ["It costs 3.5 euros.", "Prices rise."]),
        ("Use tools, e.g. Ollama. Dr. Oak agrees.", ["Use tools, e.g. Ollama.", "Dr. Oak agrees."]),
        ("J. Smith writes. He stays.", ["J. Smith writes.", "He stays."]),
        ("Kommt noch. Öl auch. Über uns.", ["Kommt noch.", "Öl auch.", "Über uns."]),
        ("“We roast here.” Then we ship.", ["“We roast here.”", "Then we ship."]),
        ('He said "stop." “Go” came next.', ['He said "stop."', "“Go” came next."]),
        ("First line\nsecond line. 24 follow.", ["First line", "second line.", "24 follow."]),
        ("version 2. stays whole", ["version 2. stays whole"]),
        ("Joy 😀 is here. Next one.", ["Joy 😀 is here.", "Next one."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert split_sentences(text) == expected


def test_folded_words_have_no_case_and_no_unit() -> None:
    assert folded("STRASSE Straße 5% Ünit") == ("strasse", "strasse", "5", "ünit")
    assert folded("It’s") == folded("it's")


def test_a_phrase_is_found_as_whole_words_in_order() -> None:
    assert contains_phrase("Our Cold-Brew, cold BREW coffee.", "cold brew")
    assert not contains_phrase("Our cold-brew coffee", "cold brew")
    assert not contains_phrase("brew cold", "cold brew")
    assert not contains_phrase("colder brews", "cold")
    assert not contains_phrase("anything", "!!!")


def test_ngrams_of_a_short_text_are_none() -> None:
    assert ngrams(["a", "b"], 3) == []
    assert ngrams(["a", "b", "c"], 2) == [("a", "b"), ("b", "c")]


def test_repeated_runs_are_counted_within_sentences_and_not_inside_keywords() -> None:
    sentences = ["we roast fresh coffee daily", "we roast fresh coffee weekly"]
    assert repeated_ngrams(sentences, 3, 1) == [
        ("we", "roast", "fresh"),
        ("roast", "fresh", "coffee"),
    ]
    assert repeated_ngrams(sentences, 3, 1, ["roast fresh coffee"]) == [("we", "roast", "fresh")]
    assert repeated_ngrams(sentences, 3, 2) == []
    assert repeated_ngrams(["a b", "c a b"], 3, 0) == [("c", "a", "b")]


def test_a_run_of_words_is_found_wherever_it_stands() -> None:
    tokens = ("a", "b", "a", "b", "c")
    runs = [("a", "b", "c"), ("c",), ("a", "b", "a"), ("c", "a"), ("b", "c", "d"), ("x",), ()]
    assert [has_run(tokens, run) for run in runs] == [
        *(True, True, True, False, False, False, True)
    ]
