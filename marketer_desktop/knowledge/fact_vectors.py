"""Vectors of what documents may be quoted with: made when they are read, not in every run."""

from collections.abc import Collection, Iterable

from marketer_desktop.domain.facts import facts
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.model_files import MODEL_NAME
from marketer_desktop.storage.repositories.fact_vectors import ChunkFacts
from marketer_desktop.storage.tables import DocumentChunkRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

# They take half as long again as the passages: of a large document a run makes those it needs.
MOST_CHUNKS = 2000


def fact_vectors(
    embeddings: MiniLmEmbeddings, chunks: Iterable[DocumentChunkRow]
) -> list[ChunkFacts]:
    """The quotable sentences of the chunks with their vectors; nothing of a chunk without any."""
    stated = {chunk.id: _quotable(chunk) for chunk in chunks if chunk.ordinal < MOST_CHUNKS}
    every = list(dict.fromkeys(text for texts in stated.values() for text in texts))
    packed = dict(zip(every, embeddings.packed(every), strict=True))
    return [
        ChunkFacts(number, MODEL_NAME, texts, b"".join(packed[text] for text in texts))
        for number, texts in stated.items()
        if texts
    ]


def _quotable(chunk: DocumentChunkRow) -> list[str]:
    return [fact.text for fact in facts(0, chunk.text, chunk.heading or "")]


async def learn_facts(
    embeddings: MiniLmEmbeddings, work: UnitOfWork, chunk_ids: Collection[int]
) -> None:
    """Let the embeddings know the vectors that are kept of what these chunks say."""
    for known in await work.fact_vectors.of_chunks(chunk_ids, MODEL_NAME):
        embeddings.learn(known.texts, known.vectors)
