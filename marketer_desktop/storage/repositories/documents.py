"""Documents and their chunks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import and_, cast, delete, func, insert, not_, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.document_leases import content_key
from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.visibility import documents_visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import DocumentChunkRow, DocumentRow, ProjectRow

SETTLED = frozenset({"indexed", "error"})
COPIES = 0x636F70  # the class of the locks on copies; any number, the same in every process
DUE = "due"  # in the details of a document that is to be read again


@dataclass(frozen=True)
class NewChunk:
    """A passage to store: its page from 1 if there are pages, its span in characters."""

    page: int | None
    start_char: int
    end_char: int
    text: str
    heading: str | None = None


@dataclass(frozen=True)
class Passage:
    """A stored chunk with the name of the file it comes from."""

    chunk: DocumentChunkRow
    filename: str


class Documents:
    """The documents of organizations and projects."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def add(
        self,
        *,
        organization_id: int,
        project_id: int | None,
        uploaded_by: int,
        filename: str,
        file_path: str,
        content_hash: str,
        file_type: str | None = None,
        file_size: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> DocumentRow:
        """Add a document as `pending`, or return the one with the same content that is there.

        `content_hash` is the SHA-256 of the file in hex, `file_size` counts bytes.
        """
        added = await self._session.scalar(
            upsert(DocumentRow)
            .values(
                organization_id=organization_id,
                project_id=project_id,
                uploaded_by=uploaded_by,
                filename=filename,
                file_path=file_path,
                content_hash=content_hash,
                file_type=file_type,
                file_size=file_size,
                details=details,
            )
            .on_conflict_do_nothing(
                index_elements=["organization_id", "project_id", "content_hash"]
            )
            .returning(DocumentRow)
        )
        found = added or await self.by_hash(organization_id, project_id, content_hash)
        if found is None:
            raise RuntimeError("The same document is being removed just now. Try again.")
        return found

    async def hold_copy(self, content_hash: str) -> None:
        """Alone put the copy of a content (its SHA-256 in hex) in its place, or remove it.

        For this transaction; to have the content to oneself while it is read is another matter.
        """
        locked = func.pg_advisory_xact_lock(COPIES, content_key(content_hash))
        await self._session.execute(select(locked))

    async def by_hash(
        self, organization_id: int, project_id: int | None, content_hash: str
    ) -> DocumentRow | None:
        """The document with this content in this project (None: in the organization at large)."""
        found: DocumentRow | None = await self._session.scalar(
            select(DocumentRow).where(
                DocumentRow.organization_id == organization_id,
                DocumentRow.project_id.is_not_distinct_from(project_id),
                DocumentRow.content_hash == content_hash,
            )
        )
        return found

    async def get(self, document_id: int) -> DocumentRow | None:
        """The document, or None."""
        return await self._session.get(DocumentRow, document_id)

    async def visible(self, document_id: int) -> DocumentRow | None:
        """The document, or None; of one that whoever acts may not see, None, too."""
        found: DocumentRow | None = await self._session.scalar(
            select(DocumentRow)
            .outerjoin(ProjectRow, ProjectRow.id == DocumentRow.project_id)
            .where(DocumentRow.id == document_id, documents_visible_to(self._acting))
        )
        return found

    async def list(
        self, organization_id: int, project_id: int | None = None
    ) -> Sequence[DocumentRow]:
        """The documents of an organization, or of one of its projects, newest first."""
        query = (
            select(DocumentRow)
            .outerjoin(ProjectRow, ProjectRow.id == DocumentRow.project_id)
            .where(
                DocumentRow.organization_id == organization_id, documents_visible_to(self._acting)
            )
        )
        if project_id is not None:
            query = query.where(DocumentRow.project_id == project_id)
        newest_first = query.order_by(DocumentRow.created_at.desc(), DocumentRow.id.desc())
        return (await self._session.scalars(newest_first)).all()

    async def mark(
        self,
        document_id: int,
        status: str,
        error_message: str | None = None,
        chunk_count: int | None = None,
    ) -> DocumentRow:
        """Set the status; an earlier error message goes. Raises `MissingRow`."""
        values: dict[str, Any] = {"status": status, "error_message": error_message}
        if chunk_count is not None:
            values["chunk_count"] = chunk_count
        if status in SETTLED:
            values["processed_at"] = func.current_timestamp()
        return await change_row(self._session, DocumentRow, "document", document_id, values)

    async def every_indexed(self) -> Sequence[DocumentRow]:
        """The documents of all organizations that have been read, newest first."""
        query = select(DocumentRow).where(DocumentRow.status == "indexed")
        return (await self._session.scalars(query.order_by(DocumentRow.id.desc()))).all()

    async def unfinished(self, vectors: int) -> Sequence[DocumentRow]:
        """Those that were cut off, are to be read again, or have vectors of another kind."""
        details = func.coalesce(DocumentRow.details, cast({}, JSONB))
        query = select(DocumentRow).where(
            or_(
                DocumentRow.status.not_in(SETTLED),
                details.contains({DUE: True}),
                and_(
                    DocumentRow.status == "indexed",
                    not_(details.contains({"vectors": vectors})),
                ),
            )
        )
        return (await self._session.scalars(query.order_by(DocumentRow.id))).all()

    async def set_due(self, document_ids: Collection[int], *, due: bool) -> None:
        """Note that documents are to be read again, or no longer."""
        details = func.coalesce(DocumentRow.details, cast({}, JSONB)).op("-")(DUE)
        values = details.op("||")(cast({DUE: True}, JSONB)) if due else details
        await self._session.execute(
            update(DocumentRow)
            .where(DocumentRow.id.in_(document_ids))
            .values({DocumentRow.details: values}),
            execution_options={"synchronize_session": False},
        )

    async def set_vectors(self, document_ids: Collection[int], vectors: int) -> None:
        """Note of what kind the vectors of documents are; 0 says that they have to be made."""
        details = func.coalesce(DocumentRow.details, cast({}, JSONB))
        await self._session.execute(
            update(DocumentRow)
            .where(DocumentRow.id.in_(document_ids))
            .values({DocumentRow.details: details.op("||")(cast({"vectors": vectors}, JSONB))}),
            execution_options={"synchronize_session": False},
        )

    async def store_chunks(self, document_id: int, chunks: Iterable[NewChunk]) -> None:
        """Replace the chunks of a document."""
        await self._session.execute(
            delete(DocumentChunkRow).where(DocumentChunkRow.document_id == document_id)
        )
        values = [
            {"document_id": document_id, "ordinal": ordinal, **asdict(chunk)}
            for ordinal, chunk in enumerate(chunks)
        ]
        if values:
            await self._session.execute(insert(DocumentChunkRow), values)

    async def chunks(
        self, document_id: int, start: int = 0, limit: int | None = None
    ) -> Sequence[DocumentChunkRow]:
        """The chunks of a document in order, from the ordinal `start` on, at most `limit`."""
        found = await self._session.scalars(
            select(DocumentChunkRow)
            .where(DocumentChunkRow.document_id == document_id, DocumentChunkRow.ordinal >= start)
            .order_by(DocumentChunkRow.ordinal)
            .limit(limit)
        )
        return found.all()

    async def chunks_by_ids(self, chunk_ids: Sequence[int]) -> Sequence[Passage]:
        """The chunks with these numbers in the order asked for, without those that are gone."""
        found = await self._session.execute(
            select(DocumentChunkRow, DocumentRow.filename)
            .join(DocumentRow, DocumentRow.id == DocumentChunkRow.document_id)
            .where(DocumentChunkRow.id.in_(chunk_ids))
        )
        passages = {chunk.id: Passage(chunk, filename) for chunk, filename in found}
        return [passages[number] for number in chunk_ids if number in passages]
