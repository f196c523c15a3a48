"""Adds a document to the knowledge: copied, read, cut into chunks, indexed and read back."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel

from marketer_desktop.knowledge.chunking import Chunk, chunk_document
from marketer_desktop.knowledge.collections import collection_name
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.errors import DocumentError, VectorIndexError
from marketer_desktop.knowledge.fact_vectors import fact_vectors
from marketer_desktop.knowledge.file_names import shown_name
from marketer_desktop.knowledge.indexing import VECTORS, index_chunks, is_indexed
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument
from marketer_desktop.knowledge.loaders.load import not_readable
from marketer_desktop.knowledge.parse import check_file, parse_document
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.services.document_files import copy_file, copy_of, sha256_and_size
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.full_disk import is_full_disk
from marketer_desktop.storage.repositories.documents import NewChunk
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.tables import DocumentChunkRow, DocumentRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.allocator import give_memory_back

Stage = Literal["reading", "indexing", "done"]
OnProgress = Callable[[Stage, int], None]
# Hears the number of the document and the percent that is done, or None when it is over.
OnDocument = Callable[[int, int | None], None]
# Raises if so many bytes more may not be added, in the transaction that would add them.
Room = Callable[[UnitOfWork, int], Awaitable[None]]


class IngestResult(BaseModel):
    """What became of one file; `duplicate` says that the same content was there already."""

    file: str
    status: Literal["indexed", "error"]
    document_id: int | None = None
    chunk_count: int = 0
    error: str | None = None
    duplicate: bool = False


class _About(NamedTuple):
    """What is kept of a document besides its chunks."""

    file_type: FileType
    title: str | None
    pages: int


async def ingest_document(
    path: Path,
    *,
    database: Database,
    index: VectorIndex,
    embeddings: MiniLmEmbeddings,
    workspace: Workspace,
    data_dir: Path,
    room: Room | None = None,
    on_progress: OnProgress = lambda stage, percent: None,
    on_document: OnDocument = lambda document_id, percent: None,
) -> IngestResult:
    """Add the file at `path` to the project of `workspace`.

    A file that cannot be used gives status `error` with a sentence for the user; a missing file
    leaves no row. `on_progress` hears the stage and the percent that is done. What `room` raises
    for a new one goes on.
    """
    try:
        await asyncio.to_thread(check_file, path)
        content_hash, size = await asyncio.to_thread(sha256_and_size, path)
    except DocumentError as problem:
        return IngestResult(file=_shown(path), status="error", error=str(problem))
    except OSError as problem:
        error = str(not_readable(shown_name(path), problem))
        return IngestResult(file=_shown(path), status="error", error=error)
    async with database.documents.alone_with(content_hash):
        async with database.unit_of_work() as work:
            place = (workspace.organization_id, workspace.project_id, content_hash)
            if room is not None and await work.documents.by_hash(*place) is None:
                await room(work, size)
            document = await work.documents.add(
                organization_id=workspace.organization_id,
                project_id=workspace.project_id,
                uploaded_by=workspace.user_id,
                filename=shown_name(path)[-255:],
                file_path=str(copy_of(path, content_hash, data_dir)),
                content_hash=content_hash,
                file_size=size,
            )
            if document.status != "indexed":  # an older one may have had another name
                document.filename = shown_name(path)[-255:]
            await work.commit()
        reading = _Reading(path, document, database, index, embeddings, on_progress, on_document)
        try:
            if document.status == "indexed" and await is_indexed(index, document):
                return reading.result(document, duplicate=True)
        except VectorIndexError as problem:
            # The document is as good as before: only the index cannot be asked.
            return IngestResult(file=_shown(path), status="error", error=str(problem))
        return await reading.run()


async def read_again(
    document_id: int,
    *,
    database: Database,
    index: VectorIndex,
    embeddings: MiniLmEmbeddings,
    on_progress: OnProgress = lambda stage, percent: None,
    on_document: OnDocument = lambda document_id, percent: None,
) -> IngestResult | None:
    """Read the copy of a document anew; None if it is gone. Whoever calls has its content alone.

    If it could be read before and no longer can, what was read is kept, and the status `error`
    is that of the result alone.
    """
    async with database.unit_of_work() as work:
        document = await work.documents.get(document_id)
    if document is None:
        return None
    path = Path(document.file_path)
    reading = _Reading(path, document, database, index, embeddings, on_progress, on_document)
    return await reading.run()


@dataclass(frozen=True)
class _Reading:
    """A document on its way into the knowledge; `path` is its file, or the copy of it."""

    path: Path
    document: DocumentRow
    database: Database
    index: VectorIndex
    embeddings: MiniLmEmbeddings
    on_progress: OnProgress
    on_document: OnDocument

    async def run(self) -> IngestResult:
        """Read it; what goes wrong with it is told in the result."""
        try:
            return self.result(await self._process())
        except (DocumentError, VectorIndexError, OSError) as problem:
            shown, name = shown_name(self.path), self.document.filename
            message = _sentence(self.path, problem).replace(shown, name)
            if self._was_read and not isinstance(problem, VectorIndexError):
                return await self._kept(f"{message} What was read from it before is kept.")
            return self.result(await self._failed(message))
        finally:
            self.on_document(self.document.id, None)
            await asyncio.to_thread(give_memory_back)

    @property
    def _was_read(self) -> bool:
        return self.document.status == "indexed"

    async def _process(self) -> DocumentRow:
        document = self.document
        self._tell("reading", 0)
        copy = Path(document.file_path)
        if self.path != copy:
            await asyncio.to_thread(copy_file, self.path, copy)
        if not self._was_read:
            await self._mark_processing()
        loaded = await parse_document(self.path)
        chunks = await asyncio.to_thread(chunk_document, loaded)
        self._tell("indexing", 10)
        async with self.database.unit_of_work() as work:
            await work.documents.mark(document.id, "processing")
            await work.documents.store_chunks(document.id, map(_new_chunk, chunks))
            await work.commit()
        count, about = len(chunks), _about(loaded)
        del loaded, chunks  # a large document is not held while it is indexed

        def on_share(share: float) -> None:
            self._tell("indexing", 10 + int(89 * share))

        read = partial(stored_chunks, self.database, document.id)
        await index_chunks(
            self.index, self.embeddings, document, count, read, on_share, self._keep_facts
        )
        row = await self._indexed(about, count)
        self.on_progress("done", 100)
        return row

    async def _keep_facts(self, chunks: Sequence[DocumentChunkRow]) -> None:
        found = await asyncio.to_thread(fact_vectors, self.embeddings, chunks)
        async with self.database.unit_of_work() as work:
            await work.fact_vectors.keep(found)
            await work.commit()

    def _tell(self, stage: Stage, percent: int) -> None:
        self.on_progress(stage, percent)
        self.on_document(self.document.id, percent)

    async def _mark_processing(self) -> None:
        async with self.database.unit_of_work() as work:
            await work.documents.mark(self.document.id, "processing")
            await work.commit()

    async def _indexed(self, about: _About, chunk_count: int) -> DocumentRow:
        async with self.database.unit_of_work() as work:
            row = await work.documents.mark(self.document.id, "indexed", chunk_count=chunk_count)
            row.file_type = about.file_type
            row.chroma_collection_id = collection_name(row.project_id)
            row.details = {"title": about.title, "pages": about.pages, "vectors": VECTORS}
            details = {
                "document_id": row.id,
                "file_size": row.file_size,
                "file_type": row.file_type,
            }
            if not self._was_read:
                await work.usage.record(
                    row.organization_id, row.uploaded_by, "document_upload", details
                )
            await self._audit(work, row, "success")
            await work.commit()
        return row

    async def _failed(self, message: str) -> DocumentRow:
        async with self.database.unit_of_work() as work:
            row = await work.documents.mark(self.document.id, "error", message)
            await work.documents.set_due([row.id], due=False)
            await self._audit(work, row, "failure")
            await work.commit()
        return row

    async def _kept(self, message: str) -> IngestResult:
        async with self.database.unit_of_work() as work:
            await work.documents.set_due([self.document.id], due=False)
            await work.commit()
        told = {"status": "error", "error": message}
        return self.result(self.document).model_copy(update=told)

    async def _audit(
        self, work: UnitOfWork, row: DocumentRow, status: Literal["success", "failure"]
    ) -> None:
        await work.audit.record(
            row.uploaded_by,
            row.organization_id,
            "document.reindex" if self._was_read else "document.upload",
            "document",
            row.id,
            {"filename": row.filename, "error": row.error_message},
            status,
        )

    def result(self, document: DocumentRow, duplicate: bool = False) -> IngestResult:
        """What became of the document whose row this is."""
        return IngestResult(
            file=_shown(self.path),
            status="indexed" if document.status == "indexed" else "error",
            document_id=document.id,
            chunk_count=document.chunk_count,
            error=document.error_message,
            duplicate=duplicate,
        )


async def stored_chunks(
    database: Database, document_id: int, start: int, limit: int
) -> Sequence[DocumentChunkRow]:
    """At most `limit` chunks of a document, from the one with the ordinal `start`."""
    async with database.unit_of_work() as work:
        return await work.documents.chunks(document_id, start, limit)


def _about(loaded: LoadedDocument) -> _About:
    return _About(loaded.file_type, loaded.title, len(loaded.pages))


def _new_chunk(chunk: Chunk) -> NewChunk:
    return NewChunk(chunk.page, chunk.start, chunk.end, chunk.text, chunk.heading)


def _shown(path: Path) -> str:
    """The path as JSON and a terminal take it, whatever its bytes are."""
    return str(path).encode("utf-8", "replace").decode()


def _sentence(path: Path, problem: Exception) -> str:
    if is_full_disk(problem):
        return (
            f"The disk is full: “{shown_name(path)}” could not be added. Nothing else is lost. "
            "Free some space, then add it again."
        )
    if isinstance(problem, OSError):
        return (
            f"“{shown_name(path)}” could not be read or copied: {problem.strerror}. "
            "Check the file's permissions and the free space on the disk."
        )
    return str(problem)
