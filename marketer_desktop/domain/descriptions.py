"""Meta descriptions and previews out of a text's own sentences."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.titles import LONGEST_DESCRIPTION, says_keyphrase, shortened

SHORTEST_DESCRIPTION = 121
MOST_SENTENCES = 3
LOOKED_AT = 40  # sentences that are put together in pairs
_CLAUSE = re.compile(r"[,;:–—](?=\s)")


def descriptions(sentences: Sequence[str], keyphrase: str) -> Iterator[str]:
    """Texts of 121 to 156 characters, best first: whole sentences, then one that is cut.

    Those with the keyphrase come before those without.
    """
    made = list(dict.fromkeys(_whole(sentences)))
    cut = [text for sentence in sentences if (text := _cut(sentence))]
    texts = [*made, *(text for text in cut if text not in made)]
    yield from sorted(texts, key=lambda text: not says_keyphrase(text, keyphrase))


def _whole(sentences: Sequence[str]) -> Iterator[str]:
    """One to three sentences, neighbours first; the first of them stands alone."""
    fitting = [s for s in sentences if len(s) <= LONGEST_DESCRIPTION]
    for count in range(1, MOST_SENTENCES + 1):
        for place in range(len(fitting) - count + 1):
            yield from _joined(fitting[place : place + count])
    for pair in combinations(fitting[:LOOKED_AT], 2):
        yield from _joined(pair)


def _joined(parts: Sequence[str]) -> Iterator[str]:
    text = " ".join(parts)
    if SHORTEST_DESCRIPTION <= len(text) <= LONGEST_DESCRIPTION and not leans(parts[0]):
        yield text


def _cut(sentence: str) -> str:
    """A longer sentence up to the end of a clause, else of a word; empty if it is too short."""
    if len(sentence) <= LONGEST_DESCRIPTION or leans(sentence):
        return ""
    clauses = [m.start() for m in _CLAUSE.finditer(sentence)]
    ends = [at for at in clauses if SHORTEST_DESCRIPTION <= at + 1 <= LONGEST_DESCRIPTION]
    if ends:
        return f"{sentence[: ends[-1]]}."
    text = f"{shortened(sentence, LONGEST_DESCRIPTION - 1)}…"
    return text if len(text) >= SHORTEST_DESCRIPTION else ""


def preview_of(sentences: Sequence[str], longest: int) -> str:
    """The first sentence that fits into a line of `longest` characters, else the first, cut."""
    fitting = next((s for s in sentences if len(s) <= longest and not leans(s)), "")
    if fitting or not sentences:
        return fitting
    return f"{shortened(sentences[0], longest - 1)}…"
