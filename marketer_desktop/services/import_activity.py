"""Texts from elsewhere: read one from a file, and keep one as an activity."""

import asyncio
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.words import words
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.decoding import decode
from marketer_desktop.knowledge.loaders.document import FileType
from marketer_desktop.knowledge.loaders.recognise import recognise
from marketer_desktop.services.activity_text import words_in
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse, said_plainly
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.text_score import paper_of, seo_score
from marketer_desktop.system.loading import LOADING

LARGEST = 2_000_000  # bytes: a text that is longer is a book, and no page to optimise
TITLE_WORDS = 12
LEAST_WORDS, MOST_WORDS = 30, 5000  # what a brief may ask for


class TextFile(BaseModel):
    """The text of a file: Markdown or plain text as it stands, or the main part of a page."""

    kind: Literal["text", "html"]
    text: str


class ReadTextFile(Call[TextFile]):
    """Read a Markdown, text or HTML file."""

    path: Path


class ImportedActivity(BaseModel):
    """The activity that holds the text now."""

    activity_id: int


class ImportActivity(Call[ImportedActivity]):
    """Keep a text as a draft of its own; its heading is its title if none is given."""

    markdown: str
    type: ContentType = ContentType.BLOG
    keyphrase: str = ""
    title: str = Field(default="", max_length=255)
    description: str = ""
    slug: str = ""
    project: str | None = None


async def read_text_file(call: ReadTextFile, parts: Parts, emit: Emit) -> TextFile:
    """The text in `path`; anything but Markdown, text and HTML is refused with what it is."""
    try:
        return await asyncio.to_thread(_read, call.path)
    except DocumentError as error:
        raise ServiceError(str(error)) from error


def _read(path: Path) -> TextFile:
    if path.stat().st_size > LARGEST:
        raise ServiceError(f"“{path.name}” is too long. Choose a text of less than 2 MB.")
    kind = recognise(path)
    if kind in (FileType.PDF, FileType.DOCX):
        raise ServiceError(f"“{path.name}” is no Markdown, text or HTML file. Paste its text.")
    data = path.read_bytes()
    if kind is FileType.HTML:
        with LOADING:
            from marketer_desktop.knowledge.loaders.html import main_html  # noqa: PLC0415 — heavy

        return TextFile(kind="html", text=main_html(data))
    return TextFile(kind="text", text=decode(data).replace("\r\n", "\n"))


def title_of(markdown: str) -> str:
    """The main heading, else the first words of the text."""
    lines = [line.strip() for line in markdown.splitlines() if line.strip()]
    heading = next((line[2:].strip() for line in lines if line.startswith("# ")), "")
    if heading:
        return heading[:255]
    first = lines[0].lstrip("#> ").split() if lines else []
    return " ".join(first[:TITLE_WORDS])[:255] + ("…" if len(first) > TITLE_WORDS else "")


async def import_activity(call: ImportActivity, parts: Parts, emit: Emit) -> ImportedActivity:
    """File the text under the project's default campaign."""
    if not words(call.markdown):
        raise WrongUse("There is no text yet. Paste or open one.")
    title = call.title.strip() or title_of(call.markdown)
    counted = await asyncio.to_thread(words_in, call.type, call.markdown, title)
    brief = _brief(call, title, counted)
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project(call.project)
        row = await work.activities.add(
            place.campaign_id, place.user_id, brief.model_dump(mode="json")
        )
        await work.activities.save_content(
            row.id,
            content=_content(call, title, brief, counted),
            report={},
            status="draft",
            tokens=0,
            duration_ms=0,
        )
        await work.audit.record(
            place.user_id, place.organization_id, "activity.import", "activity", row.id
        )
        await work.commit()
    parts.bus.changed("activities")
    return ImportedActivity(activity_id=row.id)


def _brief(call: ImportActivity, title: str, counted: int) -> Brief:
    try:
        return Brief(
            type=call.type,
            topic=title if len(title) >= 3 else f"“{title}”",
            keywords=[call.keyphrase] if call.keyphrase.strip() else [],
            words=min(max(counted, LEAST_WORDS), MOST_WORDS),
        )
    except ValidationError as error:
        raise WrongUse(said_plainly(error)) from error


def _content(call: ImportActivity, title: str, brief: Brief, counted: int) -> dict[str, object]:
    keyphrase = next(iter(brief.keywords), "")
    paper = paper_of(call.type, call.markdown, keyphrase, title, call.description, call.slug)
    return {
        "final_content": call.markdown,
        "seo_data": {
            "keyphrase": keyphrase,
            "title": title,
            "meta_description": call.description,
            "slug": call.slug,
        },
        "research_sources": [],
        "social_variants": {},
        "metadata": {
            "word_count": counted,
            "title": title,
            "seo_score": seo_score(paper, call.type, brief.language),
        },
    }
