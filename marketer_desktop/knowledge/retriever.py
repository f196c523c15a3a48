"""Finds the chunks that answer a question: by meaning in Chroma, by words in PostgreSQL."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableConfig
from pydantic import ConfigDict, SkipValidation

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.fact_vectors import learn_facts
from marketer_desktop.knowledge.ranking import fused, overlaps, relevance
from marketer_desktop.knowledge.vector_index import Hit, VectorIndex
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.documents import Passage
from marketer_desktop.storage.repositories.passages import Candidate, Match

POOL = 4  # candidates for each result, from either search


class _Near(NamedTuple):
    """The nearest chunks to a question, and the best of each document that has to be there."""

    nearest: list[Hit]
    needed: list[Hit]


class ChunkRetriever(BaseRetriever):
    """Retrieves at most `limit` chunks, best first, through `ainvoke(question)`.

    Each result has the chunk's text and the metadata document_id, filename, page, start, end,
    ordinal, heading, score (the cosine, and up to 0.35 for the words in common). With
    `document_ids` only those documents count, and each gives at least its best `per_document`
    chunks, even where that makes more than `limit`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: VectorIndex
    embeddings: SkipValidation[MiniLmEmbeddings]
    database: Database
    limit: int = 8
    project_id: int | None = None
    document_ids: list[int] | None = None
    per_document: int = 0

    async def abatch(
        self,
        inputs: list[str],
        config: RunnableConfig | list[RunnableConfig] | None = None,
        *,
        return_exceptions: bool = False,
        **kwargs: Any,
    ) -> list[list[Document]]:
        """What `ainvoke` finds for each question, with one visit to the database for all of them.

        The embeddings know from then on the vectors that are kept of what these passages say.
        """
        found = await self._found(inputs)
        chunks = {passage.chunk.id for passages in found for passage, _ in passages}
        async with self.database.unit_of_work() as work:
            await learn_facts(self.embeddings, work, chunks)
        return [[_document(*passage) for passage in passages] for passages in found]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        (found,) = await self._found([query])
        return [_document(*passage) for passage in found]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        raise NotImplementedError("The database is asynchronous. Use ainvoke.")

    async def _found(self, queries: list[str]) -> list[list[tuple[Passage, float]]]:
        """The passages for each query with their scores, best first."""
        vectors = await asyncio.to_thread(self.embeddings.embed_documents, queries)
        near = await asyncio.gather(*map(self._near, vectors))
        async with self.database.unit_of_work() as work:
            scope = (POOL * self.limit, self.project_id, self.document_ids)
            matches = await work.passages.matching(queries, *scope)
            orders = [_order(*both) for both in zip(near, matches, strict=True)]
            every = dict.fromkeys(number for order in orders for number in order)
            candidates = await work.passages.candidates(list(every), self.project_id)
            roots = await work.passages.roots(queries)
        known = {candidate.passage.chunk.id: candidate for candidate in candidates}
        return [
            await self._chosen(vector, hits, [known[n] for n in order if n in known], asked)
            for vector, hits, order, asked in zip(vectors, near, orders, roots, strict=True)
        ]

    async def _near(self, vector: Sequence[float]) -> _Near:
        needed = await self._best_of_each(vector)
        pool = POOL * self.limit
        nearest = await self.index.query(vector, pool, self.project_id, self.document_ids)
        return _Near(nearest, needed)

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

    async def _chosen(
        self,
        vector: Sequence[float],
        near: _Near,
        candidates: Sequence[Candidate],
        asked: frozenset[str],
    ) -> list[tuple[Passage, float]]:
        cosines = {hit.chunk_id: hit.score for hit in (*near.nearest, *near.needed)}
        cosines |= await self._missing(vector, candidates, cosines)
        needed = {hit.chunk_id for hit in near.needed}
        shared = overlaps(asked, {c.passage.chunk.id: c.roots for c in candidates})
        scores = {number: relevance(cosines[number], shared[number]) for number in shared}
        passages = sorted((c.passage for c in candidates), key=lambda p: -scores[p.chunk.id])
        room = max(0, self.limit - sum(p.chunk.id in needed for p in passages))
        others = [p.chunk.id for p in passages if p.chunk.id not in needed][:room]
        kept = needed.union(others)
        return [(p, scores[p.chunk.id]) for p in passages if p.chunk.id in kept]


def _order(near: _Near, matches: Sequence[Match]) -> list[int]:
    """The numbers of the chunks that either search has found, best first, and what has to be."""
    order = fused([[h.chunk_id for h in near.nearest], [m.chunk_id for m in matches]])
    return list(dict.fromkeys([*order, *(hit.chunk_id for hit in near.needed)]))


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
