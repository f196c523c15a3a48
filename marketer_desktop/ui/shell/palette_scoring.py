"""How well an entry of the palette fits what was typed."""

import re
import unicodedata

START, WORD_START, IN_A_ROW, PLAIN = 10.0, 8.0, 7.0, 1.0
PER_LETTER_LEFT_OUT = 0.05
LEAST_PER_LETTER = 3.0  # scattered letters fit nearly anything
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """`text` without letter case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def score(query: str, text: str) -> float | None:
    """The higher the better; None if `text` does not fit.

    It must have the query's letters in their order. Letters at the start of the text or of a
    word, and letters in a row, count more; scattered ones alone are not enough.
    """
    wanted, letters = folded(query).replace(" ", ""), folded(text)
    if not wanted:
        return 0.0
    starts = {found.start() for found in _WORD.finditer(letters)}
    best = [_from(wanted, letters, starts, place) for place in _places(letters, wanted[0])]
    fitting = [value for value in best if value is not None]
    if not fitting:
        return None
    value = max(fitting)
    if value < LEAST_PER_LETTER * len(wanted):
        return None
    return value - PER_LETTER_LEFT_OUT * (len(letters) - len(wanted))


def _places(letters: str, first: str) -> list[int]:
    return [place for place, letter in enumerate(letters) if letter == first]


def _from(wanted: str, letters: str, starts: set[int], place: int) -> float | None:
    """The value of taking the first letter at `place` and each other as early as it goes well."""
    value = 0.0
    before = place - 2
    for letter in wanted:
        following = _next(letter, letters, starts, before + 1 if before >= place else place)
        if following is None:
            return None
        value += _worth(following, before, starts)
        before = following
    return value


def _next(letter: str, letters: str, starts: set[int], place: int) -> int | None:
    """The next letter in a row, else the next at the start of a word, else the next at all."""
    if letters[place : place + 1] == letter:
        return place
    first = letters.find(letter, place)
    at_start = (start for start in sorted(starts) if start >= place and letters[start] == letter)
    return next(at_start, first if first >= 0 else None)


def _worth(place: int, before: int, starts: set[int]) -> float:
    if place == 0:
        return START
    if place in starts:
        return WORD_START
    return IN_A_ROW if place == before + 1 else PLAIN
