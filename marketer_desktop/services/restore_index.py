"""Rebuilds the search index, wholly or where it lacks something, from the stored chunks."""

from langchain_core.embeddings import Embeddings

from marketer_desktop.knowledge.indexing import index_chunks, is_indexed
from marketer_desktop.knowledge.vector_index import VectorIndex
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
