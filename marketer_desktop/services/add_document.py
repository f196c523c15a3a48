"""Takes in a file that has been received: at once kept and listed, read in the background."""

import asyncio
from pathlib import Path

from pydantic import BaseModel, Field

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.file_names import shown_name
from marketer_desktop.knowledge.loaders.recognise import type_by_beginning
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.document_files import copy_of, move_file
from marketer_desktop.services.document_library import existing_document
from marketer_desktop.services.document_page import DocumentSheet, sheet
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import existing_project
from marketer_desktop.services.refusals import UnsupportedMediaType
from marketer_desktop.services.storage_quota import note_storage, refuse_beyond_storage


class AddedDocument(BaseModel):
    """The document; `duplicate` says that the same content was there already."""

    document: DocumentSheet
    duplicate: bool


class AddDocument(Call[AddedDocument]):
    """A file that lies in the data folder, which it is moved out of, with its SHA-256 in hex."""

    path: Path
    filename: str = Field(min_length=1, max_length=1000)
    content_hash: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    project_id: int | None = None


class ReadAgain(Call[DocumentSheet]):
    """Read a document again, in the background."""

    document_id: int


async def add_document(call: AddDocument, parts: Parts, emit: Emit) -> AddedDocument:
    """Recognise it by its content, keep it, and leave the rest to the background.

    Raises UnsupportedMediaType, QuotaExceeded, NotFound for a project that is not there.
    """
    named = call.path.with_name(_file_name(call.filename))
    kind = await asyncio.to_thread(_recognised, call.path, named)
    kept = copy_of(named, call.content_hash, parts.data_dir)
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        if call.project_id is not None:
            await existing_project(work, member, call.project_id)
        await work.documents.hold_copy(call.content_hash)
        there = await work.documents.by_hash(
            member.organization_id, call.project_id, call.content_hash
        )
        if there is None:
            await refuse_beyond_storage(parts, work, member.organization_id, call.size)
        row = await work.documents.add(
            organization_id=member.organization_id,
            project_id=call.project_id,
            uploaded_by=member.user_id,
            filename=shown_name(named)[-255:],
            file_path=str(kept),
            content_hash=call.content_hash,
            file_type=kind,
            file_size=call.size,
        )
        await asyncio.to_thread(move_file, call.path, Path(row.file_path))
        await note_storage(work, member.organization_id)
        await work.commit()
    if row.status == "error":
        await _read_soon(parts, row.id)
    elif there is None:
        _wake(parts)
    return AddedDocument(document=sheet(row), duplicate=there is not None)


def _file_name(told: str) -> str:
    """The last part of a name that somebody else's system has made."""
    name = told.replace("\\", "/").rsplit("/", 1)[-1].strip()
    return "document" if name in ("", ".", "..") else name


def _recognised(path: Path, named: Path) -> str:
    try:
        return type_by_beginning(path)
    except DocumentError as problem:
        told = str(problem).replace(shown_name(path), shown_name(named))
        raise UnsupportedMediaType(told) from problem


async def read_document_again(call: ReadAgain, parts: Parts, emit: Emit) -> DocumentSheet:
    """Note that it is to be read; what was read before is good until then."""
    async with parts.database.unit_of_work() as work:
        row = await existing_document(work, call.document_id)
    await _read_soon(parts, row.id)
    return sheet(row)


async def _read_soon(parts: Parts, document_id: int) -> None:
    async with parts.database.unit_of_work() as work:
        await work.documents.set_due([document_id], due=True)
        await work.commit()
    _wake(parts)


def _wake(parts: Parts) -> None:
    parts.documents_wait.set()
    parts.bus.changed("documents")
