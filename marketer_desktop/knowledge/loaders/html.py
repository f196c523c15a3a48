"""Reads HTML: the words of the page without scripts, menus and other boilerplate."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import CData, NavigableString, PageElement, Tag

from marketer_desktop.knowledge.loaders.cleaning import clean, paragraphs
from marketer_desktop.knowledge.loaders.decoding import BYTE_ORDER_MARKS, decode
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText

NEVER_TEXT = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "nav",
        "aside", "form", "button", "select", "dialog", "head",
    )
)  # fmt: skip
BOILERPLATE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search"))
BOILERPLATE_NAMES = re.compile("cookie|breadcrumb|newsletter")
BLOCKS = frozenset(
    (
        "p", "div", "section", "article", "main", "header", "footer", "h1", "h2", "h3", "h4", "h5",
        "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "table",
        "tr", "hr", "address", "details", "summary", "caption",
    )
)  # fmt: skip
CELLS = frozenset(("td", "th"))
TEXT = (NavigableString, CData)
MARK = "\x1e"
# A main part that holds less than this share of the words is a teaser, not the content.
MAIN_SHARE = 0.4


def load_html(data: bytes) -> LoadedDocument:
    """The document in `data`; its encoding is found by mark, declaration or likelihood."""
    soup = _soup(data)
    heading = soup.title or soup.h1
    title = clean(heading.get_text(" ")) if heading else ""
    blocks = "".join(_pieces(_content(soup))).split(MARK)
    text = paragraphs(re.sub(r"\s+", " ", block) for block in blocks)
    page = PageText(page=None, text=text)
    return LoadedDocument(file_type=FileType.HTML, pages=[page], title=title or None)


def main_html(data: bytes) -> str:
    """The main part of the page in `data` as HTML, without scripts, menus and the like."""
    soup = _soup(data)
    content = _content(soup)
    for node in [*content.descendants]:
        if _is_unseen(node) and not node.decomposed:
            node.decompose() if isinstance(node, Tag) else node.extract()
    return content.decode()


def _soup(data: bytes) -> BeautifulSoup:
    return BeautifulSoup(_decoded(data), "lxml")


def _decoded(data: bytes) -> str:
    marked = any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)
    declared = None if marked else EncodingDetector.find_declared_encoding(data, is_html=True)
    # Where a declaration can be read byte by byte, units of two bytes are not what was used.
    if declared and not declared.lower().startswith(("utf-16", "utf-32")):
        # It may be unknown to us, or again not the one that was used.
        with suppress(LookupError, UnicodeDecodeError):
            return data.decode(declared)
    return decode(data)


def _is_unseen(node: PageElement) -> bool:
    """Whether `node` is no text of the page: a comment, a script, a menu and the like."""
    if not isinstance(node, Tag):
        return type(node) not in TEXT
    if node.name in {"html", "body"}:
        return False
    if node.name in NEVER_TEXT or "hidden" in node.attrs or _named(node, "aria-hidden") == "true":
        return True
    banner = node.name in {"header", "footer"} and node.parent and node.parent.name == "body"
    return (
        bool(banner)
        or _named(node, "role") in BOILERPLATE_ROLES
        or "cookie" in _named(node, "id")
        or bool(BOILERPLATE_NAMES.search(_named(node, "class")))
    )


def _named(tag: Tag, attribute: str) -> str:
    value = tag.attrs.get(attribute) or ""
    return value if isinstance(value, str) else " ".join(value)


def _content(soup: BeautifulSoup) -> Tag:
    seen = [node for node in _seen(soup) if isinstance(node, Tag)]
    mains = (node for node in seen if node.name == "main" or _named(node, "role") == "main")
    main = next(mains, None) or next((node for node in seen if node.name == "article"), None)
    if main and _length(_seen(main)) >= MAIN_SHARE * _length(_seen(soup)):
        return main
    return soup


def _length(nodes: Iterable[PageElement]) -> int:
    return sum(len(node) for node in nodes if isinstance(node, NavigableString))


def _seen(root: Tag) -> Iterator[PageElement]:
    """What of `root` belongs to the text, in order; not by recursion, which depth would end."""
    stack: list[PageElement] = [root]
    while stack:
        node = stack.pop()
        if not _is_unseen(node):
            yield node
            if isinstance(node, Tag):
                stack.extend(reversed(node.contents))


def _pieces(root: Tag) -> Iterator[str]:
    """The text of `root`, a mark at the edges of blocks, a bar between the cells of a row."""
    ends: list[PageElement | str] = [root]
    rows_begun: set[int] = set()
    while ends:
        node = ends.pop()
        if type(node) is str or type(node) in TEXT:
            yield str(node)
        elif isinstance(node, Tag) and not _is_unseen(node):
            edge = MARK if node.name in BLOCKS else " " if node.name == "br" else ""
            if node.name in CELLS:
                edge_of_cell = " | " if id(node.parent) in rows_begun else ""
                rows_begun.add(id(node.parent))
                yield edge_of_cell
            yield edge
            ends.append(edge)
            ends.extend(reversed(node.contents))
