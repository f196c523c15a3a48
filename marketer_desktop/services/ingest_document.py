"""Adds a document to the knowledge: copied, read, cut into chunks, indexed and read back."""

import asyncio
import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from weakref import WeakValueDictionary

from langchain_core.embeddings import Embeddings
from pydantic import BaseModel

from marketer_desktop.knowledge.chunking import Chunk, chunk_document
from marketer_desktop.knowledge.errors import DocumentError, VectorIndexError
from marketer_desktop.knowledge.indexing import index_chunks, is_indexed
from marketer_desktop.knowledge.loaders.document import LoadedDocument
from marketer_desktop.knowledge.parse import check_file, parse_document
from marketer_desktop.knowledge.vector_index import COLLECTION, VectorIndex
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.documents import NewChunk
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.tables import DocumentRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

Stage = Literal["reading", "indexing", "done"]
OnProgress = Callable[[Stage, int], None]
# Hears the number of the document and the percent that is done, or None when it is over.
OnDocument = Callable[[int, int | None], None]
PLAIN_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")

_being_ingested: WeakValueDictionary[tuple[int, int, str], asyncio.Lock] = WeakValueDictionary()


class IngestResult(BaseModel):
    """What became of one file; `duplicate` says that the same content was there already."""

    file: str
    status: Literal["indexed", "error"]
    document_id: int | None = None
    chunk_count: int = 0
    error: str | None = None
    duplicate: bool = False


async def ingest_document(
    path: Path,
    *,
    database: Database,
    index: VectorIndex,
    embeddings: Embeddings,
    workspace: Workspace,
    data_dir: Path,
    on_progress: OnProgress = lambda stage, percent: None,
    on_document: OnDocument = lambda document_id, percent: None,
) -> IngestResult:
    """Add the file at `path` to the project of `workspace`.

    A file that cannot be used gives status `error` with a sentence for the user; a missing file
    leaves no row. `on_progress` hears the stage and the percent that is done.
    """
    try:
        check_file(path)
        content_hash = await asyncio.to_thread(_sha256, path)
    except (DocumentError, OSError) as problem:
        return IngestResult(file=str(path), status="error", error=_sentence(path, problem))
    ingestion = _Ingestion(
        path,
        content_hash,
        database,
        index,
        embeddings,
        workspace,
        data_dir,
        on_progress,
        on_document,
    )
    key = (workspace.organization_id, workspace.project_id, content_hash)
    lock = _being_ingested.setdefault(key, asyncio.Lock())
    async with lock:
        return await ingestion.run()


@dataclass(frozen=True)
class _Ingestion:
    """One file on its way into the knowledge."""

    path: Path
    content_hash: str
    database: Database
    index: VectorIndex
    embeddings: Embeddings
    workspace: Workspace
    data_dir: Path
    on_progress: OnProgress
    on_document: OnDocument

    async def run(self) -> IngestResult:
        document = await self._pending()
        try:
            return await self._settled(document)
        finally:
            self.on_document(document.id, None)

    async def _settled(self, document: DocumentRow) -> IngestResult:
        try:
            if document.status == "indexed" and await is_indexed(self.index, document):
                return self._result(document, duplicate=True)
        except VectorIndexError as problem:
            # The document is as good as before: only the index cannot be asked.
            return IngestResult(file=str(self.path), status="error", error=str(problem))
        try:
            return self._result(await self._process(document))
        except (DocumentError, VectorIndexError, OSError) as problem:
            message = _sentence(self.path, problem).replace(self.path.name, document.filename)
            return self._result(await self._failed(document, message))

    async def _pending(self) -> DocumentRow:
        async with self.database.unit_of_work() as work:
            document = await work.documents.add(
                organization_id=self.workspace.organization_id,
                project_id=self.workspace.project_id,
                uploaded_by=self.workspace.user_id,
                filename=self.path.name[-255:],
                file_path=str(self._copy),
                content_hash=self.content_hash,
                file_size=self.path.stat().st_size,
            )
            await work.commit()
        return document

    async def _process(self, document: DocumentRow) -> DocumentRow:
        await asyncio.to_thread(_copy_file, self.path, self._copy)
        await self._mark_processing(document)
        self._tell(document, "reading", 0)
        loaded = await parse_document(self.path)
        chunks = await asyncio.to_thread(chunk_document, loaded)
        self._tell(document, "indexing", 10)
        async with self.database.unit_of_work() as work:
            rows = await work.documents.store_chunks(document.id, map(_new_chunk, chunks))
            await work.commit()

        def on_share(share: float) -> None:
            self._tell(document, "indexing", 10 + int(89 * share))

        await index_chunks(self.index, self.embeddings, document, rows, on_share)
        document = await self._indexed(document, loaded, len(chunks))
        self.on_progress("done", 100)
        return document

    def _tell(self, document: DocumentRow, stage: Stage, percent: int) -> None:
        self.on_progress(stage, percent)
        self.on_document(document.id, percent)

    async def _mark_processing(self, document: DocumentRow) -> None:
        async with self.database.unit_of_work() as work:
            await work.documents.mark(document.id, "processing")
            await work.commit()

    async def _indexed(
        self, document: DocumentRow, loaded: LoadedDocument, chunk_count: int
    ) -> DocumentRow:
        async with self.database.unit_of_work() as work:
            row = await work.documents.mark(document.id, "indexed", chunk_count=chunk_count)
            row.file_type = loaded.file_type
            row.chroma_collection_id = COLLECTION
            row.details = {"title": loaded.title, "pages": len(loaded.pages)}
            details = {
                "document_id": row.id,
                "file_size": row.file_size,
                "file_type": row.file_type,
            }
            await work.usage.record(
                row.organization_id, self.workspace.user_id, "document_upload", details
            )
            await self._audit(work, row, "success")
            await work.commit()
        return row

    async def _failed(self, document: DocumentRow, message: str) -> DocumentRow:
        async with self.database.unit_of_work() as work:
            row = await work.documents.mark(document.id, "error", message)
            await self._audit(work, row, "failure")
            await work.commit()
        return row

    async def _audit(
        self, work: UnitOfWork, row: DocumentRow, status: Literal["success", "failure"]
    ) -> None:
        await work.audit.record(
            self.workspace.user_id,
            row.organization_id,
            "document.upload",
            "document",
            row.id,
            {"filename": row.filename, "error": row.error_message},
            status,
        )

    @property
    def _copy(self) -> Path:
        suffix = self.path.suffix.lower()
        ending = suffix if PLAIN_SUFFIX.fullmatch(suffix) else ""
        return self.data_dir / "documents" / f"{self.content_hash}{ending}"

    def _result(self, document: DocumentRow, duplicate: bool = False) -> IngestResult:
        return IngestResult(
            file=str(self.path),
            status="indexed" if document.status == "indexed" else "error",
            document_id=document.id,
            chunk_count=document.chunk_count,
            error=document.error_message,
            duplicate=duplicate,
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_file(source: Path, target: Path) -> None:
    """Copy in one piece: the target is whole or not there."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".part")
    shutil.copyfile(source, draft)
    draft.replace(target)


def _new_chunk(chunk: Chunk) -> NewChunk:
    return NewChunk(chunk.page, chunk.start, chunk.end, chunk.text, chunk.heading)


def _sentence(path: Path, problem: Exception) -> str:
    if isinstance(problem, OSError):
        return (
            f"“{path.name}” could not be read or copied: {problem.strerror}. "
            "Check the file's permissions and the free space on the disk."
        )
    return str(problem)
