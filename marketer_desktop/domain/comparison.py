"""What has changed from one text to another: by paragraph first, inside paragraphs by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from pydantic import BaseModel

Kind = Literal["same", "added", "removed"]

_PARAGRAPH = re.compile(r".+?(?:\n\s*\n|\Z)", re.DOTALL)
_WORD = re.compile(r"\s+|\S+")
# Above this share of common words a paragraph has been edited; below it, it is another one.
ALIKE = 0.4


class Change(BaseModel):
    """A run of text with its white space.

    What is `same` or `added` makes up the new text, what is `same` or `removed` the old one.
    """

    kind: Kind
    text: str


def compared(old: str, new: str) -> list[Change]:
    """The way from `old` to `new`, neighbours of one kind put together."""
    found: list[Change] = []
    for kind, text in _paragraphs(_PARAGRAPH.findall(old), _PARAGRAPH.findall(new)):
        if found and found[-1].kind == kind:
            found[-1].text += text
        elif text:
            found.append(Change(kind=kind, text=text))
    return found


def _paragraphs(old: list[str], new: list[str]) -> Iterator[tuple[Kind, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(new[c:d])
        elif tag == "replace" and b - a == d - c:
            for before, after in zip(old[a:b], new[c:d], strict=True):
                yield from _words(before, after)
        elif tag == "replace":
            yield from _words("".join(old[a:b]), "".join(new[c:d]))
        else:
            yield "removed", "".join(old[a:b])
            yield "added", "".join(new[c:d])


def _words(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if _share(matcher.get_matching_blocks(), before, after) < ALIKE:
        yield "removed", old
        yield "added", new
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(after[c:d])
        else:
            yield "removed", "".join(before[a:b])
            yield "added", "".join(after[c:d])


def _share(blocks: Sequence[tuple[int, int, int]], before: list[str], after: list[str]) -> float:
    """The share of words that both have in common; white space does not count."""
    common = sum(1 for a, _, size in blocks for word in before[a : a + size] if word.strip())
    total = sum(1 for word in (*before, *after) if word.strip())
    return 2 * common / total if total else 1.0
