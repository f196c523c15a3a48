"""Watched folders: list them, watch one, watch one no longer."""

import asyncio
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.watched_folders import ListedFolder


class WatchedFolder(BaseModel):
    """A folder whose documents are taken in as they appear; `error` says why it is not read."""

    id: int
    path: Path
    project_id: int | None
    project: str | None
    file_count: int
    error: str | None


class WatchedFolderList(BaseModel):
    """By path."""

    folders: list[WatchedFolder]


class ListWatchedFolders(Call[WatchedFolderList]):
    """The watched folders of the current organization."""


class WatchFolder(Call[WatchedFolder]):
    """Take in what is in a folder and what will be; without a project, into the default one."""

    path: Path
    project_id: int | None = None


class UnwatchFolder(Call[WatchedFolderList]):
    """Look into a folder no longer; its documents stay."""

    folder_id: int


async def list_watched_folders(
    call: ListWatchedFolders, parts: Parts, emit: Emit
) -> WatchedFolderList:
    """The folders and how many of their files are known."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        found = await work.watched_folders.list(member.organization_id)
        await work.commit()
    return WatchedFolderList(folders=[_entry(each) for each in found])


async def watch_folder(call: WatchFolder, parts: Parts, emit: Emit) -> WatchedFolder:
    """Keep the folder; the engine looks into it from now on."""
    path = call.path.expanduser().absolute()
    if not await asyncio.to_thread(path.is_dir):
        raise ServiceError(f"There is no folder “{path}”. Choose one that is there.")
    if path == parts.data_dir.absolute() or parts.data_dir.absolute() in path.parents:
        raise ServiceError(f"“{path}” belongs to Marketer itself. Choose a folder of yours.")
    async with parts.database.unit_of_work() as work:
        place = await (
            work.workspaces.local_workspace()
            if call.project_id is None
            else work.workspaces.of_project(call.project_id)
        )
        row = await work.watched_folders.add(place.organization_id, place.project_id, str(path))
        if row is None:
            raise ServiceError(f"“{path}” is watched already.")
        listed = await work.watched_folders.list(place.organization_id)
        await work.commit()
    parts.bus.changed("documents")
    return next(_entry(each) for each in listed if each.row.id == row.id)


async def unwatch_folder(call: UnwatchFolder, parts: Parts, emit: Emit) -> WatchedFolderList:
    """Forget the folder; one that is gone already is no error."""
    async with parts.database.unit_of_work() as work:
        await work.watched_folders.remove(call.folder_id)
        await work.commit()
    parts.bus.changed("documents")
    return await list_watched_folders(ListWatchedFolders(), parts, emit)


def _entry(listed: ListedFolder) -> WatchedFolder:
    return WatchedFolder(
        id=listed.row.id,
        path=Path(listed.row.path),
        project_id=listed.row.project_id,
        project=listed.project,
        file_count=listed.file_count,
        error=listed.row.error_message,
    )
