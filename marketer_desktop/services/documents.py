"""Documents: take several in, and search them."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from marketer_desktop.knowledge.parse import announced
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.folder_contents import CannotLook, documents_in
from marketer_desktop.services.generate_content import take_in
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.restore_index import completed_index
from marketer_desktop.services.search_documents import SearchResult, search_documents


class IngestResults(BaseModel):
    """One result a file, in order."""

    results: list[IngestResult]


class IngestDocuments(Call[IngestResults]):
    """Take files, and the documents in folders, into a project named by number or by name.

    Emits `{"kind": "document", file, stage, percent, number, count}`: the file is the
    `number`th of `count`.
    """

    paths: list[Path]
    project: str | None = None
    project_id: int | None = None


class SearchDocuments(Call[SearchResult]):
    """Find passages by meaning."""

    query: str = Field(min_length=1)
    limit: int = Field(default=8, ge=1, le=100)
    project: str | None = None


async def ingest_documents(call: IngestDocuments, parts: Parts, emit: Emit) -> IngestResults:
    """Each file by itself: one that fails does not stop the others."""
    async with parts.database.unit_of_work() as work:
        place = await (
            work.workspaces.project(call.project)
            if call.project_id is None
            else work.workspaces.of_project(call.project_id)
        )
        await work.commit()
    paths = await asyncio.to_thread(_files, call.paths)
    results: list[IngestResult] = []
    with announced(len(paths)):
        for number, path in enumerate(paths, start=1):
            counted = partial(_emit_counted, emit, number, len(paths))
            results.append(await take_in(path, parts, place, counted))
    return IngestResults(results=results)


def _files(paths: list[Path]) -> list[Path]:
    """Folders give way to the documents in them."""
    found: list[Path] = []
    for path in paths:
        try:
            found += [Path(name) for name, _ in documents_in(path)] if path.is_dir() else [path]
        except CannotLook as problem:
            raise ServiceError(f"“{path}”: {problem}") from problem
    return list(dict.fromkeys(found))


def _emit_counted(emit: Emit, number: int, count: int, event: dict[str, Any]) -> None:
    emit({**event, "number": number, "count": count})


async def search(call: SearchDocuments, parts: Parts, emit: Emit) -> SearchResult:
    """The best passages of the project's documents."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project(call.project)
        await work.commit()
    return await search_documents(
        call.query,
        call.limit,
        database=parts.database,
        index=await completed_index(parts, place.organization_id),
        embeddings=parts.embeddings,
        project_id=place.project_id,
    )
