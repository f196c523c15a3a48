"""How near texts are to what they should be about."""

import asyncio

from langchain_core.embeddings import Embeddings


def _best(vector: list[float], anchors: list[list[float]]) -> float:
    return max(sum(a * b for a, b in zip(vector, anchor, strict=True)) for anchor in anchors)


async def similarities(embeddings: Embeddings, texts: list[str], anchors: list[str]) -> list[float]:
    """For each text the highest cosine (-1 to 1) with any anchor. Vectors have length 1."""
    if not texts:
        return []
    vectors = await asyncio.to_thread(embeddings.embed_documents, [*texts, *anchors])
    return [_best(vector, vectors[len(texts) :]) for vector in vectors[: len(texts)]]
