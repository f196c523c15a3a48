"""The opening of a Markdown text, for a first look."""

import re
from dataclasses import dataclass

from marketer_desktop.domain.words import count_words

MOST_BLOCKS = 5
SOURCES = "**Sources**"
MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Excerpt:
    """A title, some blocks (text, and whether it is a heading), and what the whole has."""

    title: str
    blocks: list[tuple[str, bool]]
    words: int
    sources: int


def excerpt(markdown: str) -> Excerpt:
    """The title and the first blocks of `markdown`."""
    body, _, sources = markdown.partition(SOURCES)
    blocks = [block.strip() for block in body.split("\n\n") if block.strip() not in ("", "---")]
    title = blocks[0].removeprefix("# ") if blocks else ""
    shown = [(block.lstrip("# "), block.startswith("#")) for block in blocks[1 : 1 + MOST_BLOCKS]]
    listed = [line for line in sources.splitlines() if line.startswith("- [")]
    words = sum(count_words(MARK.sub("", block)) for block in blocks)
    return Excerpt(title, shown, words, len(listed))
