"""Reads a document again from the copy that was made when it was added."""

import asyncio
from functools import partial
from pathlib import Path

from marketer_desktop.services.ingest_document import IngestResult, OnProgress, read_again
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import DocumentRow


async def read_document(
    parts: Parts, document_id: int, on_progress: OnProgress = lambda stage, percent: None
) -> IngestResult | None:
    """What became of it; None if it is gone. A document without a copy is an error."""
    async with parts.database.unit_of_work() as work:
        row = await work.documents.get(document_id)
    if row is None:
        return None
    async with parts.database.documents.alone_with(row.content_hash):
        return await read_alone(parts, row, on_progress)


async def read_alone(
    parts: Parts, row: DocumentRow, on_progress: OnProgress = lambda stage, percent: None
) -> IngestResult | None:
    """The same, for one who has the content alone."""
    if not await asyncio.to_thread(Path(row.file_path).is_file):
        return await _without_copy(parts, row.id)
    return await read_again(
        row.id,
        database=parts.database,
        index=parts.index,
        embeddings=parts.embeddings,
        on_progress=on_progress,
        on_document=partial(note_progress, parts),
    )


def note_progress(parts: Parts, document_id: int, percent: int | None) -> None:
    """Let views know how far a document is; None says that it is over."""
    if percent is None:
        parts.being_read.pop(document_id, None)
    else:
        parts.being_read[document_id] = percent
    parts.bus.changed("documents")


async def _without_copy(parts: Parts, document_id: int) -> IngestResult | None:
    async with parts.database.unit_of_work() as work:
        row = await work.documents.get(document_id)
        if row is None:  # it was deleted, and its copy with it
            return None
        message = f"The copy of “{row.filename}” is gone. Add the file again."
        if row.status != "indexed":
            await work.documents.mark(document_id, "error", message)
        await work.documents.set_due([document_id], due=False)
        await work.commit()
    note_progress(parts, document_id, None)
    return IngestResult(
        file=row.filename,
        status="error",
        document_id=row.id,
        chunk_count=row.chunk_count,
        error=message,
    )
