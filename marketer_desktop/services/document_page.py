"""Documents as a list shows them, in pages."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.document_library import existing_document
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import DocumentRow

Status = Literal["pending", "processing", "indexed", "error", "processed"]


class DocumentSheet(BaseModel):
    """A document and how far it is; sizes in bytes."""

    id: int
    filename: str
    project_id: int | None
    file_size: int | None
    file_type: str | None
    status: str
    error_message: str | None
    tags: list[str]
    chunk_count: int
    created_at: datetime
    processed_at: datetime | None


class DocumentPage(BaseModel):
    """The newest first."""

    documents: list[DocumentSheet]
    pagination: Pagination


class ShowDocumentPage(Paged, Call[DocumentPage]):
    """Those of a project, or with a status; `processed` is another word for `indexed`."""

    project_id: int | None = None
    status: Status | None = None


class ShowDocument(Call[DocumentSheet]):
    """One document."""

    document_id: int


async def show_document_page(call: ShowDocumentPage, parts: Parts, emit: Emit) -> DocumentPage:
    """The documents that whoever asks may see."""
    status = "indexed" if call.status == "processed" else call.status
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, rows = await work.library.page(
            member.organization_id, call.project_id, status, call.offset, call.per_page
        )
        await work.commit()
    return DocumentPage(documents=[*map(sheet, rows)], pagination=call.pagination(total))


async def show_document(call: ShowDocument, parts: Parts, emit: Emit) -> DocumentSheet:
    """The document as it stands."""
    async with parts.database.unit_of_work() as work:
        return sheet(await existing_document(work, call.document_id))


def sheet(row: DocumentRow) -> DocumentSheet:
    """What is shown of a document."""
    return DocumentSheet.model_validate(row, from_attributes=True)
