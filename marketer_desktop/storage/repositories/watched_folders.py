"""Watched folders, and which of their files have been taken in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.tables import ProjectRow, WatchedFileRow, WatchedFolderRow


@dataclass(frozen=True)
class ListedFolder:
    """A watched folder with its project's name and the number of files known in it."""

    row: WatchedFolderRow
    project: str | None
    file_count: int


class WatchedFolders:
    """The watched folders of organizations; methods that change one raise `MissingRow`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[WatchedFolderRow]:
        """The folders of all organizations."""
        query = select(WatchedFolderRow).order_by(WatchedFolderRow.id)
        return (await self._session.scalars(query)).all()

    async def list(self, organization_id: int) -> Sequence[ListedFolder]:
        """The folders of an organization by path."""
        count = (
            select(func.count())
            .where(WatchedFileRow.folder_id == WatchedFolderRow.id)
            .scalar_subquery()
        )
        found = await self._session.execute(
            select(WatchedFolderRow, ProjectRow.name, count)
            .outerjoin(ProjectRow, ProjectRow.id == WatchedFolderRow.project_id)
            .where(WatchedFolderRow.organization_id == organization_id)
            .order_by(WatchedFolderRow.path)
        )
        return [ListedFolder(*row) for row in found]

    async def hold(self, folder_id: int) -> WatchedFolderRow | None:
        """The folder, or None; it cannot be removed before the end of the transaction."""
        lock = {"read": True, "key_share": True}
        return await self._session.get(WatchedFolderRow, folder_id, with_for_update=lock)

    async def add(
        self, organization_id: int, project_id: int | None, path: str
    ) -> WatchedFolderRow | None:
        """Watch a folder; None if it is watched already."""
        added: WatchedFolderRow | None = await self._session.scalar(
            upsert(WatchedFolderRow)
            .values(organization_id=organization_id, project_id=project_id, path=path)
            .on_conflict_do_nothing(index_elements=["organization_id", "path"])
            .returning(WatchedFolderRow)
        )
        return added

    async def remove(self, folder_id: int) -> None:
        """Watch a folder no longer; what was taken in stays."""
        query = delete(WatchedFolderRow).where(WatchedFolderRow.id == folder_id)
        await self._session.execute(query)

    async def tell(self, folder_id: int, error_message: str | None) -> WatchedFolderRow:
        """Keep why a folder is not read, or that it is read again (None)."""
        values = {"error_message": error_message}
        return await change_row(self._session, WatchedFolderRow, "folder", folder_id, values)

    async def files(self, folder_id: int) -> Sequence[WatchedFileRow]:
        """The files of a folder as they were when they were taken in."""
        query = select(WatchedFileRow).where(WatchedFileRow.folder_id == folder_id)
        return (await self._session.scalars(query)).all()

    async def document_of(self, folder_id: int, path: str) -> int | None:
        """The document that a file was taken in as, if it is still there."""
        row = await self._session.get(WatchedFileRow, (folder_id, path))
        return row.document_id if row else None

    async def is_watched(self, document_id: int) -> bool:
        """Whether a document is the content of some watched file."""
        query = select(WatchedFileRow.path).where(WatchedFileRow.document_id == document_id)
        return await self._session.scalar(query.limit(1)) is not None

    async def note_file(
        self,
        folder_id: int,
        path: str,
        file_size: int,
        modified_ns: int,
        document_id: int | None,
    ) -> None:
        """Keep how a file was when it was taken in, and what became of it."""
        state = {
            "file_size": file_size,
            "modified_ns": modified_ns,
            "document_id": document_id,
        }
        await self._session.execute(
            upsert(WatchedFileRow)
            .values(folder_id=folder_id, path=path, **state)
            .on_conflict_do_update(index_elements=["folder_id", "path"], set_=state)
        )
