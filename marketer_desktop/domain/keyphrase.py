"""How often a keyphrase stands in a text."""

import math
from collections.abc import Iterable

from pydantic import BaseModel

from marketer_desktop.domain.scoring.keyphrase_forms import keyphrase as scored_keyphrase
from marketer_desktop.domain.scoring.languages import language as language_of
from marketer_desktop.domain.words import folded, ngrams

MOST_DENSITY = 3.0  # percent, for a keyphrase of average weight


class KeyphraseUse(BaseModel):
    """How often, and for how many of a hundred words."""

    count: int
    density: float


def keyphrase_use(body: str, keyphrase: str) -> KeyphraseUse:
    """The uses of `keyphrase` in `body`, whatever their case."""
    wanted, tokens = folded(keyphrase), folded(body)
    count = ngrams(tokens, len(wanted)).count(wanted) if wanted else 0
    return KeyphraseUse(count=count, density=100 * count / len(tokens) if tokens else 0.0)


class KeyphraseBudget:
    """How often a text may have its keyphrase before search engines call it stuffed.

    Counted as the scorer counts: all words of the keyphrase in one sentence, in any form.
    """

    def __init__(self, keyphrase: str, language: str) -> None:
        known = language_of(language)
        self._keyphrase = scored_keyphrase(keyphrase, known.function_words if known else ())

    def uses(self, texts: Iterable[str]) -> int:
        """The uses in headings and sentences, each a text of its own."""
        return sum(self._keyphrase.uses(text) for text in texts)

    def most(self, words: int) -> int:
        """The most uses that a text of `words` words bears."""
        weight = 0.7 + self._keyphrase.length / 3
        return math.floor(words * MOST_DENSITY / 100 / weight)
