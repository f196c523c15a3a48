"""Rebuilds the search index, wholly or where it lacks something, from the stored chunks."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from marketer_desktop.knowledge.indexing import VECTORS, index_chunks, is_indexed, is_whole
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.services.ingest_document import stored_chunks
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.tables import DocumentRow

if TYPE_CHECKING:  # heavy, off the start path
    from langchain_core.embeddings import Embeddings

OnShare = Callable[[float], None]


async def restore_index(
    organization_id: int, *, database: Database, index: VectorIndex, embeddings: "Embeddings"
) -> int:
    """Index every document that is `indexed` in the database but not whole in the index.

    Returns how many were restored.
    """
    async with database.unit_of_work() as work:
        documents = await work.documents.list(organization_id)
    counts = await index.counts()
    restored = 0
    for document in documents:
        if document.status == "indexed" and not is_whole(document, counts):
            restored += await restore_document(
                document, database=database, index=index, embeddings=embeddings
            )
    return restored


async def restore_document(
    document: DocumentRow,
    *,
    database: Database,
    index: VectorIndex,
    embeddings: "Embeddings",
    on_share: OnShare = lambda share: None,
) -> bool:
    """Make the vectors of a document anew; False if it is whole by now, or gone."""
    async with database.documents.alone_with(document.content_hash):
        async with database.unit_of_work() as work:
            found = await work.documents.get(document.id)
        if found is None:
            return False
        return await restore_alone(
            found, database=database, index=index, embeddings=embeddings, on_share=on_share
        )


async def restore_alone(
    document: DocumentRow,
    *,
    database: Database,
    index: VectorIndex,
    embeddings: "Embeddings",
    on_share: OnShare = lambda share: None,
) -> bool:
    """The same, for one who has the content alone, of a document as it stands."""
    if document.status != "indexed" or await is_indexed(index, document):
        return False
    read = partial(stored_chunks, database, document.id)
    await index_chunks(index, embeddings, document, document.chunk_count, read, on_share)
    async with database.unit_of_work() as work:
        await work.documents.set_vectors([document.id], VECTORS)
        await work.commit()
    return True


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
