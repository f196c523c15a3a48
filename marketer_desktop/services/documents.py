"""Documents: take several in, and search them."""

from pathlib import Path

from pydantic import BaseModel, Field

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.generate_content import take_in
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.restore_index import completed_index
from marketer_desktop.services.search_documents import SearchResult, search_documents


class IngestResults(BaseModel):
    """One result a file, in order."""

    results: list[IngestResult]


class IngestDocuments(Call[IngestResults]):
    """Take files into a project."""

    paths: list[Path]
    project: str | None = None


class SearchDocuments(Call[SearchResult]):
    """Find passages by meaning."""

    query: str = Field(min_length=1)
    limit: int = Field(default=8, ge=1, le=100)
    project: str | None = None


async def ingest_documents(call: IngestDocuments, parts: Parts, emit: Emit) -> IngestResults:
    """Each file by itself: one that fails does not stop the others."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project(call.project)
        await work.commit()
    return IngestResults(results=[await take_in(p, parts, place, emit) for p in call.paths])


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
