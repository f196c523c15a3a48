"""The HTML page: whole, valid, and with nothing in it that runs or loads."""

from html.parser import HTMLParser

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Section, Sentence
from marketer_desktop.publishing.html import to_html
from marketer_desktop.publishing.rendering import render
from tests.factories.pieces import make_piece, make_source

EMPTY = {"meta", "hr", "br"}


class Page(HTMLParser):
    """Reads a page, and fails on tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.attributes: dict[str, str | None] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes |= {f"{tag} {name}": value for name, value in attrs}
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.texts.setdefault(self.open[-1], []).append(data)


def test_a_page_is_whole() -> None:
    text = to_html(
        "# Title\n\nOne *two*.\n\n## More\n\nThree.\n", "Title & more", 'A "quote"', "de"
    )
    assert text.startswith("<!doctype html>\n")
    page = Page(text)
    assert page.texts["title"] == ["Title & more"]
    assert (page.texts["h1"], page.texts["h2"]) == (["Title"], ["More"])
    assert page.attributes["html lang"] == "de"
    assert page.attributes["meta content"] == 'A "quote"'


def test_without_description_there_is_no_empty_one() -> None:
    assert "description" not in to_html("Text", "Title")


def test_nothing_in_a_topic_becomes_html() -> None:
    evil = "</title><script>alert(1)</script><img src=//example.org/a.png>"
    page = Page(to_html(f"# {evil}\n\n<iframe src='//example.org'></iframe>\n", evil, evil))
    assert not {"script", "img", "iframe"} & set(page.seen)
    assert page.texts["title"] == [evil]
    assert "".join(page.texts["h1"]) == evil


def test_marks_lead_to_the_same_numbers_in_the_list() -> None:
    sentence = Sentence(text="The grinder costs 89 euros.", origin="source", source=13)
    piece = make_piece(Section(heading="Prices", paragraphs=[[sentence]]))
    sources = [make_source(13, document="brand_facts_v2.pdf")]
    page = Page(to_html(render(ContentType.BLOG, piece, sources), piece.title))
    assert page.texts["p"][0] == "The grinder costs 89 euros[13]."
    assert page.texts["li"] == ["[13] brand_facts_v2.pdf, characters 0–10"]
    assert "ol" not in page.seen
