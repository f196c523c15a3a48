"""The HTML page: whole, valid, and with nothing in it that runs or loads."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Section, Sentence
from marketer_desktop.publishing.document.reader import read_document
from marketer_desktop.publishing.html import article_page, to_html
from marketer_desktop.publishing.html_writer import fragment_html
from marketer_desktop.publishing.rendering import render
from tests.factories.manuscripts import HOSTILE, HOSTILE_TITLE, make_manuscript
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
    assert page.texts["p"][:2] == ["The grinder costs 89 euros", "."]
    assert page.texts["a"] == ["[13]"]
    assert page.attributes["a href"] == "#source-13" == f"#{page.attributes['li id']}"
    assert page.texts["li"] == ["[13] brand_facts_v2.pdf, characters 0–10"]
    assert "ol" not in page.seen


def test_a_page_tells_search_engines_what_it_is(tmp_path: Path) -> None:
    page: Any = BeautifulSoup(article_page(make_manuscript(tmp_path)), "html.parser")
    told = json.loads(page.find("script").string)
    assert (told["@type"], told["headline"]) == ("Article", "Grüße aus Köln")
    assert (told["inLanguage"], told["keywords"]) == ("de", ["Kaffee", "Büro"])
    assert told["dateModified"] == "2026-03-01T09:30:00+00:00"
    named = {each.get("name") or each.get("property"): each["content"] for each in page("meta")[2:]}
    assert named["description"] == named["og:description"] == "Was der Kaffee kostet."
    assert named["og:type"] == "article"


def test_all_that_a_text_has_is_on_the_page(tmp_path: Path) -> None:
    page: Any = BeautifulSoup(article_page(make_manuscript(tmp_path)), "html.parser")
    bold = [each.get_text() for each in page("strong")]
    assert bold == ["fetter", "7", "製品", "Sources"]
    assert page.find("li").find("li").find("li").get_text() == "eins eins eins"
    assert page.find("ol")["start"] == "3"
    assert "☑ erledigt" in page.get_text() and "☐ offen" in page.get_text()
    assert [cell.get_text() for cell in page("td")] == ["日本語", "39 €", "שלום", "7"]
    assert page("td")[2]["dir"] == "rtl" and page("td")[1]["style"] == "text-align:right"
    assert page.find("code", class_="language-python").get_text().endswith('x < 1 & "ok"\n')
    assert page.find("h2", dir="rtl").get_text() == "بالعربية"
    assert page.find("img")["alt"] == "Eine Tasse"
    targets = {each["href"][1:] for each in page("a") if each["href"].startswith("#")}
    assert targets == {each["id"] for each in page(id=True)} & targets
    assert {"note-1", "note-mark-1", "source-1", "source-2"} <= targets


def test_nothing_hostile_runs_or_loads(tmp_path: Path) -> None:
    text = article_page(make_manuscript(tmp_path, HOSTILE, title=HOSTILE_TITLE))
    page: Any = BeautifulSoup(text, "html.parser")
    scripts = page("script")
    assert [each["type"] for each in scripts] == ["application/ld+json"]
    assert json.loads(scripts[0].string)["headline"] == HOSTILE_TITLE
    assert not page(["iframe", "img", "object", "form", "base", "link"])
    assert not [name for each in page(True) for name in each.attrs if name.startswith("on")]
    addresses = [str(each["href"]) for each in page("a")]
    assert {each.partition(":")[0] for each in addresses if ":" in each} == {"https"}
    assert not any(each.startswith(("//", "\\")) for each in addresses)
    assert "http-equiv" not in text


def test_a_fragment_brings_its_looks_and_no_names() -> None:
    links = "![d](assets/d.png) [e](#a) [f](javascript:g)"
    text = f"# A\n\n| b |\n|---|\n| c[^1] |\n\n{links}\n\n[^1]: h\n"
    page: Any = BeautifulSoup(fragment_html(read_document(text)), "html.parser")
    assert "border:1px solid" in page.find("td")["style"]
    assert not page("img") and not page("a") and not page(id=True)
    assert page.find_all("p")[0].get_text() == "d e f"
    assert page.find("ol", class_="footnotes").get_text().strip() == "h"
