"""Finds misspelt words with Hunspell, and knows the words a person has added."""

import re
from collections.abc import Iterator
from pathlib import Path

from hunspell import Hunspell

WORD = re.compile(r"\w+(?:['’]\w+)*")
SKIPPED = re.compile(r"\S*(?:://|@|www\.)\S*|\S+\.\S+\w|[#@]\w+")
LAST_LATIN = "\u024f"
MOST_SUGGESTIONS = 5


def words_of(text: str) -> Iterator[tuple[int, str]]:
    """Words worth checking, with their index: no addresses, digits, capitals or names like eBay."""
    skipped = [match.span() for match in SKIPPED.finditer(text)]
    for match in WORD.finditer(text):
        word = match[0]
        is_apart = not any(start <= match.start() < end for start, end in skipped)
        if is_apart and _is_checkable(word):
            yield match.start(), word.replace("’", "'")


def _is_checkable(word: str) -> bool:
    letters = word.replace("'", "").replace("’", "")
    return (
        len(letters) > 1
        and letters.isalpha()
        and (letters.islower() or letters.istitle() or letters[1:].islower())
        and max(letters) <= LAST_LATIN
    )


class Speller:
    """A dictionary, and a file with one added word a line; what it found out it keeps.

    Reading the dictionary takes some 40 ms, once, at the first word.
    """

    def __init__(self, folder: Path, personal: Path | None = None, language: str = "en_US") -> None:
        self._folder, self._language, self._personal = folder, language, personal
        self._known: dict[str, bool] = {}
        self._added = set[str]()
        self._dictionary: Hunspell | None = None
        if personal and personal.exists():
            self._added = set(personal.read_text("utf-8").split())

    def known(self, word: str) -> bool | None:
        """Whether a word is right, None if it was not looked up yet."""
        return True if word in self._added else self._known.get(word)

    def look_up(self, word: str) -> bool:
        """Whether a word is right; takes some 20 µs the first time."""
        known = self.known(word)
        if known is None:
            known = self._known[word] = self._spells(word)
        return known

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Better words; takes up to 100 ms."""
        return tuple(self._open().suggest(word)[:MOST_SUGGESTIONS])

    def add(self, word: str) -> None:
        """Take a word for right from now on."""
        self._added.add(word)
        if self._personal:
            self._personal.parent.mkdir(parents=True, exist_ok=True)
            with self._personal.open("a", encoding="utf-8") as file:
                file.write(word + "\n")

    def _spells(self, word: str) -> bool:
        try:
            return bool(self._open().spell(word))
        except UnicodeEncodeError:  # a letter that the dictionary's alphabet does not have
            return True

    def _open(self) -> Hunspell:
        if self._dictionary is None:
            self._dictionary = Hunspell(self._language, hunspell_data_dir=str(self._folder))
        return self._dictionary
