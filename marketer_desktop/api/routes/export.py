"""Texts as files."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import REFUSALS, refusals
from marketer_desktop.services.export_content import RenderContent

Format = Literal["md", "html"]
MEDIA_TYPES: dict[Format, str] = {"md": "text/markdown", "html": "text/html"}
FILE = {
    "description": "The text as a file",
    "content": {each: {"schema": {"type": "string"}} for each in MEDIA_TYPES.values()},
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
    """The text as it stands: Markdown, or a page that has its images inside."""
    made = await who.call(RenderContent(activity_id=activity_id, format=file_format))
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"'}
    return Response(made.text, media_type=MEDIA_TYPES[file_format], headers=headers)
