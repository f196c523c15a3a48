"""A text for elsewhere: written into a file that a person has chosen, or handed out."""

import asyncio
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.domain.titles import slug
from marketer_desktop.publishing.exporting import export_markdown, export_page, with_images
from marketer_desktop.publishing.html import to_html
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import content_folder, markdown_of, metadata_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.storage.tables import ActivityRow

LONGEST_NAME = 100


class Exported(BaseModel):
    """Where the file is, and how many images went with it."""

    path: str
    images: int


class ExportContent(Call[Exported]):
    """The stored text of an activity as one file."""

    activity_id: int
    format: Literal["markdown", "html"]
    path: Path


class Rendered(BaseModel):
    """A text as a file would hold it."""

    filename: str
    text: str


class RenderContent(Call[Rendered]):
    """The stored text of an activity: Markdown as it stands, or a page with its images inside."""

    activity_id: int
    format: Literal["md", "html"]


async def export_content(call: ExportContent, parts: Parts, emit: Emit) -> Exported:
    """Write the file; images lie beside Markdown, and inside a page. Raises `OSError`."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
    folder, markdown = content_folder(parts.data_dir, row.id), markdown_of(row)
    if call.format == "markdown":
        images = await asyncio.to_thread(export_markdown, call.path, markdown, folder)
        return Exported(path=str(call.path), images=images)
    images = await asyncio.to_thread(export_page, call.path, _page(row), folder)
    return Exported(path=str(call.path), images=images)


async def render_content(call: RenderContent, parts: Parts, emit: Emit) -> Rendered:
    """The text, named after its title."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
    if not markdown_of(row):
        raise Conflict(f"Activity {row.id} has no text yet. Let it be written first.")
    filename = f"{slug(_title(row))[:LONGEST_NAME].strip('-')}.{call.format}"
    if call.format == "md":
        return Rendered(filename=filename, text=markdown_of(row))
    folder = content_folder(parts.data_dir, row.id)
    page, _ = await asyncio.to_thread(lambda: with_images(_page(row), folder))
    return Rendered(filename=filename, text=page)


def _title(row: ActivityRow) -> str:
    return str(metadata_of(row).get("title") or row.topic)


def _page(row: ActivityRow) -> str:
    seo = (row.content or {}).get("seo_data", {})
    language = (row.brief or {}).get("language", "en")
    return to_html(markdown_of(row), _title(row), seo.get("meta_description") or "", language)
