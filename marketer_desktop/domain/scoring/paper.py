"""A text as the scorer sees it, and what search engines are told about it."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "cell", "caption", "quote", "code"]


@dataclass(frozen=True)
class Block:
    """A run of visible text, inline markup and entities resolved.

    `start` and `end` are its characters in the source; `level` is 1 to 6 for headings, else 0.
    Quotes and code are kept for showing, and scored by no check. Code inside a sentence is not in
    `text`. `runs` are pairs of a character in `text` and the one in the source that it came from;
    between two pairs, both go on side by side. `listed` blocks stand in a list or a table.
    Blanks are one space, a line feed where the source has one, or a vertical tab over which no
    sentence goes on.
    """

    kind: Kind
    text: str
    start: int
    end: int
    level: int = 0
    runs: tuple[tuple[int, int], ...] = ()
    listed: bool = False

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source for the characters `start` to `end` of `text`."""
        first, last = self._source(start), self._source(max(start, end - 1)) + 1
        return min(first, self.end), max(min(first, self.end), min(last, self.end))

    def _source(self, at: int) -> int:
        if not self.runs:
            return self.start + at
        visible, source = self.runs[max(0, bisect_right(self.runs, (at, 1 << 62)) - 1)]
        return source + at - visible


@dataclass(frozen=True)
class Link:
    """A link with the text it shows; `start` and `end` are characters in the source."""

    text: str
    address: str
    start: int
    end: int
    followed: bool = True


@dataclass(frozen=True)
class Image:
    """An image and its alternative text; `start` and `end` are characters in the source."""

    alternative: str
    address: str
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """The blocks in reading order, and what stands in them.

    `runs` is all that is shown, code and quotes with it, parted where blocks and lines part;
    `bare_lines` counts the lines of markup without words, such as a linked picture or a row.
    """

    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    runs: tuple[str, ...] = ()
    bare_lines: int = 0


@dataclass(frozen=True)
class Paper:
    """A text with its keyphrase and its entry in a list of search results.

    `title_width` is in pixels; None means that it is to be measured from the title.
    """

    text: Text
    keyphrase: str = ""
    title: str = ""
    title_width: float | None = field(default=None)
    description: str = ""
    slug: str = ""
    permalink: str = ""
