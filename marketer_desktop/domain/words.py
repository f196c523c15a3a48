"""Words, sentences and n-grams of plain text, counted in one way everywhere."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from marketer_desktop.domain.remembered import LONGEST

# A hyphenated word is one, and so is one with an apostrophe or a figure with its separators.
_WORD = re.compile(r"\d+(?:[.,]\d+)+[%°]?|[^\W_]+(?:[-'’][^\W_]+)*[%°]?", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(]?[A-Z0-9À-ÖØ-Þ#])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|Mr|Mrs|Ms|Dr|St|No|[A-Z])\.$")

# Checks compare the same sentences with each other again and again; a passage is some 12 kB.
COMPARED = 1024


def words(text: str) -> list[str]:
    """The words of `text`, in order and as written."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words `text` has."""
    return len(folded(text) if len(text) <= LONGEST else words(text))


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`; line breaks end one, common abbreviations do not."""
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for end in _SENTENCE_END.finditer(line):
            if _ABBREVIATION.search(line[start : end.start()]):
                continue
            found.append(line[start : end.end()].strip())
            start = end.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


@lru_cache(COMPARED)
def folded(text: str) -> tuple[str, ...]:
    """The words of `text` without case and with plain apostrophes, for comparisons."""
    return tuple(word.casefold().rstrip("%°").replace("’", "'") for word in words(text))


def ngrams(tokens: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Every run of `size` tokens."""
    return [tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)]


def has_run(tokens: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """Whether the tokens of `run` follow one another in `tokens`; nothing is everywhere."""
    if not run:
        return True
    place = -1
    for _ in range(tokens.count(run[0])):
        place = tokens.index(run[0], place + 1)
        if tokens[place : place + len(run)] == run:
            return True
    return False


def contains_phrase(text: str, phrase: str) -> bool:
    """Whether the words of `phrase` follow one another in `text`, whatever their case."""
    wanted = folded(phrase)
    return bool(wanted) and has_run(folded(text), wanted)


def repeated_ngrams(
    sentences: Sequence[str], size: int, most: int, allowed: Sequence[str] = ()
) -> list[tuple[str, ...]]:
    """The n-grams that occur more than `most` times; those inside an allowed phrase do not count.

    N-grams do not cross sentences.
    """
    counted = Counter(gram for text in sentences for gram in ngrams(folded(text), size))
    inside = {gram for phrase in allowed for gram in ngrams(folded(phrase), size)}
    return [gram for gram, times in counted.items() if times > most and gram not in inside]
