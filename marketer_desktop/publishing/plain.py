"""A document as plain text, as a person would type it without any markup."""

import unicodedata
from collections.abc import Iterator

from marketer_desktop.publishing.document.model import (
    BOXES,
    Block,
    Blocks,
    Code,
    Document,
    Heading,
    Item,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from marketer_desktop.publishing.manuscript import Manuscript

GAP = "  "
RULE = "-" * 40


def file_of(manuscript: Manuscript) -> bytes:
    """The text without markup; posts stand as they are."""
    text = manuscript.markdown
    return (plain_of(manuscript.document) if manuscript.is_marked_up else text).encode("utf-8")


def plain_of(document: Document) -> str:
    """The words of a document; addresses of links stand behind their words."""
    parts = ["\n".join(_block(block)) for block in document.blocks]
    notes = [
        "\n".join(_hanging(f"[{number}] ", _lines(blocks)))
        for number, blocks in enumerate(document.notes, start=1)
    ]
    notes = ["\n".join([RULE, *notes])] if notes else []
    return "\n\n".join(part for part in (*parts, *notes) if part.strip()) + "\n"


def _lines(blocks: Blocks, *, is_tight: bool = False) -> list[str]:
    lines: list[str] = []
    for number, block in enumerate(blocks):
        lines += [""] if number and not is_tight else []
        lines += _block(block)
    return lines


def _block(block: Block) -> list[str]:
    match block:
        case Heading(_, spans) | Paragraph(spans):
            return _words(spans).split("\n")
        case Code(text):
            return [f"    {line}".rstrip() for line in text.split("\n")]
        case Rule():
            return [RULE]
        case Quote(blocks):
            return [f"> {line}".rstrip() for line in _lines(blocks)]
        case Listing():
            return list(_list(block))
        case Table():
            return list(_table(block))


def _list(listing: Listing) -> Iterator[str]:
    for number, item in enumerate(listing.items):
        if number and not listing.is_tight:
            yield ""
        mark = f"{listing.start + number}. " if listing.is_ordered else "- "
        yield from _item(mark, item, is_tight=listing.is_tight)


def _item(mark: str, item: Item, *, is_tight: bool) -> list[str]:
    lines = _lines(item.blocks, is_tight=is_tight) or [""]
    return _hanging(mark, [BOXES.get(item.task, "") + lines[0], *lines[1:]])


def _hanging(mark: str, lines: list[str]) -> list[str]:
    first, *rest = lines or [""]
    return [mark + first, *(f"{' ' * len(mark)}{line}".rstrip() for line in rest)]


def _table(table: Table) -> Iterator[str]:
    rows = [[_words(cell).replace("\n", " ") for cell in row] for row in table.rows]
    columns = max((len(row) for row in rows), default=0)
    widths = [
        max((_width(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns)
    ]
    for number, row in enumerate(rows):
        cells = (
            _padded(cell, widths[n], table.aligns[n] if n < len(table.aligns) else "")
            for n, cell in enumerate(row)
        )
        yield GAP.join(cells).rstrip()
        if number == 0:
            yield GAP.join("-" * width for width in widths)


def _padded(cell: str, width: int, align: str) -> str:
    room = " " * (width - _width(cell))
    return room + cell if align == "right" else cell + room


def _width(text: str) -> int:
    """How many columns a text takes, wide characters two."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _words(spans: Spans) -> str:
    """The words of a line; the address of a link comes after the last of its words."""
    parts = []
    for number, span in enumerate(spans):
        parts.append(f"[{span.note}]" if span.note else span.text)
        behind = spans[number + 1].link if number + 1 < len(spans) else ""
        if span.link and span.link != behind:
            parts.append(_address(spans[: number + 1], span))
    return "".join(parts)


def _address(spans: Spans, last: Span) -> str:
    """The address in brackets, unless the words say it already."""
    words = ""
    for span in reversed(spans):
        if span.link != last.link:
            break
        words = span.text + words
    plain = last.link.removeprefix("mailto:")
    return "" if words in (last.link, plain) or last.link.startswith("#") else f" ({last.link})"
