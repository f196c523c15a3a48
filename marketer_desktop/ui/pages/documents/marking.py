"""Which words of a passage are marked as those of a query, and how much of it is shown."""

import re
from dataclasses import dataclass

from marketer_desktop.domain.titles import content_words

EXCERPT = 280  # characters
STEM = 4  # letters that a word and its forms have in common at least
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True)
class Piece:
    """A piece of a passage, marked or not."""

    text: str
    marked: bool = False


def marked(text: str, query: str) -> list[Piece]:
    """`text` in pieces; the words of `query` are marked in all their forms."""
    wanted = content_words(query)
    pieces: list[Piece] = []
    reached = 0
    for word in _WORD.finditer(text):
        if any(_alike(word.group().casefold(), other) for other in wanted):
            pieces.append(Piece(text[reached : word.start()]))
            pieces.append(Piece(word.group(), marked=True))
            reached = word.end()
    pieces.append(Piece(text[reached:]))
    return [piece for piece in pieces if piece.text]


def excerpt(text: str, query: str, length: int = EXCERPT) -> str:
    """The part of `text` around the first word of `query`, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    first = next((p for p in marked(flat, query) if p.marked), None)
    place = flat.index(first.text) if first else 0
    start = max(0, min(place - length // 4, len(flat) - length))
    end = start + length
    if start:
        start = flat.find(" ", start) + 1
    if end < len(flat):
        end = flat.rfind(" ", start, end + 1)
    return f"{'… ' if start else ''}{flat[start:end]}{' …' if end < len(flat) else ''}"


def _alike(word: str, other: str) -> bool:
    """Whether two words are the same or forms of one: *roast*, *roasted*, *roasting*."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    kept = max(STEM, len(shorter) - 2, len(longer) - 4)
    return len(shorter) >= kept and shorter[:kept] == longer[:kept]
