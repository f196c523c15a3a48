"""Embeds the stored chunks of a document, indexes them, and reads them back."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.knowledge.vector_index import IndexEntry, VectorIndex
from marketer_desktop.storage.tables import DocumentChunkRow, DocumentRow

if TYPE_CHECKING:  # heavy, off the start path
    from langchain_core.embeddings import Embeddings

BATCH = 16
# What vectors are made of, kept with each document: 1 was the text alone, 2 is the text after the
# file's name and the heading. Documents with others are indexed again, once.
VECTORS = 2
# The chunks of a document from an ordinal on, at most so many.
ReadChunks = Callable[[int, int], Awaitable[Sequence[DocumentChunkRow]]]
HearChunks = Callable[[Sequence[DocumentChunkRow]], Awaitable[None]]
_WORD = re.compile(r"[^\W\d_]{2,}")  # of a file's name
# The cosine of a vector with itself, less the rounding on the way to the disk and back.
SAME_VECTOR = 0.999


async def _nothing(chunks: Sequence[DocumentChunkRow]) -> None:
    """Whoever indexes has nothing else to do with the chunks."""


async def index_chunks(
    index: VectorIndex,
    embeddings: "Embeddings",
    document: DocumentRow,
    count: int,
    read: ReadChunks,
    on_share: Callable[[float], None],
    on_batch: HearChunks = _nothing,
) -> None:
    """Put the `count` chunks of `document` into the index in place of what it holds of it.

    `on_share` hears the share that is done, from 0 to 1, `on_batch` the chunks themselves, as
    they were put in. Raises VectorIndexError when the index
    does not give back what was put in.
    """
    await index.delete_document(document.id)
    first: Sequence[float] = ()
    for start in range(0, count, BATCH):
        batch = await read(start, BATCH)
        texts = [in_context(document, chunk) for chunk in batch]
        vectors = await asyncio.to_thread(embeddings.embed_documents, texts)
        first = first or vectors[0]
        entries = [
            IndexEntry(chunk.id, chunk.ordinal, chunk.page, vector)
            for chunk, vector in zip(batch, vectors, strict=True)
        ]
        await index.add(document.id, document.project_id, entries)
        await on_batch(batch)
        on_share((start + len(batch)) / count)
    await _read_back(index, document, count, first)


def in_context(document: DocumentRow, chunk: DocumentChunkRow) -> str:
    """The text of a chunk after what it is about: a passage seldom names its own subject."""
    name = " ".join(_WORD.findall(document.filename.rpartition(".")[0]))
    heading = chunk.heading or ""
    above = "" if heading in chunk.text else heading
    return "\n".join(part for part in (name, above, chunk.text) if part)


async def is_indexed(index: VectorIndex, document: DocumentRow) -> bool:
    """Whether the index holds all chunks of `document`, as vectors of today's kind."""
    counts = {document.id: await index.count(document.id)}
    return is_whole(document, counts)


def is_whole(document: DocumentRow, counts: Mapping[int, int]) -> bool:
    """The same, by the numbers of chunks that the index holds of each document."""
    kind = (document.details or {}).get("vectors")
    return kind == VECTORS and counts.get(document.id, 0) == document.chunk_count


async def _read_back(
    index: VectorIndex, document: DocumentRow, expected: int, first: Sequence[float]
) -> None:
    found = await index.count(document.id)
    nearest = await index.query(first, limit=1, document_ids=[document.id])
    if found != expected or not nearest or nearest[0].score < SAME_VECTOR:
        raise VectorIndexError(
            f"The search index gave back {found} of {expected} parts of the document. "
            "Add the document again."
        )
