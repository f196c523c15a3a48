"""Reads Markdown as a document: the blocks that the editor shows, as a tree."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from marketer_desktop.publishing.document.anchors import Anchors
from marketer_desktop.publishing.document.model import (
    BREAK,
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
    Table,
)
from marketer_desktop.publishing.document.notes import Notes
from marketer_desktop.publishing.document.safety import sayable
from marketer_desktop.publishing.document.sources import numbers_of_sources, with_sources
from marketer_desktop.publishing.document.spans import SpanReader
from marketer_desktop.publishing.markdown_blocks.leaf import NUMBERS, QUOTE, Kind, Leaf
from marketer_desktop.publishing.markdown_blocks.runs import plain_text
from marketer_desktop.publishing.markdown_blocks.source import Source
from marketer_desktop.publishing.markdown_blocks.split import split

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DEFINITION = re.compile(r"[ \t]*\[[^\]\n]+\]:")
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n")


def read_document(markdown: str) -> Document:
    """The document that `markdown` says; never fails. What is unsafe in it is text."""
    source = split(sayable(markdown))
    leaves = [leaf.leaf for leaf in source.leaves]
    front_matter = ""
    if leaves and leaves[0].kind is Kind.SOURCE and _FRONT_MATTER.match(leaves[0].text):
        front_matter = leaves.pop(0).text
    notes = Notes(leaves)
    reader = _Reader(source, leaves, notes)
    blocks, sources = with_sources(reader.blocks(leaves))
    if notes.unasked:
        blocks += (Paragraph(tuple(Span("", note=number) for number in notes.unasked)),)
    written = tuple(reader.note(text) for text in notes.texts)
    return Document(blocks, written, sources, front_matter)


class _Reader:
    def __init__(self, source: Source, leaves: Sequence[Leaf], notes: Notes) -> None:
        self._source, self._anchors = source, Anchors()
        headings = (leaf for leaf in leaves if leaf.kind is Kind.HEADING)
        self._names = [self._anchors.name(plain_text(leaf.runs)) for leaf in headings]
        numbers = numbers_of_sources(leaves)
        self._spans = SpanReader(self._anchors, notes.numbers, numbers)
        self._spans_of_notes = SpanReader(self._anchors, {}, numbers)

    def note(self, text: str) -> Blocks:
        """The blocks of a footnote; there are no notes in notes."""
        source = split(text)
        inner = _Reader(source, (), Notes(()))
        inner._spans = self._spans_of_notes
        return inner.blocks([leaf.leaf for leaf in source.leaves])

    def blocks(self, leaves: Sequence[Leaf], depth: int = 0) -> Blocks:
        """The leaves as a tree, from the step `depth` of their paths on."""
        found: list[Block] = []
        for (group, sort), part in groupby(leaves, key=lambda leaf: _place(leaf, depth)):
            inner = list(part)
            if not group:
                found += [block for leaf in inner for block in self._leaf(leaf)]
            elif sort == QUOTE:
                found.append(Quote(self.blocks(inner, depth + 1)))
            else:
                found.append(self._list(inner, group, depth, is_ordered=sort == NUMBERS))
        return tuple(found)

    def _list(self, leaves: list[Leaf], group: int, depth: int, *, is_ordered: bool) -> Listing:
        items = groupby(leaves, key=lambda leaf: leaf.path[depth].item)
        style = self._source.lists[group]
        return Listing(
            tuple(self._item(list(part), depth) for _, part in items),
            is_ordered,
            style.start,
            style.is_tight,
        )

    def _item(self, leaves: list[Leaf], depth: int) -> Item:
        return Item(self.blocks(leaves, depth + 1), task=leaves[0].task)

    def _leaf(self, leaf: Leaf) -> Iterator[Block]:
        if leaf.kind is Kind.HEADING:
            name = self._names.pop(0) if self._names else ""
            yield Heading(leaf.level, self._spans.read(leaf.runs), name)
        elif leaf.kind is Kind.CODE:
            yield Code(leaf.text, leaf.info.split()[0] if leaf.info else "")
        elif leaf.kind is Kind.RULE:
            yield Rule()
        elif leaf.kind is Kind.TABLE:
            rows = tuple(tuple(self._spans.read(cell) for cell in row) for row in leaf.rows)
            yield Table(rows, leaf.aligns)
        elif leaf.kind is Kind.SOURCE:
            yield from _written(leaf.text)
        else:
            yield Paragraph(self._spans.read(leaf.runs))


def _place(leaf: Leaf, depth: int) -> tuple[int, str]:
    """The list or quote that a leaf is in at `depth`: its number, or 0, and its sort."""
    if len(leaf.path) <= depth:
        return 0, ""
    return leaf.path[depth].group, leaf.path[depth].sort


def _written(source: str) -> Iterator[Block]:
    """Source as a reader may see it: HTML is text, comments and definitions are nothing."""
    if _DEFINITION.match(source):
        return
    lines = [line.strip() for line in _COMMENT.sub("", source).strip().split("\n")]
    if any(lines):
        spans = [Span(text) for line in lines for text in (line, BREAK)]
        yield Paragraph(tuple(span for span in spans[:-1] if span.text))
