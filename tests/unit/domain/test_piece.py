"""A piece: its marks, its citations, its words."""

import pytest

from marketer_desktop.domain.piece import Piece, Section, Sentence
from tests.factories.pieces import make_piece, make_section


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("It costs 89 euros.", "It costs 89 euros[4]."),
        ("It costs 89 euros!", "It costs 89 euros[4]!"),
        ("He said “stop.”", "He said “stop.”[4]"),
        ("No end", "No end[4]"),
    ],
)
def test_the_mark_stands_before_the_full_stop(text: str, marked: str) -> None:
    assert Sentence(text=text, origin="source", source=4).marked == marked


def test_a_sentence_of_the_model_has_no_mark() -> None:
    assert Sentence(text="Coffee helps.").marked == "Coffee helps."


def test_sentences_come_in_reading_order_and_citations_once() -> None:
    cited = [Sentence(text=f"Number {n}.", source=n) for n in (2, 5, 2)]
    section = Section(paragraphs=[[cited[0]], cited[1:]])
    piece = make_piece(make_section("", ["First."]), section)
    assert [s.text for s in piece.sentences()] == ["First.", "Number 2.", "Number 5.", "Number 2."]
    assert piece.cited() == {2, 5}


def test_the_words_of_a_section_are_those_of_heading_and_body() -> None:
    assert (
        make_section("Two words", ["Three more words.", "And"], ["four others here"]).word_count
        == 9
    )


def test_a_piece_survives_the_way_through_a_checkpoint() -> None:
    piece = make_piece(make_section("Heading", ["One.", "Two."]))
    assert Piece(**piece.model_dump(mode="json")) == piece
