"""A Markdown text taken apart: every block with the lines it was written on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from marketer_desktop.publishing.markdown_blocks.leaf import Leaf

LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line and the characters that end it, which may be none at the end of a text."""

    text: str
    end: str


@dataclass(frozen=True, slots=True)
class ListStyle:
    """How a list is written. `marker`: the bullet, or what follows the number.

    `numbering`: `sequence`, `same` (1. 1. 1.) or `odd`.
    """

    marker: str
    is_tight: bool = True
    start: int = 1
    numbering: str = "sequence"


@dataclass(frozen=True, slots=True)
class ItemStyle:
    """An item's marker with the blanks around it; `width` is its columns."""

    marker: str
    width: int
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class SourceLeaf:
    """A block with its lines: `prefixes` belong to the quotes and items around it.

    `prefixes` is None where they cannot be told from the text (a tab across the border).
    `opened`: quotes and items that begin before this block. `marked`: those of them whose
    marker is in the first prefix. `first`, `end`: its line numbers.
    """

    id: int
    leaf: Leaf
    first: int
    end: int
    lines: tuple[str, ...]
    rests: tuple[str, ...]
    prefixes: tuple[str, ...] | None
    opened: frozenset[int]
    marked: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A parsed text. `definitions`: parser's label to the label as written."""

    lines: tuple[Line, ...]
    leaves: tuple[SourceLeaf, ...]
    lists: Mapping[int, ListStyle]
    items: Mapping[int, ItemStyle]
    references: Mapping[str, object]
    mark: str = ""  # a byte order mark
    positions: Mapping[int, int] = field(default_factory=dict)  # id to index in `leaves`

    @property
    def line_end(self) -> str:
        """The line end that most lines have."""
        ends = [line.end for line in self.lines if line.end]
        return max(sorted(set(ends)), key=ends.count, default="\n")

    @property
    def ends_with_line_end(self) -> bool:
        """Whether the last line is ended."""
        return not self.lines or bool(self.lines[-1].end)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text, as Markdown counts them."""
    lines = [Line(match[1], match[2]) for match in LINE.finditer(text)]
    while lines and not lines[-1].text and not lines[-1].end:
        lines.pop()
    return tuple(lines)
