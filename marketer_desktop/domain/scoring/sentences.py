"""Sentences of one block of text, with their places."""

import re
from collections.abc import Collection

_END = re.compile(
    r"(?<![.!?…])(?P<end>[.!?…]++)(?P<closers>[\"'”’»)\]]*+)(?=\s+(?P<next>\S)|(?P<note>\[))|\v"
)
_LONGEST = 20  # characters of an abbreviation
_OPENERS = frozenset("\"'“‘«([`")


def sentences(text: str, abbreviations: Collection[str] = ()) -> list[tuple[int, int]]:
    """Start and end of each sentence in `text`; figures and abbreviations do not end one.

    A full stop ends a sentence where the next begins like one, and so does a question or
    exclamation mark inside quotes or brackets; elsewhere such a mark always does, and so does a
    vertical tab.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match, abbreviations):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span))]


def _ends(text: str, start: int, match: re.Match[str], abbreviations: Collection[str]) -> bool:
    if match[0] == "\v":
        return True
    following = match["next"] or match["note"]
    if match["end"][-1] in "!?" and not match["closers"]:
        return True
    if not (following.isupper() or following.isdigit() or following in _OPENERS):
        return False
    last = text[max(start, match.start() - _LONGEST) : match.start()].rsplit(None, 1)[-1:] or [""]
    return last[0].strip("([\"'“‘").lower() not in abbreviations


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(stripped)
