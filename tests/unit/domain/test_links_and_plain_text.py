"""What a reader sees of a sentence with marks in it."""

import pytest

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.paper_of import paper_of
from marketer_desktop.domain.links import read_inline, visible
from marketer_desktop.domain.plain import plain_text, without_markup
from tests.factories.pieces import make_piece, make_section

LINKED = 'See [the guide](https://example.org/a?b=c "Title") and ![a jar](assets/jar.png) here.'


def test_a_link_shows_its_words_and_an_image_nothing() -> None:
    shown, found = read_inline(LINKED)
    assert shown == "See the guide and  here."
    assert visible(LINKED) == shown
    assert [(f.image, f.text, f.address) for f in found] == [
        (False, "the guide", "https://example.org/a?b=c"),
        (True, "a jar", "assets/jar.png"),
    ]
    assert shown[found[0].start : found[0].end] == "the guide"


@pytest.mark.parametrize("text", ["So it is [3].", "a [b] (c)", "f(x)[0](", "]()", ""])
def test_what_is_no_link_stays(text: str) -> None:
    assert visible(text) == text


def test_places_in_the_paper_are_places_in_the_body() -> None:
    piece = make_piece(make_section("", ["One.", LINKED]), make_section("Two", ["Three."]))
    body = body_text(ContentType.BLOG, piece)
    text = paper_of(ContentType.BLOG, piece, "guide").text
    assert [body[b.start : b.end] for b in text.blocks] == [b.text for b in text.blocks]
    assert [b.level for b in text.blocks] == [1, 0, 2, 0]
    assert [body[link.start : link.end] for link in text.links] == ["the guide"]
    assert [image.alternative for image in text.images] == ["a jar"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Bold** and *soft* and `code`", "Bold and soft and code"),
        ("## A heading", "A heading"),
        ("- an item\n- another", "an item\nanother"),
        ("[Words](https://example.org)", "Words (https://example.org)"),
        ("2 * 3 * 4 and a_b_c and #Tag", "2 * 3 * 4 and a_b_c and #Tag"),
        ("***All***", "All"),
        ("> said", "said"),
    ],
)
def test_markup_goes_and_words_stay(text: str, plain: str) -> None:
    assert without_markup(text) == plain


def test_a_plain_mail_has_every_paragraph_and_its_call() -> None:
    piece = make_piece(make_section("", ["One **two**."], ["Three."]))
    piece = piece.model_copy(update={"call_to_action": "Order now"})
    assert plain_text(piece) == "One two.\n\nThree.\n\nOrder now\n"
