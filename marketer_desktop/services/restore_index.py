"""Rebuilds the search index, wholly or where it lacks something, from the stored chunks."""

from langchain_core.embeddings import Embeddings

from marketer_desktop.knowledge.indexing import index_chunks, is_indexed
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.database import Database


async def restore_index(
    organization_id: int, *, database: Database, index: VectorIndex, embeddings: Embeddings
) -> int:
    """Index every document that is `indexed` in the database but not whole in the index.

    Returns how many were restored.
    """
    async with database.unit_of_work() as work:
        documents = await work.documents.list(organization_id)
    restored = 0
    for document in documents:
        if document.status != "indexed" or await is_indexed(index, document):
            continue
        async with database.unit_of_work() as work:
            chunks = await work.documents.chunks(document.id)
        await index_chunks(index, embeddings, document, chunks, on_share=lambda share: None)
        restored += 1
    return restored


async def completed_index(parts: Parts, organization_id: int) -> VectorIndex:
    """The index, once for each start made sure to hold all of the organization's documents."""
    if organization_id not in parts.index_complete:
        await restore_index(
            organization_id,
            database=parts.database,
            index=parts.index,
            embeddings=parts.embeddings,
        )
        parts.index_complete.add(organization_id)
    return parts.index
