"""A piece is brought to its length and rid of repetition, and never gets worse."""

import random
from collections.abc import Callable

import pytest

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.length import bounds
from marketer_desktop.domain.checks.repetition import MOST, RUN
from marketer_desktop.domain.fitting import (
    PARAGRAPH_SENTENCES,
    joined,
    trimmed,
    with_sentence,
    without,
    without_repetition,
)
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.words import contains_phrase, count_words, repeated_ngrams
from tests.factories.pieces import make_piece, make_section, random_piece, random_sentence

SEEDS = range(12)


def length(piece: Piece) -> int:
    return count_words(body_text(ContentType.BLOG, piece))


def texts(piece: Piece) -> list[str]:
    return [sentence.text for sentence in piece.sentences()]


def quote(text: str) -> Sentence:
    return Sentence(text=text, origin="source", source=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_trimming_lands_within_ten_percent(seed: int) -> None:
    piece = random_piece(seed)
    for target in (200, 350, 500, 700):
        fewest, most = bounds(target)
        assert fewest <= length(trimmed(piece, length, target, [])) <= most


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("target", [1, 30, 120, 600, 5000])
def test_trimming_never_makes_the_length_worse(seed: int, target: int) -> None:
    piece = random_piece(seed, sections=3, sentences=30)
    result = trimmed(piece, length, target, [])
    assert abs(length(result) - target) <= abs(length(piece) - target)
    kept = texts(result)
    assert [text for text in texts(piece) if text in set(kept)] == kept
    assert all(list(section.sentences()) for section in result.sections)


def test_a_short_piece_is_left_alone() -> None:
    piece = random_piece(1, sentences=10)
    assert trimmed(piece, length, length(piece), []) == piece


def test_the_models_sentences_go_before_quoted_ones() -> None:
    chance = random.Random(3)
    paragraph = [quote(random_sentence(chance, 10)) for _ in range(5)]
    paragraph[1:1] = [Sentence(text=random_sentence(chance, 10)) for _ in range(5)]
    piece = make_piece(Section(heading="Heading", paragraphs=[paragraph]))
    assert {s.origin for s in trimmed(piece, length, 50, []).sentences()} == {"source"}


def test_a_sentence_goes_with_none_that_leans_on_it() -> None:
    piece = make_piece(
        make_section("", ["Growers dry the beans in the sun.", "They turn them every hour."])
    )
    assert texts(trimmed(piece, length, 9, [])) == ["Growers dry the beans in the sun."]
    assert texts(trimmed(piece, length, 2, [])) == ["Growers dry the beans in the sun."]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_only_sentence_with_a_keyword_stays(seed: int) -> None:
    piece = random_piece(seed, sections=2, sentences=20)
    rare = f"{random_sentence(random.Random(seed), 12)[:-1]} cold brew."
    piece = with_sentence(piece, 1, Sentence(text=rare))
    assert contains_phrase(" ".join(texts(trimmed(piece, length, 30, ["cold brew"]))), "cold brew")


def test_the_same_again_goes_and_the_first_stays() -> None:
    piece = make_piece(
        make_section(
            "",
            ["Small roasters sell fresh coffee to offices.", "Tea comes from distant gardens."],
            ["small roasters sell fresh coffee to offices!", "Offices buy small roasters coffee."],
        )
    )
    assert texts(without_repetition(piece, [])) == texts(piece)[:2]


def test_quotes_may_say_nearly_the_same_but_not_the_very_same() -> None:
    near = [quote("Small roasters sell fresh coffee."), quote("Small roasters sell coffee.")]
    piece = make_piece(Section(paragraphs=[[*near, quote("small roasters sell coffee!")]]))
    assert without_repetition(piece, []).sections[0].paragraphs == [near]


@pytest.mark.parametrize(
    "phrase", ["we roast the best coffee", "İstanbul’s best coffee is roasted"]
)
def test_a_run_of_words_is_kept_three_times(phrase: str) -> None:
    chance = random.Random(5)
    lines = [f"{phrase} {random_sentence(chance, 12)}" for _ in range(6)]
    piece = make_piece(make_section("Heading", lines))
    result = without_repetition(piece, [])
    assert texts(result) == lines[:MOST]
    assert repeated_ngrams(texts(result), RUN, MOST) == []
    assert len(texts(without_repetition(piece, [phrase]))) >= MOST


def test_leaving_out_the_last_sentence_of_a_paragraph_removes_it() -> None:
    piece = make_piece(make_section("Heading", ["One."], ["Two.", "Three."]))
    one, two, _ = piece.sentences()
    assert without(piece, one).sections[0] == make_section("Heading", ["Two.", "Three."])
    assert texts(without(piece, Sentence(text="Two."))) == ["One.", "Two.", "Three."]
    assert texts(without(piece, two)) == ["One.", "Three."]


def test_a_sentence_joins_the_last_paragraph_until_it_is_full() -> None:
    piece = make_piece(make_section("", ["One."]), make_section("Heading"))
    for number in range(PARAGRAPH_SENTENCES):
        piece = with_sentence(piece, 0, Sentence(text=f"More {number}."))
    piece = with_sentence(piece, 1, Sentence(text="Alone."))
    assert [len(paragraph) for paragraph in piece.sections[0].paragraphs] == [4, 1]
    assert piece.sections[1] == make_section("Heading", ["Alone."])


def test_a_quote_begins_a_paragraph_of_its_own() -> None:
    piece = with_sentence(make_piece(make_section("", ["One."])), 0, quote("Quoted."))
    assert [len(paragraph) for paragraph in piece.sections[0].paragraphs] == [1, 1]


@pytest.mark.parametrize("make", [quote, lambda text: Sentence(text=text)])
def test_only_lonely_quotes_are_joined(make: Callable[[str], Sentence]) -> None:
    section = Section(paragraphs=[[make(f"Sentence {n}.")] for n in range(6)])
    sizes = [len(paragraph) for paragraph in joined(section).paragraphs]
    assert sizes == ([4, 2] if make is quote else [1] * 6)


def test_a_quote_that_leans_is_not_moved_to_another() -> None:
    section = Section(paragraphs=[[quote("Growers dry it.")], [quote("They turn it.")]])
    assert joined(section) == section
