"""Generate one piece: take in its documents, start the run, follow it, leave the files."""

import asyncio
from functools import partial
from pathlib import Path

from pydantic import Field, ValidationError

from marketer_desktop.domain.brief import DEFAULT_WORDS, Brief, ContentType, SeoPriority
from marketer_desktop.knowledge.file_names import shown_name
from marketer_desktop.llm.choice import ModelChoice, parse_choice
from marketer_desktop.services.activities import existing, report_of, stop_run
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse, said_plainly
from marketer_desktop.services.deliver import delivered
from marketer_desktop.services.follow_activity import follow
from marketer_desktop.services.ingest_document import IngestResult, ingest_document
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.providers import tell_where_texts_go
from marketer_desktop.services.queue_run import queue_new
from marketer_desktop.services.read_document import note_progress
from marketer_desktop.services.storage_quota import refuse_beyond_storage
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.unit_of_work import UnitOfWork


class GenerateContent(Call[ActivityReport]):
    """A brief with the documents to take in first; `out` is a folder for the files."""

    type: ContentType = ContentType.BLOG
    topic: str
    keywords: list[str] = Field(default_factory=list)
    audience: str = ""
    tone: str = "professional"
    words: int | None = None
    language: str = "en"
    seo_priority: SeoPriority = "medium"
    only_documents: bool = False
    review_outline: bool = False
    documents: list[Path] = Field(default_factory=list)
    project: str | None = None
    model: str | None = None
    out: Path | None = None


async def generate_content(call: GenerateContent, parts: Parts, emit: Emit) -> ActivityReport:
    """Write the piece. If the caller goes away, the run is cancelled and can be resumed."""
    choice = await chosen_model(parts, call.model)
    tell_where_texts_go(choice, emit)
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project(call.project)
        await work.commit()
    document_ids = await _take_in(call.documents, parts, place, emit)
    brief = _brief(call, document_ids)
    activity_id = await start(parts, place, brief, choice)
    emit({"kind": "activity", "activity_id": activity_id, "model": str(choice)})
    try:
        await follow(parts, activity_id, emit)
    except asyncio.CancelledError:
        await asyncio.shield(_stop(parts, activity_id))
        raise
    told = await report_of(parts, activity_id)
    return await delivered(told, brief, call.out)


async def chosen_model(parts: Parts, named: str | None) -> ModelChoice:
    """The model named in the call, else the user's, else Ollama's first, else the starter."""
    name = named or parts.settings.model
    return parse_choice(name) if name else await parts.models.default_choice()


def _brief(call: GenerateContent, document_ids: list[int]) -> Brief:
    words = DEFAULT_WORDS[call.type] if call.words is None else call.words
    asked = call.model_dump(include=set(Brief.model_fields))
    try:
        return Brief(**{**asked, "words": words, "document_ids": document_ids})
    except ValidationError as error:
        raise WrongUse(said_plainly(error)) from error


async def _take_in(paths: list[Path], parts: Parts, place: Workspace, emit: Emit) -> list[int]:
    """Ingest the documents of the brief; one that cannot be read ends the call."""
    found: list[int] = []
    for path in paths:
        result = await take_in(path, parts, place, emit)
        if result.document_id is None or result.status != "indexed":
            raise ServiceError(f"{path.name}: {result.error}")
        found.append(result.document_id)
    return list(dict.fromkeys(found))


async def take_in(path: Path, parts: Parts, place: Workspace, emit: Emit) -> IngestResult:
    """Ingest one file and tell how far it is. Raises `PlanExceeded` if it does not fit."""

    async def room(work: UnitOfWork, size: int) -> None:
        await refuse_beyond_storage(parts, work, place.organization_id, size)

    return await ingest_document(
        path,
        database=parts.database,
        index=parts.index,
        embeddings=parts.embeddings,
        workspace=place,
        data_dir=parts.data_dir,
        room=room,
        on_progress=lambda stage, percent: emit(
            {"kind": "document", "file": shown_name(path), "stage": stage, "percent": percent}
        ),
        on_document=partial(note_progress, parts),
    )


async def start(parts: Parts, place: Workspace, brief: Brief, choice: ModelChoice) -> int:
    """Write activity, job and audit entry in one transaction; return the activity's number."""
    async with parts.database.unit_of_work() as work:
        number, _ = await queue_new(parts, work, place, brief, choice)
        await work.commit()
    return number


async def _stop(parts: Parts, activity_id: int) -> None:
    async with parts.database.unit_of_work() as work:
        row = await existing(work, activity_id)
    if row.status == "generating":
        await stop_run(parts, row)
