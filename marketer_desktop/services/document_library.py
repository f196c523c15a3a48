"""The document library: list documents, tag them, read them again, delete them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, Field

from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.read_document import read_document
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.services.storage_quota import note_storage
from marketer_desktop.storage.document_leases import Taken
from marketer_desktop.storage.repositories.library import ListedDocument
from marketer_desktop.storage.tables import DocumentRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

GONE = "This document is not there any more. It may have been deleted."
CUT_OFF = "Reading was cut off. Try again."
MOST_TAGS, LONGEST_TAG = 20, 50
PATIENCE = 5.0  # seconds, with whoever has the same content
UNFINISHED = frozenset({"pending", "processing"})


class DocumentEntry(BaseModel):
    """One document: size in bytes; `percent` while it is being read; `path` of its copy."""

    id: int
    filename: str
    project_id: int | None
    project: str | None
    type: str | None
    size: int
    status: str
    percent: int | None
    error: str | None
    tags: list[str]
    chunk_count: int
    pages: int | None
    created_at: datetime
    path: Path


class DocumentList(BaseModel):
    """Newest first, with every tag that any document of the organization has."""

    documents: list[DocumentEntry]
    tags: list[str]


class DeletedDocument(BaseModel):
    """The document that is gone."""

    id: int
    filename: str


class ListDocuments(Call[DocumentList]):
    """The documents of the current organization, or of one project, or with one tag."""

    project_id: int | None = None
    tag: str | None = None


class TagDocument(Call[DocumentEntry]):
    """Give a document these tags and no others."""

    document_id: int
    tags: list[str] = Field(max_length=MOST_TAGS)


class DeleteDocument(Call[DeletedDocument]):
    """Forget a document; what activities cite of it stays readable in them."""

    document_id: int


class RetryDocument(Call[IngestResult]):
    """Read a document again, above all one that could not be read."""

    document_id: int


async def list_documents(call: ListDocuments, parts: Parts, emit: Emit) -> DocumentList:
    """What is there, and how far each document is."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.member()
        found = await work.library.list(place.organization_id, call.project_id, call.tag)
        tags = await work.library.tags(place.organization_id)
        await work.commit()
    return DocumentList(documents=[_entry(parts, each) for each in found], tags=[*tags])


async def tag_document(call: TagDocument, parts: Parts, emit: Emit) -> DocumentEntry:
    """Tidy the tags and keep them."""
    async with parts.database.unit_of_work() as work:
        row = await existing_document(work, call.document_id)
        row = await work.library.tag(row.id, tidy_tags(call.tags))
        listed = await work.library.list(row.organization_id)
        await work.commit()
    parts.bus.changed("documents")
    return next(_entry(parts, each) for each in listed if each.row.id == row.id)


async def delete_document(call: DeleteDocument, parts: Parts, emit: Emit) -> DeletedDocument:
    """Vectors first: if this is cut off, the document is whole again at the next start."""
    async with parts.database.unit_of_work() as work:
        row = await existing_document(work, call.document_id)
    being_read = Conflict(f"“{row.filename}” is being read. Delete it when that is done.")
    if row.id in parts.being_read:
        raise being_read
    try:
        async with parts.database.documents.alone_with(row.content_hash, PATIENCE):
            await _delete(parts, row)
    except Taken:  # perhaps by another process
        raise being_read from None
    parts.bus.changed("documents")
    return DeletedDocument(id=row.id, filename=row.filename)


async def retry_document(call: RetryDocument, parts: Parts, emit: Emit) -> IngestResult:
    """Read the copy again that was made when the document was added."""
    async with parts.database.unit_of_work() as work:
        row = await existing_document(work, call.document_id)
        place = await work.workspaces.member()
        await work.commit()
    if row.organization_id != place.organization_id:
        raise ServiceError(f"“{row.filename}” belongs to another organization. Switch to it.")
    if not await asyncio.to_thread(Path(row.file_path).is_file):
        raise ServiceError(f"The copy of “{row.filename}” is gone. Add the file again.")
    result = await read_document(
        parts,
        row.id,
        lambda stage, percent: emit(
            {"kind": "document", "file": row.filename, "stage": stage, "percent": percent}
        ),
    )
    if result is None:
        raise NotFound(GONE)
    return result


async def existing_document(work: UnitOfWork, document_id: int) -> DocumentRow:
    """The document of that number, or a `NotFound`."""
    row = await work.documents.visible(document_id)
    if row is None:
        raise NotFound(GONE)
    return row


def tidy_tags(tags: Sequence[str]) -> list[str]:
    """Without empty ones and repetitions, letter case aside; the first spelling stays."""
    cleaned = (" ".join(tag.split())[:LONGEST_TAG] for tag in tags)
    distinct: dict[str, str] = {}
    for tag in cleaned:
        if tag:
            distinct.setdefault(tag.casefold(), tag)
    return list(distinct.values())


async def _delete(parts: Parts, row: DocumentRow) -> None:
    try:
        await parts.index.delete_document(row.id)
    except VectorIndexError as problem:
        # A damaged index is rebuilt from the database, where the document is no longer.
        log.warning("vectors not deleted: %s", problem, extra={"document_id": row.id})
    await _delete_row(parts, row)


async def _delete_row(parts: Parts, row: DocumentRow) -> None:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.member()
        await work.documents.hold_copy(row.content_hash)
        gone = await work.documents.get(row.id)
        if gone is not None:
            await work.library.delete(gone)
        details = {"filename": row.filename, "content_hash": row.content_hash}
        await work.audit.record(
            place.user_id, row.organization_id, "document.delete", "document", row.id, details
        )
        await note_storage(work, row.organization_id)
        await work.commit()
    async with parts.database.unit_of_work() as work:
        await work.documents.hold_copy(row.content_hash)  # somebody may just be adding the same
        if not await work.library.uses_file(row.file_path):
            await asyncio.to_thread(Path(row.file_path).unlink, missing_ok=True)
        await work.commit()


def _entry(parts: Parts, listed: ListedDocument) -> DocumentEntry:
    row, percent = listed.row, parts.being_read.get(listed.row.id)
    cut_off = row.status in UNFINISHED and percent is None
    return DocumentEntry(
        id=row.id,
        filename=row.filename,
        project_id=row.project_id,
        project=listed.project,
        type=row.file_type,
        size=row.file_size or 0,
        status="error" if cut_off else row.status,
        percent=percent,
        error=CUT_OFF if cut_off else row.error_message,
        tags=row.tags,
        chunk_count=row.chunk_count,
        pages=(row.details or {}).get("pages"),
        created_at=row.created_at,
        path=Path(row.file_path),
    )
