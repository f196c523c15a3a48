"""A keyphrase taken apart, and where its words stand in a text.

Words count as they are: an inflected form is another word, as it is for the oracle.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

# What may stand beside a word; other signs belong to it, so that "cat_dog" holds no "cat".
_BESIDE = r"\s\-.,:;?!/()\[\]+—«»“”„\"<>\\…"
_AROUND = "\"'“”‘’„«»‹›()[]<>.,:;?!&+-–—_\\…¿¡×"
_QUOTES = '"“”„«»'
_PARTS = re.compile(r"[\s\-–—]+")
_APOSTROPHES = str.maketrans("‘’‛`´", "'''''")


def plain(text: str) -> str:
    """`text` for comparing: lower case, straight apostrophes, as many characters as before."""
    lower = text.replace("\n", " ").lower()
    if len(lower) != len(text):  # a few letters have two characters as their small form
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lower.translate(_APOSTROPHES)


def unaccented(word: str) -> str:
    """`word` without accents."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def phrase_words(text: str) -> list[str]:
    """The words of a keyphrase, a link or a slug; hyphens part words."""
    found = (word.strip(_AROUND) for word in _PARTS.split(plain(text)))
    return [word for word in found if word]


@dataclass(frozen=True)
class Keyphrase:
    """`words` are those that count; `exact` asks for all of them as they stand in `phrase`."""

    phrase: str
    words: tuple[str, ...]
    exact: bool = False
    only_function_words: bool = False

    @property
    def length(self) -> int:
        """In words that count; a phrase in quotation marks is one."""
        return 1 if self.exact else len(self.words)

    @cached_property
    def forms(self) -> tuple[re.Pattern[str], ...]:
        """What to look for: every word, or the phrase as it stands."""
        wanted = (self.phrase,) if self.exact else self.words
        return tuple(_form(word) for word in wanted)

    def found(self, text: str) -> list[list[tuple[int, int]]]:
        """For each form, the places where it stands in `text`."""
        low = plain(text)
        return [[found.span(1) for found in form.finditer(low)] for form in self.forms]

    def uses(self, text: str) -> int:
        """How often all forms stand in `text`, in any order."""
        return min((len(places) for places in self.found(text)), default=0)

    def share(self, text: str) -> float:
        """The share of the forms that stand in `text`; a word of two places counts twice."""
        places = self.found(text)
        return sum(1 for found in places if found) / len(places) if places else 0.0


def keyphrase(text: str, function_words: Collection[str]) -> Keyphrase:
    """The keyphrase that `text` writes; quotation marks around all of it ask for exact matches."""
    written = " ".join(plain(text).split())
    if len(written) > 2 and written[0] in _QUOTES and written[-1] in _QUOTES:
        phrase = written[1:-1].strip()
        return Keyphrase(phrase, tuple(phrase_words(phrase)), exact=True)
    words = phrase_words(text)
    content = [word for word in words if word not in function_words]
    return Keyphrase(
        written, tuple(content or words), only_function_words=bool(words) and not content
    )


def _form(word: str) -> re.Pattern[str]:
    ways = "|".join(re.escape(way) for way in dict.fromkeys((word, unaccented(word))) if way)
    return re.compile(rf"(?<![^{_BESIDE}'_])({ways or '(?!)'})(?![^{_BESIDE}'_]|['_]\w)")
