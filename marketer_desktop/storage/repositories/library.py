"""The document library: what is listed, tagged, shown and deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.documents import Passage
from marketer_desktop.storage.repositories.visibility import (
    documents_visible_to,
    visible_to,
)
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import (
    ActivityRow,
    CampaignRow,
    DocumentChunkRow,
    DocumentRow,
    ProjectRow,
)

CITED = "research_sources"
# As the index has it: with a parameter in its place the index would not be used.
ENGLISH: ColumnElement[Any] = literal_column("'english'")


@dataclass(frozen=True)
class ListedDocument:
    """A document with the name of the project it belongs to, if it belongs to one."""

    row: DocumentRow
    project: str | None


class Library:
    """The documents of an organization as people look at them."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def list(
        self, organization_id: int, project_id: int | None = None, tag: str | None = None
    ) -> Sequence[ListedDocument]:
        """Newest first; only those of a project, and only those with a tag, where named."""
        query = (
            select(DocumentRow, ProjectRow.name)
            .outerjoin(ProjectRow, ProjectRow.id == DocumentRow.project_id)
            .where(
                DocumentRow.organization_id == organization_id, documents_visible_to(self._acting)
            )
        )
        if project_id is not None:
            query = query.where(DocumentRow.project_id == project_id)
        if tag is not None:
            query = query.where(DocumentRow.tags.op("@>")([tag]))
        newest_first = query.order_by(DocumentRow.created_at.desc(), DocumentRow.id.desc())
        found = await self._session.execute(newest_first)
        return [ListedDocument(row, name) for row, name in found]

    async def page(
        self,
        organization_id: int,
        project_id: int | None,
        status: str | None,
        offset: int,
        limit: int,
    ) -> tuple[int, Sequence[DocumentRow]]:
        """How many there are, of a project and with a status where named, and some of them."""
        query = (
            select(DocumentRow)
            .outerjoin(ProjectRow, ProjectRow.id == DocumentRow.project_id)
            .where(
                DocumentRow.organization_id == organization_id, documents_visible_to(self._acting)
            )
        )
        if project_id is not None:
            query = query.where(DocumentRow.project_id == project_id)
        if status is not None:
            query = query.where(DocumentRow.status == status)
        total = await self._session.scalar(select(func.count()).select_from(query.subquery()))
        newest_first = query.order_by(DocumentRow.created_at.desc(), DocumentRow.id.desc())
        found = await self._session.scalars(newest_first.offset(offset).limit(limit))
        return total or 0, found.all()

    async def tags(self, organization_id: int) -> Sequence[str]:
        """Every tag in use, in order."""
        each = func.unnest(DocumentRow.tags).label("tag")
        query = (
            select(each)
            .outerjoin(ProjectRow, ProjectRow.id == DocumentRow.project_id)
            .where(
                DocumentRow.organization_id == organization_id, documents_visible_to(self._acting)
            )
            .distinct()
        )
        return sorted((await self._session.scalars(query)).all(), key=str.casefold)

    async def tag(self, document_id: int, tags: Sequence[str]) -> DocumentRow:
        """Replace the tags of a document. Raises `MissingRow`."""
        values = {"tags": [*tags]}
        return await change_row(self._session, DocumentRow, "document", document_id, values)

    async def delete(self, row: DocumentRow) -> None:
        """Delete a document with its chunks."""
        await self._session.delete(row)
        await self._session.flush()

    async def uses_file(self, file_path: str) -> bool:
        """Whether a document keeps its content in this file."""
        query = select(DocumentRow.id).where(DocumentRow.file_path == file_path).limit(1)
        return await self._session.scalar(query) is not None

    async def chunks_around(
        self, document_id: int, start: int, end: int, margin: int
    ) -> Sequence[DocumentChunkRow]:
        """The chunks that lie within `margin` characters of a span, in order."""
        found = await self._session.scalars(
            select(DocumentChunkRow)
            .where(
                DocumentChunkRow.document_id == document_id,
                DocumentChunkRow.end_char > start - margin,
                DocumentChunkRow.start_char < end + margin,
            )
            .order_by(DocumentChunkRow.ordinal)
        )
        return found.all()

    async def worded(
        self, document_ids: Sequence[int], query: str, limit: int
    ) -> Sequence[Passage]:
        """Chunks that hold the words of `query`, whatever their form; the best first."""
        text = func.to_tsvector(ENGLISH, DocumentChunkRow.text)
        wanted = func.websearch_to_tsquery(ENGLISH, query)
        found = await self._session.execute(
            select(DocumentChunkRow, DocumentRow.filename)
            .join(DocumentRow, DocumentRow.id == DocumentChunkRow.document_id)
            .where(DocumentRow.id.in_(document_ids), text.op("@@")(wanted))
            .order_by(func.ts_rank(text, wanted).desc(), DocumentChunkRow.id)
            .limit(limit)
        )
        return [Passage(chunk, filename) for chunk, filename in found]

    async def cited(
        self, organization_id: int, document_id: int, start: int, end: int
    ) -> dict[str, Any] | None:
        """The passage as an activity keeps it that cites it; None if none does."""
        span = {"document_id": document_id, "start": start, "end": end}
        content: dict[str, Any] | None = await self._session.scalar(
            select(ActivityRow.content)
            .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(
                ProjectRow.organization_id == organization_id,
                visible_to(self._acting),
                ActivityRow.content.contains({CITED: [span]}),
            )
            .limit(1)
        )
        for source in (content or {}).get(CITED, []):
            if span.items() <= source.items():
                return dict(source)
        return None
