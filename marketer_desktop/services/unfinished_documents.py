"""Reads the documents that wait: uploaded ones, and those that an earlier engine did not finish."""

import asyncio
import contextlib
from pathlib import Path

from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.knowledge.indexing import VECTORS
from marketer_desktop.observability.logs import log
from marketer_desktop.services.document_files import clear_drafts
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.read_document import note_progress, read_document
from marketer_desktop.services.restore_index import restore_document
from marketer_desktop.storage.repositories.documents import DUE
from marketer_desktop.storage.tables import DocumentRow

PAUSE = 2.0  # seconds: a command that is over at once leaves them to the next engine


class UnfinishedDocuments:
    """Works in the background of an engine: after its start, and when `documents_wait` is set."""

    def __init__(self, parts: Parts, pause: float = PAUSE) -> None:
        self._parts, self._pause = parts, pause
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin, after a pause. No document may be copied yet."""
        await asyncio.to_thread(clear_drafts, self._parts.data_dir)
        self._task = asyncio.create_task(self._run(), name="unfinished documents")

    async def stop(self) -> None:
        """Stop at once; what is left is taken up at the next start."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        await asyncio.sleep(self._pause)
        while True:
            self._parts.documents_wait.clear()
            try:
                await self._take_up()
            except Exception as problem:  # such as a database that is being restarted
                log.warning("unfinished documents not taken up: %s", problem)
            await self._parts.documents_wait.wait()

    async def _take_up(self) -> None:
        async with self._parts.database.unit_of_work() as work:
            found = await work.documents.unfinished(VECTORS)
        # One that is being added just now is finished by whoever adds it.
        waiting = [each for each in found if each.id not in self._parts.being_read]
        if self._parts.postgres is None:  # other engines on this database have documents, too
            waiting = [each for each in waiting if _is_kept_in(self._parts.data_dir, each)]
        for document in waiting:
            if document.status != "indexed":
                note_progress(self._parts, document.id, 0)
        try:
            while waiting:
                await self._finish(waiting[0])
                waiting.pop(0)
        finally:
            for document in waiting:
                note_progress(self._parts, document.id, None)

    async def _finish(self, document: DocumentRow) -> None:
        async with self._parts.database.unit_of_work() as work:
            now = await work.documents.get(document.id)
        if now is None:
            return
        if now.status != "indexed" or (now.details or {}).get(DUE):
            await read_document(self._parts, document.id)
            return
        try:
            await restore_document(
                document,
                database=self._parts.database,
                index=self._parts.index,
                embeddings=self._parts.embeddings,
            )
        except VectorIndexError as problem:
            log.warning("not indexed again: %s", problem, extra={"document_id": document.id})


def _is_kept_in(data_dir: Path, document: DocumentRow) -> bool:
    return Path(document.file_path).is_relative_to(data_dir)
