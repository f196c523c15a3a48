"""What a document is made of: blocks, and in them spans of characters with their looks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

BOXES = {"": "", " ": "☐ ", "x": "☑ ", "X": "☑ "}  # what shows how far a task is
BREAK = "\n"  # the text of a span that ends a line inside a paragraph; no other span has one


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that look alike, or one thing among them.

    `link` is a safe address. `picture` is the path of an image below the folder of the piece, and
    `text` says what it shows. `note` is the number of a footnote. `cited` is the number of a
    source, and `text` its mark, such as `[3]`.
    """

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    code: bool = False
    link: str = ""
    picture: str = ""
    note: int = 0
    cited: int = 0


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level from 1 to 6; links inside the text lead to `#` and its `anchor`."""

    level: int
    spans: Spans
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Code:
    """Lines as they stand; `language` may be empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the head first; `aligns` is empty, `left`, `center` or `right` a column."""

    rows: tuple[tuple[Spans, ...], ...]
    aligns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    blocks: "Blocks"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: `task` is empty, or whether it is done; `source` the number it tells."""

    blocks: "Blocks"
    task: str = ""
    source: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is the number of its first item, and tight items are single lines."""

    items: tuple[Item, ...]
    is_ordered: bool = False
    start: int = 1
    is_tight: bool = True


Block: TypeAlias = Heading | Paragraph | Code | Rule | Table | Quote | Listing
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text. `notes` are the footnotes, the first has the number 1.

    `sources` are the entries of the list of sources by their numbers; `front_matter` is what
    stands before the text, with its fences.
    """

    blocks: Blocks
    notes: tuple[Blocks, ...] = ()
    sources: Mapping[int, Spans] = field(default_factory=dict)
    front_matter: str = ""


def words_of(spans: Spans) -> str:
    """The characters alone."""
    return "".join(span.text for span in spans)


def spans_in(blocks: Blocks) -> Iterator[Span]:
    """Every span of the blocks and of what is inside them, in reading order."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield from block.spans
        elif isinstance(block, Table):
            yield from (span for row in block.rows for cell in row for span in cell)
        elif isinstance(block, Quote):
            yield from spans_in(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from spans_in(item.blocks)
