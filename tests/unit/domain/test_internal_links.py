"""Internal links: where they go, what they show, and where they never are."""

import re
import time
from itertools import pairwise

import pytest

from marketer_desktop.domain.internal_links import MOST, SitePage, with_internal_links
from marketer_desktop.domain.piece import Piece, Section, Sentence
from tests.factories.pieces import make_piece, make_section

SITE = "https://kestrow.example"
REFILLS = SitePage(url=f"{SITE}/tin-refills", title="The tin refill scheme | Kestrow")
TASTINGS = SitePage(url=f"{SITE}/tastings", title="Coffee tastings for offices")
PRICING = SitePage(url=f"{SITE}/pricing", title="Pricing")
FILLER = "Nothing else of any note happens in the rest of these very quiet sentences today."
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def text_of(*sentences: str, words: int = 300) -> Piece:
    """A piece with these sentences, filled up to some number of words."""
    filler = [f"{FILLER[:-1]} {n}." for n in range(words // 15)]
    return make_piece(
        make_section("The tin refill scheme", list(sentences)), make_section("", filler)
    )


def links(piece: Piece) -> list[tuple[str, str]]:
    """The links of the text: what they show and where they go."""
    return [link for s in piece.sentences() for link in LINK.findall(s.text)]


def test_the_words_that_name_a_page_lead_to_it() -> None:
    piece = text_of("Cafés that joined the tin refill scheme save packaging.")
    done = with_internal_links(piece, [REFILLS, TASTINGS])
    assert links(done) == [("tin refill scheme", REFILLS.url)]
    assert done.sections[0].heading == "The tin refill scheme"
    assert LINK.sub(r"\1", next(done.sentences()).text) == next(piece.sentences()).text


def test_plural_and_singular_are_the_same_word() -> None:
    done = with_internal_links(text_of("An office likes a coffee tasting now."), [TASTINGS])
    assert links(done) == [("coffee tasting", TASTINGS.url)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Coffee is grown in the hills of Peru.",  # one word of three names no page
        "The scheme came after a refill, said the owner of one tin.",  # far apart
        "Read about it, get help, and welcome home.",
    ],
)
def test_words_that_name_no_page_stay_as_they_are(sentence: str) -> None:
    home = SitePage(url=f"{SITE}/", title="Home")
    about = SitePage(url=f"{SITE}/about", title="About")
    piece = text_of(sentence)
    assert with_internal_links(piece, [REFILLS, TASTINGS, home, about]) == piece


def test_no_link_shows_the_keyphrase() -> None:
    piece = text_of("The tin refill scheme is growing.", "Our pricing is simple and fair.")
    pages = [REFILLS, PRICING]
    assert len(links(with_internal_links(piece, pages))) == 2
    shown = links(with_internal_links(piece, pages, "tin refills"))
    assert shown == [("refill scheme", REFILLS.url), ("pricing", PRICING.url)]
    assert links(with_internal_links(piece, pages, "refill")) == [("pricing", PRICING.url)]


def test_a_text_does_not_link_to_itself() -> None:
    piece = text_of("The tin refill scheme is growing.").model_copy(update={"slug": "tin-refills"})
    assert links(with_internal_links(piece, [REFILLS])) == []
    other = piece.model_copy(update={"slug": "refills"})
    assert len(links(with_internal_links(other, [REFILLS]))) == 1


def test_one_link_in_150_words_and_five_at_most() -> None:
    topics = ["amber glass", "basalt stone", "cedar wood", "dune grass", "elm bark", "fern leaf"]
    pages = [SitePage(url=f"{SITE}/{n}", title=topic) for n, topic in enumerate(topics)]
    said = [f"People like the {topic} very much." for topic in topics]
    for words, most in ((100, 0), (300, 2), (2000, MOST)):
        done = with_internal_links(text_of(*said, words=words), pages)
        assert len(links(done)) == most
    assert len({url for _, url in links(done)}) == MOST


def test_a_page_is_linked_once_and_a_sentence_holds_one_link() -> None:
    both = "The tin refill scheme and our pricing go together."
    assert len(links(with_internal_links(text_of(both), [REFILLS, PRICING]))) == 1
    again = text_of("The tin refill scheme grows.", "People like the tin refill scheme.")
    assert len(links(with_internal_links(again, [REFILLS]))) == 1


def test_citation_marks_and_links_of_others_are_left_alone() -> None:
    cited = Sentence(text="The tin refill scheme saves 52 kilograms.", origin="source", source=1)
    theirs = Sentence(text="See [our pricing today](https://other.example) for more of it.")
    filler = [Sentence(text=f"{FILLER} {n}") for n in range(30)]
    piece = Piece(title="T", sections=[Section(paragraphs=[[cited, theirs, *filler]])])
    done = list(with_internal_links(piece, [REFILLS, PRICING]).sentences())
    assert done[0].marked == (f"The [tin refill scheme]({REFILLS.url}) saves 52 kilograms[1].")
    assert done[1] == theirs


def test_brackets_in_an_address_do_not_end_the_link() -> None:
    page = SitePage(url=f"{SITE}/tin_(refill)", title="Tin refill scheme")
    done = with_internal_links(text_of("The tin refill scheme grows."), [page])
    assert links(done) == [("tin refill scheme", f"{SITE}/tin_%28refill%29")]


def test_a_brand_name_in_every_title_names_no_page() -> None:
    pages = [SitePage(url=f"{SITE}/{n}", title=f"Topic{n} Kestrow coffee") for n in range(30)]
    piece = text_of("Kestrow coffee is roasted in Harrowmere.")
    assert with_internal_links(piece, pages) == piece


def test_ten_thousand_pages_take_little_time_and_the_order_does_not_matter() -> None:
    words = "amber basalt cedar dune elm fern glade heath ivy juniper kelp larch".split()
    pairs = [(a, b) for a in words for b in words if a != b]
    pages = [
        SitePage(url=f"{SITE}/{n}", title=f"{a} {b} {n}")
        for n, (a, b) in enumerate(pairs * (10_000 // len(pairs)))
    ]
    said = [f"People like the {a} {b} very much." for a, b in pairwise(words)]
    began = time.monotonic()
    done = with_internal_links(text_of(*said, words=900), pages)
    assert time.monotonic() - began < 5
    assert done == with_internal_links(text_of(*said, words=900), pages[::-1])
