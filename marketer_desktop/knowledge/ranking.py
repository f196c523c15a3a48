"""Makes one order of passages out of several: by rank first, then by words and meaning."""

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
FLATNESS = 60  # of reciprocal rank fusion, as its authors chose it (Cormack and others, 2009)
LEXICAL = 0.35  # what all words of a question in common weigh beside a cosine of 1


def fused(rankings: Iterable[Sequence[Key]]) -> list[Key]:
    """The keys of all rankings, best first: each ranking gives a key 1 / (60 + its rank)."""
    scores: Counter[Key] = Counter()
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] += 1 / (FLATNESS + rank)  # type: ignore[assignment]
    return [key for key, _ in scores.most_common()]


def overlaps(
    question: Collection[str], passages: Mapping[Key, Collection[str]]
) -> dict[Key, float]:
    """The share of the question's words in each passage, 0 to 1; a rare word weighs more."""
    spread = Counter(word for words in passages.values() for word in words)
    weight = {word: math.log(1 + len(passages) / (spread[word] + 0.5)) for word in question}
    whole = sum(weight.values()) or 1.0
    return {
        key: sum(weight[word] for word in question if word in words) / whole
        for key, words in passages.items()
    }


def relevance(cosine: float, overlap: float) -> float:
    """How well a passage answers, by its meaning and by the words it shares."""
    return cosine + LEXICAL * overlap
