"""What is rendered is read back as the same piece; what people write is understood."""

import pytest

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.words import count_words
from marketer_desktop.publishing.reading import citations, read_piece
from marketer_desktop.publishing.rendering import render
from tests.factories.pieces import make_source

PIECE = Piece(
    title="Coffee & the office: 3 ways",
    sections=[
        Section(paragraphs=[[Sentence(text="It brings people together.", source=1)]]),
        Section(
            heading="What it costs",
            paragraphs=[
                [
                    Sentence(text="A cup costs 1,040 cents!", source=2),
                    Sentence(text="That is fine."),
                ],
                [Sentence(text="Dr. Who pays it.")],
            ],
        ),
    ],
    hashtags=["#ColdBrew", "#Tea"],
)
SOURCES = [make_source(1), make_source(2)]


@pytest.mark.parametrize("kind", list(ContentType))
def test_a_rendered_piece_is_read_back(kind: ContentType) -> None:
    piece = PIECE if kind not in (ContentType.BLOG, ContentType.WEBPAGE) else without_tags(PIECE)
    read = read_piece(kind, render(kind, piece, SOURCES), piece.title)
    texts = [sentence.text for sentence in read.sentences()]
    assert texts == [sentence.text for sentence in piece.sentences()]
    if kind is not ContentType.TWITTER:
        assert count_words(body_text(kind, read)) == count_words(
            body_text(kind, shown(kind, piece))
        )
    if kind is ContentType.BLOG:
        assert [s.source for s in read.sentences()] == [1, 2, None, None]
        assert (read.title, read.sections[1].heading) == (piece.title, "What it costs")
    else:
        assert read.title == piece.title


def without_tags(piece: Piece) -> Piece:
    return piece.model_copy(update={"hashtags": []})


def shown(kind: ContentType, piece: Piece) -> Piece:
    """Short forms show no headings."""
    if kind in (ContentType.BLOG, ContentType.WEBPAGE):
        return piece
    bare = [section.model_copy(update={"heading": ""}) for section in piece.sections]
    return piece.model_copy(update={"sections": bare})


def test_what_people_write_counts_and_what_machines_read_does_not() -> None:
    text = (
        "# Title\n\nA **bold** <u>line</u>\nthat goes on with [a link](http://x.y/z?a=b).\n\n"
        "```python\nprint('not a word')\n```\n\n- one item\n- two items\n\n"
        "| Head | Row |\n|---|---|\n| cell one | cell two |\n\n![alt words](assets/a.png)\n"
    )
    body = body_text(ContentType.BLOG, read_piece(ContentType.BLOG, text))
    assert (
        body.split()
        == (
            "Title A bold line that goes on with a link. one item two items Head Row "
            "cell one cell two"
        ).split()
    )


def test_every_citation_above_the_sources_is_found() -> None:
    text = "It is so[2][1]. And so[7].\n\n---\n\n**Sources**\n\n- [9] a.pdf\n"
    assert citations(text) == [2, 1, 7]
    assert [s.text for s in read_piece(ContentType.BLOG, text).sentences()] == [
        "It is so.",
        "And so.",
    ]


def test_a_text_without_anything_is_a_piece() -> None:
    assert read_piece(ContentType.BLOG, "") == Piece(title="", sections=[])


@pytest.mark.parametrize("kind", [ContentType.WEBPAGE, ContentType.EMAIL])
def test_calls_levels_and_lines_come_back(kind: ContentType) -> None:
    deep = Section(heading="Deep", level=3, paragraphs=[[Sentence(text="Yes.")]])
    sections = [*PIECE.sections, deep] if kind is ContentType.WEBPAGE else PIECE.sections[:1]
    line = "For *every* office." if kind is ContentType.EMAIL else "For every office."
    piece = Piece(title="Coffee", sections=sections, subheadline=line, call_to_action="Taste it")
    read = read_piece(kind, render(kind, piece, SOURCES), "Coffee")
    assert read.call_to_action == "Taste it"
    assert [s.level for s in read.sections] == [s.level for s in piece.sections]
    assert read.subheadline == (line if kind is ContentType.WEBPAGE else "")
    assert count_words(body_text(kind, read)) == count_words(body_text(kind, piece))


def test_two_bold_paragraphs_are_two_calls_and_bold_words_are_none() -> None:
    text = "**Taste** it.\n\n**Order now**\n\n**Order** and **call**\n\n**Call us**\n"
    read = read_piece(ContentType.EMAIL, text)
    assert read.call_to_action == "Order now\nCall us"
    assert [s.text for s in read.sentences()] == ["Taste it.", "Order and call"]
    assert read_piece(ContentType.BLOG, "# A\n\n**Bold**").call_to_action == ""
    assert read_piece(ContentType.WEBPAGE, "# A\n\nText.\n\n*Late*").subheadline == ""
