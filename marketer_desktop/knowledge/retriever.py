"""Finds the chunks that answer a question: Chroma says which, PostgreSQL has the text."""

import asyncio
from collections.abc import Sequence

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from marketer_desktop.knowledge.vector_index import Hit, VectorIndex
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.documents import Passage


class ChunkRetriever(BaseRetriever):
    """Retrieves at most `limit` chunks, best first, through `ainvoke(question)`.

    Each result has the chunk's text and the metadata document_id, filename, page, start, end,
    ordinal, heading, score. With `document_ids` only those documents count, and each gives at
    least its best `per_document` chunks, even where that makes more than `limit`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: VectorIndex
    embeddings: Embeddings
    database: Database
    limit: int = 8
    project_id: int | None = None
    document_ids: list[int] | None = None
    per_document: int = 0

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        vector = await asyncio.to_thread(self.embeddings.embed_query, query)
        hits = {hit.chunk_id: hit for hit in await self._hits(vector)}
        async with self.database.unit_of_work() as work:
            passages = await work.documents.chunks_by_ids(list(hits))
        return [_document(passage, hits[passage.chunk.id].score) for passage in passages]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        raise NotImplementedError("The database is asynchronous. Use ainvoke.")

    async def _hits(self, vector: Sequence[float]) -> list[Hit]:
        best = await self.index.query(vector, self.limit, self.project_id, self.document_ids)
        needed = await self._best_of_each(vector)
        chosen = {hit.chunk_id for hit in needed}
        others = [hit for hit in best if hit.chunk_id not in chosen]
        kept = needed + others[: max(0, self.limit - len(needed))]
        return sorted(kept, key=lambda hit: hit.score, reverse=True)

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
