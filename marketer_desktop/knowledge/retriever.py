"""Finds the chunks that answer a question: by meaning in Chroma, by words in PostgreSQL."""

import asyncio
from collections.abc import Collection, Sequence

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from marketer_desktop.knowledge.ranking import fused, overlaps, relevance
from marketer_desktop.knowledge.vector_index import Hit, VectorIndex
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.documents import Passage
from marketer_desktop.storage.repositories.passages import Candidate

POOL = 4  # candidates for each result, from either search


class ChunkRetriever(BaseRetriever):
    """Retrieves at most `limit` chunks, best first, through `ainvoke(question)`.

    Each result has the chunk's text and the metadata document_id, filename, page, start, end,
    ordinal, heading, score (the cosine, and up to 0.35 for the words in common). With
    `document_ids` only those documents count, and each gives at least its best `per_document`
    chunks, even where that makes more than `limit`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: VectorIndex
    embeddings: SkipValidation[Embeddings]
    database: Database
    limit: int = 8
    project_id: int | None = None
    document_ids: list[int] | None = None
    per_document: int = 0

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        vector = await asyncio.to_thread(self.embeddings.embed_query, query)
        needed = await self._best_of_each(vector)
        pool = POOL * self.limit
        nearest = await self.index.query(vector, pool, self.project_id, self.document_ids)
        async with self.database.unit_of_work() as work:
            matches = await work.passages.matching(query, pool, self.project_id, self.document_ids)
            order = fused([[h.chunk_id for h in nearest], [m.chunk_id for m in matches]])
            required = [hit.chunk_id for hit in needed if hit.chunk_id not in order]
            candidates = await work.passages.candidates([*order, *required], self.project_id)
            asked = await work.passages.roots(query)
        cosines = {hit.chunk_id: hit.score for hit in (*nearest, *needed)}
        cosines |= await self._missing(vector, candidates, cosines)
        return self._chosen(candidates, asked, cosines, {hit.chunk_id for hit in needed})

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        raise NotImplementedError("The database is asynchronous. Use ainvoke.")

    async def _best_of_each(self, vector: Sequence[float]) -> list[Hit]:
        if not self.per_document:
            return []
        return [
            hit
            for document_id in self.document_ids or []
            for hit in await self.index.query(
                vector, self.per_document, self.project_id, [document_id]
            )
        ]

    async def _missing(
        self,
        vector: Sequence[float],
        candidates: Sequence[Candidate],
        known: Collection[int],
    ) -> dict[int, float]:
        """The cosines of what only the words have found."""
        chunks = [c.passage.chunk for c in candidates if c.passage.chunk.id not in known]
        found = await self.index.cosines(
            vector, [(chunk.document_id, chunk.ordinal, chunk.id) for chunk in chunks]
        )
        return {chunk.id: found.get(chunk.id, 0.0) for chunk in chunks}

    def _chosen(
        self,
        candidates: Sequence[Candidate],
        asked: frozenset[str],
        cosines: dict[int, float],
        needed: set[int],
    ) -> list[Document]:
        shared = overlaps(asked, {c.passage.chunk.id: c.roots for c in candidates})
        scores = {number: relevance(cosines[number], shared[number]) for number in shared}
        passages = sorted((c.passage for c in candidates), key=lambda p: -scores[p.chunk.id])
        room = max(0, self.limit - sum(p.chunk.id in needed for p in passages))
        others = [p.chunk.id for p in passages if p.chunk.id not in needed][:room]
        kept = needed.union(others)
        return [_document(p, scores[p.chunk.id]) for p in passages if p.chunk.id in kept]


def _document(passage: Passage, score: float) -> Document:
    chunk = passage.chunk
    return Document(
        page_content=chunk.text,
        metadata={
            "document_id": chunk.document_id,
            "filename": passage.filename,
            "page": chunk.page,
            "start": chunk.start_char,
            "end": chunk.end_char,
            "ordinal": chunk.ordinal,
            "heading": chunk.heading,
            "score": score,
        },
    )
