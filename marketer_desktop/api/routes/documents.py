"""Documents: uploaded, listed, searched, read again, deleted."""

from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter, refusals
from marketer_desktop.api.uploads import malformed, received
from marketer_desktop.services.add_document import AddDocument, ReadAgain
from marketer_desktop.services.document_library import DeletedDocument, DeleteDocument
from marketer_desktop.services.document_page import (
    DocumentPage,
    DocumentSheet,
    ShowDocument,
    ShowDocumentPage,
)
from marketer_desktop.services.passages import FindPassages, FoundPassages

router = EnvelopeRouter(prefix="/api/documents", tags=["documents"])

FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "project_id": {"type": "integer", "minimum": 1, "maximum": 2147483647},
                    },
                }
            }
        },
    }
}
_NUMBER = TypeAdapter(Annotated[int, Field(ge=1, le=2_147_483_647)])


class Question(BaseModel):
    """What to look for."""

    q: str = Field(min_length=1, max_length=1000)
    project_id: int | None = None
    limit: int = Field(default=12, ge=1, le=100)


@router.post("", status_code=201, openapi_extra=FORM, responses=refusals(413, 415))
async def upload_document(request: Request, who: AsMember) -> DocumentSheet:
    """Upload a PDF, Word, text, Markdown or HTML document of at most 100 MB.

    It is read in the background: its status goes from pending to indexed. The same content in
    the same project is recognised, and answered with the document that is there.
    """
    async with received(request, who.parts.data_dir / "documents") as upload:
        given = upload._asdict()
        project_id = _project(given.pop("fields").get("project_id"))
        added = await who.call(AddDocument(**given, project_id=project_id))
    return added.document


def _project(told: str | None) -> int | None:
    if not told:
        return None
    try:
        return _NUMBER.validate_python(told)
    except ValidationError as error:
        raise malformed("project_id", "Must be the number of a project") from error


@router.get("")
async def list_documents(
    asked: Annotated[ShowDocumentPage, Query()], who: AsMember
) -> DocumentPage:
    """The documents of the organization."""
    return await who.call(asked)


@router.get("/search")
async def search_documents(asked: Annotated[Question, Query()], who: AsMember) -> FoundPassages:
    """Passages of documents, by what they mean and by their words."""
    return await who.call(
        FindPassages(query=asked.q, project_id=asked.project_id, limit=asked.limit)
    )


@router.get("/{document_id}")
async def show_document(document_id: Id, who: AsMember) -> DocumentSheet:
    """One document."""
    return await who.call(ShowDocument(document_id=document_id))


@router.delete("/{document_id}")
async def delete_document(document_id: Id, who: AsMember) -> DeletedDocument:
    """Forget a document; what is cited of it stays readable where it is cited."""
    return await who.call(DeleteDocument(document_id=document_id))


@router.post("/{document_id}/reindex", status_code=202)
async def reindex_document(document_id: Id, who: AsMember) -> DocumentSheet:
    """Read a document again, in the background."""
    return await who.call(ReadAgain(document_id=document_id))
