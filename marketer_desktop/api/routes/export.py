"""Texts as files."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import REFUSALS, refusals
from marketer_desktop.publishing.formats import Format
from marketer_desktop.services.export_content import RenderContent

_WORDS = frozenset({Format.MARKDOWN, Format.HUGO, Format.HTML, Format.TEXT})


def _schema(form: Format) -> dict[str, Any]:
    return {"type": "string"} if form in _WORDS else {"type": "string", "format": "binary"}


FILE = {
    "description": "The text as a file",
    "content": {form.media_type: {"schema": _schema(form)} for form in Format},
}

# A file is what it is: it does not come in the envelope.
router = APIRouter(prefix="/api/activities", tags=["export"])


@router.get(
    "/{activity_id}/export",
    response_class=Response,
    responses={200: FILE, **refusals(*REFUSALS)},
)
async def export(
    activity_id: Id, who: AsMember, file_format: Annotated[Format, Query(alias="format")]
) -> Response:
    """The text as it stands: Markdown, a post for Hugo, a page, Word, PDF, plain text, or a ZIP.

    Pages, Word and PDF have the images inside; the ZIP has everything, the posts too.
    """
    made = await who.call(RenderContent(activity_id=activity_id, format=file_format))
    headers = {"Content-Disposition": _attachment(made.filename)}
    return Response(made.data, media_type=file_format.media_type, headers=headers)


def _attachment(filename: str) -> str:
    """The name of the file, for old programs in ASCII, too."""
    if filename.isascii():
        return f'attachment; filename="{filename}"'
    ending = filename.rpartition(".")[2]
    return f"attachment; filename=\"text.{ending}\"; filename*=UTF-8''{quote(filename, safe='')}"
