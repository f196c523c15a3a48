"""Reads documents again, or only makes the search index anew from what is stored of them."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.knowledge.indexing import is_indexed
from marketer_desktop.knowledge.parse import announced
from marketer_desktop.services.call import Call, Emit, WrongUse
from marketer_desktop.services.document_library import existing_document
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.read_document import read_document
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.services.restore_index import restore_document
from marketer_desktop.storage.tables import DocumentRow


class ReindexedDocument(BaseModel):
    """What became of one document; `error` is a sentence for the user."""

    document_id: int
    file: str
    status: Literal["indexed", "error"]
    chunk_count: int
    error: str | None = None


class ReindexResult(BaseModel):
    """One result for each document, the newest first."""

    results: list[ReindexedDocument]


class Reindex(Call[ReindexResult]):
    """Read a document again, or without a number all of the current organization.

    With `index_only` nothing is read: the search index is thrown away and made anew, for every
    organization, or for the one document. Emits `{"kind": "reindex", file, done, count, percent,
    eta_seconds}`. What a cancelled call has not reached stays as it was.
    """

    document_id: int | None = None
    index_only: bool = False


async def reindex(call: Reindex, parts: Parts, emit: Emit) -> ReindexResult:
    """One document after the other; one that fails does not stop the others."""
    documents = await _chosen(call, parts)
    progress = _Progress(emit, documents)
    if call.index_only:
        return await _index_anew(call, parts, documents, progress)
    return await _read_again(parts, documents, progress)


async def _chosen(call: Reindex, parts: Parts) -> Sequence[DocumentRow]:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.member()
        if call.document_id is not None:
            found = [await existing_document(work, call.document_id)]
            if found[0].organization_id != place.organization_id:
                raise NotFound(f"“{found[0].filename}” belongs to another organization.")
            if call.index_only and found[0].status != "indexed":
                raise WrongUse(
                    f"“{found[0].filename}” has not been read. Leave out --index-only to read it."
                )
            return found
        if call.index_only:
            return await work.documents.every_indexed()
        return await work.documents.list(place.organization_id)


async def _read_again(
    parts: Parts, documents: Sequence[DocumentRow], progress: "_Progress"
) -> ReindexResult:
    numbers = [document.id for document in documents]
    await _set_due(parts, numbers, due=True)
    results: list[ReindexedDocument] = []
    try:
        with announced(len(documents)):
            for document in documents:
                progress.begin(document)
                read = await read_document(
                    parts, document.id, lambda stage, percent: progress.on_percent(percent)
                )
                if read is not None:
                    results.append(_told(document, read))
                progress.end(document)
    except asyncio.CancelledError:
        # After a crash they are read at the next start; who cancels does not want that.
        await asyncio.shield(_set_due(parts, numbers, due=False))
        raise
    return ReindexResult(results=results)


def _told(document: DocumentRow, result: IngestResult) -> ReindexedDocument:
    return ReindexedDocument(
        document_id=document.id,
        file=document.filename,
        status=result.status,
        chunk_count=result.chunk_count,
        error=result.error,
    )


async def _set_due(parts: Parts, numbers: Sequence[int], *, due: bool) -> None:
    async with parts.database.unit_of_work() as work:
        await work.documents.set_due(numbers, due=due)
        await work.commit()


async def _index_anew(
    call: Reindex, parts: Parts, documents: Sequence[DocumentRow], progress: "_Progress"
) -> ReindexResult:
    # Known to be missing before they are: what a crash or a cancel leaves is made at the next use.
    async with parts.database.unit_of_work() as work:
        await work.documents.set_vectors([document.id for document in documents], 0)
        await work.commit()
    parts.index_complete.clear()
    if call.document_id is None:
        await parts.index.start_anew()
    results: list[ReindexedDocument] = []
    for document in documents:
        progress.begin(document)
        await restore_document(
            document,
            database=parts.database,
            index=parts.index,
            embeddings=parts.embeddings,
            on_share=lambda share: progress.on_percent(int(100 * share)),
        )
        # The start of the engine may have been at it before; one that is gone is no result.
        if await is_indexed(parts.index, document):
            results.append(_indexed(document))
        progress.end(document)
    return ReindexResult(results=results)


def _indexed(document: DocumentRow) -> ReindexedDocument:
    return ReindexedDocument(
        document_id=document.id,
        file=document.filename,
        status="indexed",
        chunk_count=document.chunk_count,
    )


@dataclass
class _Progress:
    """How far it is, by the passages of the documents, and how long the rest takes."""

    emit: Emit
    documents: Sequence[DocumentRow]

    def __post_init__(self) -> None:
        self._began = time.monotonic()
        self._whole = sum(map(_weight, self.documents))
        self._before, self._number = 0, 0
        self._current: DocumentRow | None = None

    def begin(self, document: DocumentRow) -> None:
        self._current = document
        self.on_percent(0)

    def on_percent(self, percent: int) -> None:
        assert self._current is not None
        self._tell(self._current, self._before + _weight(self._current) * percent / 100)

    def end(self, document: DocumentRow) -> None:
        self._before += _weight(document)
        self._number += 1
        self._tell(document, self._before)

    def _tell(self, document: DocumentRow, done: float) -> None:
        spent = time.monotonic() - self._began
        left = round(spent * (self._whole - done) / done) if done else None
        self.emit(
            {
                "kind": "reindex",
                "file": document.filename,
                "done": self._number,
                "count": len(self.documents),
                "percent": int(100 * done / self._whole),
                "eta_seconds": left,
            }
        )


def _weight(document: DocumentRow) -> int:
    return 1 + document.chunk_count
