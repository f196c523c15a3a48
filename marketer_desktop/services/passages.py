"""Passages of the user's documents: found by what they say, and shown in their place."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, Field

from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.services.restore_index import completed_index
from marketer_desktop.storage.repositories.documents import Passage
from marketer_desktop.storage.tables import DocumentChunkRow, DocumentRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.loading import LOADING

# Cosines of MiniLM: unrelated questions stay below 0.25 on our samples, related ones are above.
RELATED = 0.27
MARGIN = 600  # characters shown before and after a passage


class Found(BaseModel):
    """A passage that answers a query; `score` is the retriever's, None if only its words match."""

    document_id: int
    filename: str
    page: int | None
    heading: str | None
    start: int
    end: int
    text: str
    score: float | None


class FoundPassages(BaseModel):
    """The best first; none if nothing is about the query."""

    passages: list[Found]


class FindPassages(Call[FoundPassages]):
    """Look for passages about something, by meaning and by words."""

    query: str = Field(min_length=1, max_length=1000)
    project_id: int | None = None
    tag: str | None = None
    limit: int = Field(default=12, ge=1, le=100)


class ShownPassage(BaseModel):
    """A passage with the text around it.

    `path` is the stored copy of the file. For a document that has been deleted it is None, and
    the passage is what an activity keeps of it, without the text around it.
    """

    document_id: int
    filename: str
    page: int | None
    heading: str | None
    before: str
    text: str
    after: str
    path: Path | None


class ShowPassage(Call[ShownPassage]):
    """Show what stands at a span of a document, counted in characters."""

    document_id: int
    start: int = Field(ge=0)
    end: int = Field(ge=1)


async def find_passages(call: FindPassages, parts: Parts, emit: Emit) -> FoundPassages:
    """What stands near the query's meaning, and what holds its words."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.member()
        listed = await work.library.list(place.organization_id, call.project_id, call.tag)
        ids = [each.row.id for each in listed if each.row.status == "indexed"]
        worded = await work.library.worded(ids, call.query, call.limit)
        await work.commit()
    if not ids or not call.query.strip():
        return FoundPassages(passages=[])
    near = await _near(parts, place.organization_id, call, ids)
    known = {(found.document_id, found.start) for found in near}
    others = [_worded(each) for each in worded]
    rest = [each for each in others if (each.document_id, each.start) not in known]
    exact = {(each.document_id, each.start) for each in others}
    kept = [f for f in near if (f.score or 0) >= RELATED or (f.document_id, f.start) in exact]
    return FoundPassages(passages=[*kept, *rest][: call.limit])


async def show_passage(call: ShowPassage, parts: Parts, emit: Emit) -> ShownPassage:
    """From the stored document; if that is gone, from an activity that cites the passage."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.documents.visible(call.document_id)
        if row is None or row.organization_id != member.organization_id:
            shown = await _kept_by_activity(work, call, member.organization_id)
        else:
            shown = await _in_place(work, call, row)
        await work.commit()
    return shown


async def _near(
    parts: Parts, organization_id: int, call: FindPassages, ids: list[int]
) -> list[Found]:
    with LOADING:
        from marketer_desktop.knowledge.retriever import ChunkRetriever  # noqa: PLC0415 — heavy

    retriever = ChunkRetriever(
        database=parts.database,
        index=await completed_index(parts, organization_id),
        embeddings=parts.embeddings,
        limit=call.limit,
        document_ids=ids,
    )
    names = ("document_id", "filename", "page", "heading", "start", "end", "score")
    return [
        Found(text=passage.page_content, **{name: passage.metadata[name] for name in names})
        for passage in await retriever.ainvoke(call.query)
    ]


def _worded(passage: Passage) -> Found:
    chunk = passage.chunk
    return Found(
        document_id=chunk.document_id,
        filename=passage.filename,
        page=chunk.page,
        heading=chunk.heading,
        start=chunk.start_char,
        end=chunk.end_char,
        text=chunk.text,
        score=None,
    )


async def _in_place(work: UnitOfWork, call: ShowPassage, row: DocumentRow) -> ShownPassage:
    chunks = await work.library.chunks_around(row.id, call.start, call.end, MARGIN)
    inside = [c for c in chunks if c.end_char > call.start and c.start_char < call.end]
    if not inside:
        raise ServiceError(f"“{row.filename}” has changed: the passage is not in it any more.")
    return ShownPassage(
        document_id=row.id,
        filename=row.filename,
        page=inside[0].page,
        heading=inside[0].heading,
        before=_slice(chunks, call.start - MARGIN, call.start),
        text=_slice(chunks, call.start, call.end),
        after=_slice(chunks, call.end, call.end + MARGIN),
        path=Path(row.file_path),
    )


def _slice(chunks: Sequence[DocumentChunkRow], start: int, end: int) -> str:
    """The text from `start` to `end`; what lies between chunks is white space."""
    pieces: list[str] = []
    reached = max(0, start)
    for chunk in chunks:
        first, last = max(reached, chunk.start_char), min(end, chunk.end_char)
        if first >= last:
            continue
        pieces.append("\n\n" if first > reached and pieces else "")
        pieces.append(chunk.text[first - chunk.start_char : last - chunk.start_char])
        reached = last
    return "".join(pieces)


async def _kept_by_activity(
    work: UnitOfWork, call: ShowPassage, organization_id: int
) -> ShownPassage:
    kept = await work.library.cited(organization_id, call.document_id, call.start, call.end)
    if kept is None:
        raise NotFound("This document has been deleted, and no piece cites the passage.")
    return ShownPassage(
        document_id=call.document_id,
        filename=kept["document"],
        page=kept["page"],
        heading=None,
        before="",
        text=kept["text"],
        after="",
        path=None,
    )
