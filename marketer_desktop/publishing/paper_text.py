"""Markdown and HTML as the scorer sees them: visible text, links and images with their places."""

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from marketer_desktop.domain.scoring.paper import Block, Image, Link, Text
from marketer_desktop.publishing.html_reader import ORIGIN, HtmlReader
from marketer_desktop.publishing.markdown_places import Places

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_IMAGE = re.compile(r"!\[|<img\b", re.IGNORECASE)


def html_text(source: str) -> Text:
    """The text of a page or of a part of one; never fails."""
    reader = HtmlReader(names_shown=True)
    reader.read(_LONE_SURROGATE.sub("\ufffd", source))
    return Text(
        tuple(reader.blocks),
        tuple(reader.links),
        tuple(reader.images),
        tuple(reader.lines.runs),
        reader.lines.bare,
    )


def markdown_text(source: str) -> Text:
    """The text of Markdown with tables; front matter is passed over. Never fails."""
    reader = HtmlReader()
    reader.read(_html(source, marked=True))
    places = Places(source)
    blocks = tuple(
        places.placed(block, *_span(origin, len(source)))
        for block, origin in zip(reader.blocks, reader.origins, strict=True)
    )
    links = (
        _placed_link(link, blocks[number : number + 1], source)
        for link, number in zip(reader.links, reader.link_blocks, strict=True)
    )
    images = tuple(_placed_images(reader.images, source))
    return Text(blocks, tuple(links), images, tuple(reader.lines.runs), reader.lines.bare)


def markdown_html(source: str) -> str:
    """Markdown as the HTML that its text is read from, without front matter."""
    return _html(source, marked=False)


def _html(source: str, *, marked: bool) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    body = _without_front_matter(_LONE_SURROGATE.sub("\ufffd", source))
    tokens = reader.parse(body)
    if marked:
        _mark(tokens, source)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _without_front_matter(source: str) -> str:
    """`source` with empty lines for front matter, so that line numbers stay."""
    plain = _LINE_END.sub("\n", source)
    return _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), plain)


def _mark(tokens: list[Token], source: str) -> None:
    """Tell each block the characters that its lines have in `source`."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(source)), len(source)]
    for token in tokens:
        if token.map and token.nesting == 1:
            first, last = (starts[min(line, len(starts) - 1)] for line in token.map)
            token.attrSet(ORIGIN, f"{first}-{last}")


def _span(origin: str, length: int) -> tuple[int, int]:
    found = _SPAN.fullmatch(origin)
    first, last = (int(found[1]), int(found[2])) if found else (0, length)
    return min(first, length), min(last, length)


def _placed_link(link: Link, blocks: tuple[Block, ...], source: str) -> Link:
    """`link` with the place of its words in the Markdown, or of its block if it has none."""
    for block in blocks:
        at = block.text.find(link.text) if link.text else -1
        if at >= 0:
            start, end = block.place(at, at + len(link.text))
            return replace(link, start=start, end=end)
        return replace(link, start=block.start, end=block.start)
    return replace(link, start=len(source), end=len(source))


def _placed_images(images: list[Image], source: str) -> list[Image]:
    """The images with their places in the Markdown; they come in the same order there."""
    starts = [found.start() for found in _IMAGE.finditer(source)]
    placed = []
    for image in images:
        at = starts.pop(0) if starts else len(source)
        placed.append(replace(image, start=at, end=min(len(source), at + 2)))
    return placed
