"""The list of sources at the end of a piece: its entries, by the numbers that marks name."""

import re
from collections.abc import Iterable
from dataclasses import replace

from marketer_desktop.publishing.document.model import (
    Blocks,
    Item,
    Listing,
    Paragraph,
    Rule,
    Span,
    Spans,
    words_of,
)
from marketer_desktop.publishing.document.spans import joined
from marketer_desktop.publishing.markdown_blocks.leaf import BULLETS, Kind, Leaf
from marketer_desktop.publishing.markdown_blocks.runs import plain_text
from marketer_desktop.publishing.reading import SOURCES

_NUMBER = re.compile(r"\[(\d{1,9})\] ")


def numbers_of_sources(leaves: Iterable[Leaf]) -> frozenset[int]:
    """The numbers that the list of sources has, so that only these are marks in the text."""
    numbers: set[int] = set()
    is_inside = False
    for leaf in leaves:
        if not leaf.path:
            is_inside = _opens(leaf)
        elif is_inside and leaf.path[0].sort == BULLETS:
            found = _NUMBER.match(plain_text(leaf.runs))
            numbers |= {int(found[1])} if found else set()
    return frozenset(numbers)


def _opens(leaf: Leaf) -> bool:
    bold = leaf.kind is Kind.PARAGRAPH and all(run.marks.bold for run in leaf.runs)
    return bold and plain_text(leaf.runs) == SOURCES


def with_sources(blocks: Blocks) -> tuple[Blocks, dict[int, Spans]]:
    """The blocks with the numbers of sources at their items, and the entries by number."""
    place = next((n for n, block in enumerate(blocks) if _is_title(block)), len(blocks))
    if place + 1 >= len(blocks):
        return blocks, {}
    listing = blocks[place + 1]
    if not isinstance(listing, Listing):
        return blocks, {}
    entries: dict[int, Spans] = {}
    items = tuple(_entry(item, entries) for item in listing.items)
    told = replace(listing, items=items)
    return (*blocks[: place + 1], told, *blocks[place + 2 :]), entries


def without_cited(blocks: Blocks, cited: set[int]) -> Blocks:
    """The blocks without the entries of `cited`; a list that is empty then goes with its title."""
    place = next((n for n, block in enumerate(blocks) if _is_title(block)), -1)
    listing = blocks[place + 1] if 0 <= place < len(blocks) - 1 else None
    if not isinstance(listing, Listing):
        return blocks
    before, behind = blocks[:place], blocks[place + 2 :]
    left = tuple(item for item in listing.items if item.source not in cited)
    if left:
        return (*before, blocks[place], replace(listing, items=left), *behind)
    return (*_without_rule(before), *behind)


def _without_rule(blocks: Blocks) -> Blocks:
    return blocks[:-1] if blocks and isinstance(blocks[-1], Rule) else blocks


def _is_title(block: object) -> bool:
    return (
        isinstance(block, Paragraph)
        and words_of(block.spans) == SOURCES
        and all(span.bold for span in block.spans)
    )


def _entry(item: Item, entries: dict[int, Spans]) -> Item:
    """An item with its number; its own mark is text, and cites nothing."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph) or len(first.spans) < 2 or not first.spans[0].cited:
        return item
    number = first.spans[0].cited
    if number in entries:
        return item
    mark, behind = Span(first.spans[0].text), first.spans[1:]
    entries[number] = (replace(behind[0], text=behind[0].text.lstrip()), *behind[1:])
    told = Paragraph(joined((mark, *behind)))
    return replace(item, blocks=(told, *item.blocks[1:]), source=number)
