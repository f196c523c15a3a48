"""A library of documents on real parts, and how much of what is asked of it is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.retriever import ChunkRetriever
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.services.ingest_document import ingest_document
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.workspaces import Workspace
from tests.factories.planted import Planted

LIMIT = 8


@dataclass(frozen=True)
class DocumentLibrary:
    """Documents of one project, taken in as users' documents are."""

    database: Database
    index: VectorIndex
    embeddings: MiniLmEmbeddings
    workspace: Workspace
    data_dir: Path

    async def take_in(self, paths: Iterable[Path]) -> list[int]:
        """The numbers of the documents, in order."""
        found: list[int] = []
        for path in paths:
            result = await ingest_document(
                path,
                database=self.database,
                index=self.index,
                embeddings=self.embeddings,
                workspace=self.workspace,
                data_dir=self.data_dir,
            )
            assert result.document_id is not None, result.error
            found.append(result.document_id)
        return found

    def retriever(self, limit: int = LIMIT, documents: list[int] | None = None) -> ChunkRetriever:
        """What a run of this project retrieves with."""
        return ChunkRetriever(
            index=self.index,
            embeddings=self.embeddings,
            database=self.database,
            limit=limit,
            project_id=self.workspace.project_id,
            document_ids=documents,
        )

    async def by_meaning(self, question: str, limit: int = LIMIT) -> list[str]:
        """The nearest passages by vectors alone."""
        vector = self.embeddings.embed_query(question)
        hits = await self.index.query(vector, limit, self.workspace.project_id)
        return await self._texts([hit.chunk_id for hit in hits])

    async def by_words(self, question: str, limit: int = LIMIT) -> list[str]:
        """The passages that full text search alone puts first."""
        async with self.database.unit_of_work() as work:
            project_id = self.workspace.project_id
            (matches,) = await work.passages.matching([question], limit, project_id)
        return await self._texts([match.chunk_id for match in matches])

    async def by_both(self, question: str, limit: int = LIMIT) -> list[str]:
        """What runs retrieve."""
        found = await self.retriever(limit).ainvoke(question)
        return [passage.page_content for passage in found]

    async def _texts(self, chunk_ids: list[int]) -> list[str]:
        async with self.database.unit_of_work() as work:
            passages = await work.documents.chunks_by_ids(chunk_ids)
        return [passage.chunk.text for passage in passages]


def rank(planted: Planted, passages: Sequence[str]) -> int | None:
    """The place, from 1, of the first passage that holds the planted fact."""
    whole = (" ".join(text.split()) for text in passages)
    return next((n for n, text in enumerate(whole, 1) if planted.fact in text), None)


def recall(ranks: Sequence[int | None], within: int = LIMIT) -> float:
    """The share of facts that are found in the first `within` passages."""
    return sum(1 for found in ranks if found is not None and found <= within) / len(ranks)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """1 where every fact stands in the first passage."""
    return sum(1 / found for found in ranks if found) / len(ranks)
