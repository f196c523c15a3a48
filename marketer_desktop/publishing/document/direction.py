"""Which way a text runs, by its first letter that has a direction."""

import re
import unicodedata
from collections.abc import Iterator

_LEFTWARD = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_STRONG = {"L": False, "R": True, "AL": True}


def runs_leftward(text: str) -> bool:
    """Whether `text` is of Arabic, Hebrew or another script from right to left."""
    if not _LEFTWARD.search(text):
        return False
    return next(
        (_STRONG[way] for way in map(unicodedata.bidirectional, text) if way in _STRONG), False
    )


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in parts, each with whether it runs leftward; what has no direction stays behind."""
    if not _LEFTWARD.search(text):
        yield text, False
        return
    start, leftward = 0, runs_leftward(text)
    for place, character in enumerate(text):
        way = _STRONG.get(unicodedata.bidirectional(character), leftward)
        if way != leftward:
            yield text[start:place], leftward
            start, leftward = place, way
    yield text[start:], leftward
