"""How near texts are to what they should be about."""

import asyncio
from bisect import bisect
from itertools import accumulate
from operator import mul

from langchain_core.embeddings import Embeddings


def _best(vector: list[float], anchors: list[list[float]]) -> float:
    cosines: list[float] = [sum(map(mul, vector, anchor)) for anchor in anchors]
    return max(cosines)


async def similarities(embeddings: Embeddings, texts: list[str], anchors: list[str]) -> list[float]:
    """For each text the highest cosine (-1 to 1) with any anchor. Vectors have length 1."""
    if not texts:
        return []
    shares = [share for share in _halves({*texts, *anchors}) if share]
    embedded = await asyncio.gather(
        *(asyncio.to_thread(embeddings.embed_documents, share) for share in shares)
    )
    vectors = {
        text: vector
        for share, found in zip(shares, embedded, strict=True)
        for text, vector in zip(share, found, strict=True)
    }
    near = [vectors[anchor] for anchor in anchors]
    return [_best(vectors[text], near) for text in texts]


def _halves(texts: set[str]) -> tuple[list[str], list[str]]:
    """The shorter and the longer texts, about as many characters each: two threads embed."""
    ordered = sorted(texts, key=lambda text: (len(text), text))
    reached = list(accumulate(map(len, ordered)))
    cut = bisect(reached, reached[-1] / 2)
    return ordered[:cut], ordered[cut:]
