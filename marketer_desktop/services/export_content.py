"""Write a text into a file that a person has chosen."""

import asyncio
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.publishing.exporting import export_markdown, export_page
from marketer_desktop.publishing.html import to_html
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import content_folder, markdown_of, metadata_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts


class Exported(BaseModel):
    """Where the file is, and how many images went with it."""

    path: str
    images: int


class ExportContent(Call[Exported]):
    """The stored text of an activity as one file."""

    activity_id: int
    format: Literal["markdown", "html"]
    path: Path


async def export_content(call: ExportContent, parts: Parts, emit: Emit) -> Exported:
    """Write the file; images lie beside Markdown, and inside a page. Raises `OSError`."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
    folder, markdown = content_folder(parts.data_dir, row.id), markdown_of(row)
    if call.format == "markdown":
        images = await asyncio.to_thread(export_markdown, call.path, markdown, folder)
        return Exported(path=str(call.path), images=images)
    seo = (row.content or {}).get("seo_data", {})
    page = to_html(
        markdown,
        metadata_of(row).get("title") or row.topic,
        seo.get("meta_description") or "",
        (row.brief or {}).get("language", "en"),
    )
    images = await asyncio.to_thread(export_page, call.path, page, folder)
    return Exported(path=str(call.path), images=images)
