"""Looks into watched folders again and again, and takes in what is new or has changed."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path

from marketer_desktop.services.document_library import DeleteDocument, delete_document
from marketer_desktop.services.folder_contents import CannotLook, FileState, documents_in
from marketer_desktop.services.generate_content import take_in
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.rounds import Rounds
from marketer_desktop.storage.tables import WatchedFolderRow

PAUSE = 3.0  # seconds between two looks
SHARE = 0.05  # of the time may go into looking: slow network drives are asked less often


class FolderWatch:
    """Lives as long as its engine.

    Folders are looked at, not listened to: that also finds what changed while the application
    was closed, works on network drives, and survives a folder that goes and comes back. A file
    is taken in when two looks in a row find it the same, so not while it is being written.
    """

    def __init__(self, parts: Parts, pause: float = PAUSE) -> None:
        self._parts, self._pause = parts, pause
        self._rounds = Rounds("watched folders not read", self._look, self._wait)
        self._known: dict[int, dict[str, FileState]] = {}
        self._last: dict[int, dict[str, FileState]] = {}
        self._spent = 0.0  # seconds of looking since the last pause

    async def start(self) -> None:
        """Begin to look, in the background."""
        self._rounds.start()

    async def stop(self) -> None:
        """Stop at once; a file that is being read is taken up at the next start."""
        await self._rounds.stop()

    async def _wait(self) -> None:
        spent, self._spent = self._spent, 0.0
        await asyncio.sleep(max(self._pause, spent / SHARE))

    async def _look(self) -> None:
        async with self._parts.database.unit_of_work() as work:
            folders = await work.watched_folders.all()
        for gone in self._last.keys() - {folder.id for folder in folders}:
            self._last.pop(gone)
            self._known.pop(gone, None)
        for folder in folders:
            await self._look_into(folder)

    async def _look_into(self, folder: WatchedFolderRow) -> None:
        began = time.monotonic()
        try:
            found = await asyncio.to_thread(lambda: dict(documents_in(Path(folder.path))))
        except CannotLook as problem:
            await self._tell(folder, str(problem))
            return
        finally:
            self._spent += time.monotonic() - began
        await self._tell(folder, None)
        known, last = await self._known_in(folder), self._last.get(folder.id, {})
        self._last[folder.id] = found
        for path, state in found.items():
            if known.get(path) != state and last.get(path) == state:
                await self._take_in(folder, path, state)

    async def _known_in(self, folder: WatchedFolderRow) -> dict[str, FileState]:
        if folder.id not in self._known:
            async with self._parts.database.unit_of_work() as work:
                rows = await work.watched_folders.files(folder.id)
            self._known[folder.id] = {r.path: FileState(r.file_size, r.modified_ns) for r in rows}
        return self._known[folder.id]

    async def _tell(self, folder: WatchedFolderRow, message: str | None) -> None:
        if folder.error_message == message:
            return
        async with self._parts.database.unit_of_work() as work:
            if await work.watched_folders.hold(folder.id) is None:
                return  # watched no longer
            await work.watched_folders.tell(folder.id, message)
            await work.commit()
        self._parts.bus.changed("documents")

    async def _take_in(self, folder: WatchedFolderRow, path: str, state: FileState) -> None:
        assert folder.project_id is not None
        async with self._parts.database.unit_of_work() as work:
            place = await work.workspaces.of_project(folder.project_id)
            before = await work.watched_folders.document_of(folder.id, path)
            await work.commit()
        result: IngestResult | None = None
        with suppress(PlanExceeded):  # who runs the organization was told
            result = await take_in(Path(path), self._parts, place, lambda event: None)
        self._known[folder.id][path] = state
        if result is None or result.document_id is None:
            return  # not read for a reason that may pass: tried again at the next start
        async with self._parts.database.unit_of_work() as work:
            if await work.watched_folders.hold(folder.id) is None:
                return  # watched no longer
            # A document that was there already is not ours to replace when the file changes.
            ours = None if result.duplicate else result.document_id
            await work.watched_folders.note_file(folder.id, path, *state, ours)
            await work.commit()
        await self._replace(before, result)
        self._parts.bus.changed("documents")

    async def _replace(self, before: int | None, result: IngestResult) -> None:
        """Once the new version of a file is read, the old one goes, and leaves its tags."""
        after = result.document_id
        if before is None or after is None or before == after or result.status != "indexed":
            return
        async with self._parts.database.unit_of_work() as work:
            old = await work.documents.get(before)
            if old is None or await work.watched_folders.is_watched(before):
                return
            await work.library.tag(after, old.tags)
            await work.commit()
        await delete_document(DeleteDocument(document_id=before), self._parts, lambda event: None)
