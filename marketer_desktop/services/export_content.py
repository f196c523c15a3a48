"""A text for elsewhere: written into a file that a person has chosen, or handed out."""

import asyncio
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from marketer_desktop.publishing.exporting import export, rendered
from marketer_desktop.publishing.formats import Format
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.services.activities import existing
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.export_place import said_plainly_of, target_of
from marketer_desktop.services.manuscripts import manuscript_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict


class Exported(BaseModel):
    """Where the file is, and how many images lie beside it."""

    path: str
    images: int


class ExportContent(Call[Exported]):
    """The stored text of an activity as one file.

    In a folder the file is named after its title. One that is there is only replaced on demand.
    """

    activity_id: int
    format: Format
    path: Path
    replace: bool = True


class Rendered(BaseModel):
    """A text as a file would hold it."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    filename: str
    data: bytes


class RenderContent(Call[Rendered]):
    """The stored text of an activity in one of the formats, with its images where it has room."""

    activity_id: int
    format: Format


async def export_content(call: ExportContent, parts: Parts, emit: Emit) -> Exported:
    """Write the file; images lie beside Markdown, and inside all other kinds."""
    manuscript = await _manuscript(parts, call.activity_id)
    name = f"{manuscript.name}{call.format.extension}"
    target = target_of(call.path, name, replace=call.replace)
    with said_plainly_of(target):
        images = await asyncio.to_thread(export, manuscript, call.format, target)
    return Exported(path=str(target), images=images)


async def render_content(call: RenderContent, parts: Parts, emit: Emit) -> Rendered:
    """The text, named after its title."""
    manuscript = await _manuscript(parts, call.activity_id)
    data = await asyncio.to_thread(rendered, manuscript, call.format)
    return Rendered(filename=f"{manuscript.name}{call.format.extension}", data=data)


async def _manuscript(parts: Parts, activity_id: int) -> Manuscript:
    async with parts.database.unit_of_work() as work:
        row = await existing(work, activity_id)
    manuscript = manuscript_of(parts.data_dir, row)
    if not manuscript.markdown:
        raise Conflict(f"Activity {row.id} has no text yet. Let it be written first.")
    return manuscript
