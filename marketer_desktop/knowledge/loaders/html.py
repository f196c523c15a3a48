"""Reads HTML: the words of the page without scripts, menus and other boilerplate."""

import re

from bs4 import BeautifulSoup, Comment, Tag

from marketer_desktop.knowledge.loaders.cleaning import clean, paragraphs
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText

NEVER_TEXT = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "nav",
    "aside", "form", "button", "select", "dialog", "head",
)  # fmt: skip
BOILERPLATE = ", ".join(
    (
        "[role=navigation]", "[role=banner]", "[role=contentinfo]", "[role=search]", "[hidden]",
        "[aria-hidden=true]", "body > header", "body > footer", "footer nav",
        "[id*=cookie]", "[class*=cookie]", "[class*=breadcrumb]", "[class*=newsletter]",
    )
)  # fmt: skip
BLOCKS = (
    "p", "div", "section", "article", "main", "header", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "table", "tr",
    "hr", "address", "details", "summary", "caption",
)  # fmt: skip
MARK = "\x1e"
# A main part that holds less than this share of the words is a teaser, not the content.
MAIN_SHARE = 0.4


def load_html(data: bytes) -> LoadedDocument:
    """The document in `data`; its encoding is found by mark, declaration or likelihood."""
    soup = BeautifulSoup(data, "lxml")
    heading = soup.title or soup.h1
    title = clean(heading.get_text(" ")) if heading else ""
    _drop_boilerplate(soup)
    page = PageText(page=None, text=_text(_content(soup)))
    return LoadedDocument(file_type=FileType.HTML, pages=[page], title=title or None)


def main_html(data: bytes) -> str:
    """The main part of the page in `data` as HTML, without scripts, menus and the like."""
    soup = BeautifulSoup(data, "lxml")
    _drop_boilerplate(soup)
    return _content(soup).decode()


def _drop_boilerplate(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in [*soup.find_all(NEVER_TEXT), *soup.select(BOILERPLATE)]:
        if not tag.decomposed and tag.name not in {"html", "body"}:
            tag.decompose()


def _content(soup: BeautifulSoup) -> Tag:
    main = soup.select_one("main, [role=main]") or soup.find("article")
    if main and len(main.get_text()) >= MAIN_SHARE * len(soup.get_text()):
        return main
    return soup


def _text(content: Tag) -> str:
    for cell in content.find_all(["td", "th"]):
        if cell.find_next_sibling(["td", "th"]):
            cell.append(" | ")
    for tag in content.find_all("br"):
        tag.replace_with(" ")
    for tag in content.find_all(BLOCKS):
        tag.insert_before(MARK)
        tag.insert_after(MARK)
    blocks = content.get_text().split(MARK)
    return paragraphs(re.sub(r"\s+", " ", block) for block in blocks)
