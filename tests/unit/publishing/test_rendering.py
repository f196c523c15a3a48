"""A piece as its platform shows it."""

import re

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.posts import weight
from marketer_desktop.publishing.rendering import NO_SOURCES, render, source_label
from tests.factories.pieces import make_piece, make_section, make_source, random_piece

SOURCES = [
    make_source(1, "unused"),
    make_source(3, "The grinder costs 89 euros.", document="facts.pdf", page=4, start=10, end=37),
    make_source(8, "It is heavy.", document="notes.md", start=0, end=12),
]
QUOTED = Sentence(text="The grinder costs 89 euros.", origin="source", source=3)
PIECE = make_piece(
    make_section("", ["Coffee helps."]),
    Section(heading="Prices", paragraphs=[[QUOTED, Sentence(text="Good!", source=8)], [QUOTED]]),
    title="All about coffee",
).model_copy(update={"hashtags": ["#Coffee", "#Office"]})

ARTICLE = """\
# All about coffee

Coffee helps.

## Prices

The grinder costs 89 euros[3]. Good[8]!

The grinder costs 89 euros[3].

---

**Sources**

- [3] facts.pdf, page 4, characters 10–37
- [8] notes.md, characters 0–12
"""


@pytest.mark.parametrize("content_type", [ContentType.BLOG, ContentType.WEBPAGE])
def test_long_forms_cite_and_list_what_they_cite(content_type: ContentType) -> None:
    assert render(content_type, PIECE, SOURCES) == ARTICLE


def test_an_article_without_sources_says_so() -> None:
    text = render(ContentType.BLOG, make_piece(make_section("", ["Coffee helps."])), SOURCES)
    assert text.endswith(f"**Sources**\n\n{NO_SOURCES}\n")


@pytest.mark.parametrize("content_type", [ContentType.LINKEDIN, ContentType.EMAIL])
def test_short_forms_are_plain_text(content_type: ContentType) -> None:
    text = render(content_type, PIECE, SOURCES)
    assert text == (
        "Coffee helps.\n\nThe grinder costs 89 euros. Good!\n\n"
        "The grinder costs 89 euros.\n\n#Coffee #Office\n"
    )
    assert not re.search(r"\[\d+\]|^#+ |\*\*", text, re.MULTILINE)


def thread(piece: Piece) -> list[str]:
    return render(ContentType.TWITTER, piece, []).rstrip("\n").split("\n\n")


@pytest.mark.parametrize("sentences", [1, 40, 600])
def test_every_post_of_a_thread_is_numbered_and_fits(sentences: int) -> None:
    piece = random_piece(7, sections=1, sentences=sentences)
    posts = thread(piece)
    if len(posts) == 1:
        posts = [f"1/1 {posts[0]}"]  # a single post needs no number
    assert [post.split(" ", 1)[0] for post in posts] == [
        f"{n}/{len(posts)}" for n in range(1, len(posts) + 1)
    ]
    assert max(map(weight, posts)) <= 280
    assert " ".join(post.split(" ", 1)[1] for post in posts) == " ".join(
        sentence.text for sentence in piece.sentences()
    )
    assert sentences < 600 or len(posts) > 99


def test_a_source_without_pages_is_labelled_by_its_characters() -> None:
    assert source_label(SOURCES[2]) == "notes.md, characters 0–12"


def test_a_page_shows_its_hero_and_a_mail_ends_with_its_call() -> None:
    piece = PIECE.model_copy(update={"subheadline": "For offices.", "call_to_action": "Taste it"})
    page = render(ContentType.WEBPAGE, piece, SOURCES)
    assert page.startswith("# All about coffee\n\n*For offices.*\n\n**Taste it**\n\nCoffee helps.")
    assert "For offices" not in render(ContentType.BLOG, piece, SOURCES)
    mail = render(ContentType.EMAIL, piece, SOURCES)
    assert mail.endswith("The grinder costs 89 euros.\n\n**Taste it**\n\n#Coffee #Office\n")


def test_headings_keep_their_levels() -> None:
    deep = Section(heading="Deep", level=3, paragraphs=[[Sentence(text="Yes.")]])
    piece = make_piece(make_section("Wide", ["No."]), deep)
    assert "## Wide\n\nNo.\n\n### Deep\n\nYes." in render(ContentType.BLOG, piece, [])
