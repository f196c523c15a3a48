"""Words and sentence marks of a text, in one pass for all checks."""

import re

MARKS = frozenset(",:–")

# Brackets, long dashes and doubled hyphens part words; an apostrophe or a slash does not.
_GAP = re.compile(r"(?:--|[\s\[\]—])+|(–)")
_AROUND = "`_<>\\():;!?.…“”‘’'\"«»&+¿¡×,„‹›‚"
_EDGES = _AROUND + "[]-–"
_EDGES_OF_CODE = _EDGES.replace("<>", "")
_INITIALS = re.compile(r"\A[^\W\d_](?:\.[^\W\d_])+\Z")
_MARK = re.compile(r"[,:]")
_SPACE = re.compile(r"[\s—]+")


def tokens(text: str) -> tuple[str, ...]:
    """Lower-case words with the commas, colons and dashes that part clauses."""
    found: list[str] = []
    for chunk in _GAP.split(text.lower().replace("’", "'")):
        if not chunk:
            continue
        word = chunk.strip(_AROUND)
        if word:
            found.append(_INITIALS.sub(r"\g<0>.", word) if f"{word}." in chunk else word)
        elif chunk == "–":
            found.append(chunk)
            continue
        if not chunk[-1].isalnum() and (mark := _MARK.search(chunk, len(chunk.rstrip(_AROUND)))):
            found.append(mark[0])
    return tuple(found)


def words(found: tuple[str, ...]) -> tuple[str, ...]:
    """The words among tokens."""
    return tuple(token for token in found if token not in MARKS)


def count_words(text: str) -> int:
    """How many words a text has for its length: parted by white space, marks alone are none."""
    return sum(1 for chunk in _SPACE.split(text) if chunk.strip(_EDGES))


def shown_words(text: str) -> list[str]:
    """The words of a text that may have code in it, where an arrow is a word."""
    return [word for chunk in _SPACE.split(text) if (word := chunk.strip(_EDGES_OF_CODE))]
