"""Links and images inside a sentence, written as Markdown writes them."""

import re
from typing import NamedTuple

_INLINE = re.compile(r"(!?)\[([^\[\]\n]*)\]\(\s*<?([^\s()<>]*)>?(?:\s+\"[^\"\n]*\")?\s*\)")


class Inline(NamedTuple):
    """A link or an image; `start` and `end` are characters of the visible text."""

    image: bool
    text: str
    address: str
    start: int
    end: int


def read_inline(text: str) -> tuple[str, list[Inline]]:
    """What a reader sees of `text`, and the links and images in it; images show nothing."""
    shown: list[str] = []
    found: list[Inline] = []
    length = place = 0
    for match in _INLINE.finditer(text):
        shown.append(text[place : match.start()])
        length += match.start() - place
        words = "" if match[1] else match[2]
        shown.append(words)
        found.append(Inline(bool(match[1]), match[2], match[3], length, length + len(words)))
        length += len(words)
        place = match.end()
    shown.append(text[place:])
    return "".join(shown), found


def visible(text: str) -> str:
    """What a reader sees of `text`: the words of a link, not its address."""
    return read_inline(text)[0] if "](" in text else text
