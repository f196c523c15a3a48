"""Finds where visible words stand in the Markdown that they were written in."""

import re
from collections.abc import Iterator
from dataclasses import replace

from marketer_desktop.domain.scoring.paper import Block

# Addresses, tags and code: words in them are not the ones that are looked for.
_MARKUP = re.compile(
    r"(?<=\])\((?:\\.|[^()\\\n]|\([^()\n]*\))*\)|!\[[^\]\n]*\]|(`+)(?!`).+?(?<!`)\1(?!`)"
    r"|<[A-Za-z/!][^>\n]*>",
    re.DOTALL,
)
_WORD = re.compile(r"\S+")
# How far after the last character one may stand that is written in another way there.
_NEAR = 12


class Places:
    """Moves forward through one Markdown text, from block to block."""

    def __init__(self, source: str) -> None:
        self._source = _MARKUP.sub(lambda found: "\0" * len(found[0]), source)
        self._cursor = 0

    def placed(self, block: Block, first: int, last: int) -> Block:
        """`block` with its places between the characters `first` and `last` of the Markdown."""
        self._cursor = max(self._cursor, first)
        last = max(last, self._cursor)
        runs = tuple(self._runs(block.text, last))
        start = runs[0][1] if runs else self._cursor
        return replace(block, start=start, end=max(start, self._cursor), runs=runs)

    def _runs(self, text: str, last: int) -> Iterator[tuple[int, int]]:
        for word in _WORD.finditer(text):
            at = self._source.find(word[0], self._cursor, last)
            if at >= 0:
                self._cursor = at + len(word[0])
                yield word.start(), at
            else:
                yield from self._letters(word[0], word.start(), last)

    def _letters(self, word: str, place: int, last: int) -> Iterator[tuple[int, int]]:
        for offset, letter in enumerate(word):
            at = self._source.find(letter, self._cursor, min(last, self._cursor + _NEAR))
            if at >= 0:
                self._cursor = at + 1
                yield place + offset, at
            else:
                yield place + offset, self._cursor
