"""Reads the documents that wait: uploaded ones, and those that an earlier engine did not finish."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path

from marketer_desktop.knowledge.indexing import VECTORS
from marketer_desktop.observability.logs import log
from marketer_desktop.services.document_files import clear_drafts
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.read_document import note_progress, read_alone
from marketer_desktop.services.restore_index import restore_alone
from marketer_desktop.services.rounds import Rounds
from marketer_desktop.storage.document_leases import Taken
from marketer_desktop.storage.outage import is_outage
from marketer_desktop.storage.repositories.documents import DUE, SETTLED
from marketer_desktop.storage.tables import DocumentRow

PAUSE = 2.0  # seconds: a command that is over at once leaves them to the next engine
LOOK_SECONDS = 5.0  # between two looks for what other processes have left
QUIET_SECONDS = 3600.0  # after which what another process was copying is left over


class UnfinishedDocuments:
    """Works in the background of an engine: after its start, and when `documents_wait` is set.

    Of several processes that have the file of a document one reads it; they look for what a dead
    one has left.
    """

    def __init__(self, parts: Parts, pause: float = PAUSE, look: float = LOOK_SECONDS) -> None:
        self._parts, self._pause, self._look = parts, pause, look
        self._rounds = Rounds("unfinished documents not taken up", self._take_up, self._wait)
        self._failed: set[int] = set()  # nobody knows why: not tried again and again

    async def start(self) -> None:
        """Begin, after a pause. If no other process does, nobody may copy a document yet."""
        quiet = QUIET_SECONDS if self._parts.one_of_many else 0.0
        await asyncio.to_thread(clear_drafts, self._parts.data_dir, quiet)
        self._rounds.start(self._pause)

    async def stop(self) -> None:
        """Stop at once; what is left is taken up at the next start, or by another process."""
        await self._rounds.stop()

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._look if self._parts.one_of_many else None):
                await self._parts.documents_wait.wait()
                self._failed.clear()

    async def _take_up(self) -> None:
        self._parts.documents_wait.clear()
        async with self._parts.database.unit_of_work() as work:
            found = await work.documents.unfinished(VECTORS)
        waiting = await asyncio.to_thread(self._ours, found)
        for document in waiting:
            if document.status != "indexed":
                note_progress(self._parts, document.id, 0)
        try:
            while waiting:
                await self._try(waiting[0])
                waiting.pop(0)
        finally:
            for document in waiting:
                note_progress(self._parts, document.id, None)

    def _ours(self, found: Sequence[DocumentRow]) -> list[DocumentRow]:
        """Those that can be read here; one that is just being added is finished by who adds it."""
        free = [row for row in found if row.id not in {*self._parts.being_read, *self._failed}]
        if self._parts.one_of_many:
            return [row for row in free if not _is_to_be_read(row) or Path(row.file_path).is_file()]
        if self._parts.postgres is None:  # other engines on this database have documents, too
            kept_in = self._parts.data_dir
            return [row for row in free if Path(row.file_path).is_relative_to(kept_in)]
        return free

    async def _try(self, document: DocumentRow) -> None:
        """Finish it unless somebody else has it; one that fails does not stop the others."""
        try:
            async with self._parts.database.documents.alone_with(document.content_hash, 0):
                await self._finish(document.id)
        except Taken:
            pass
        except Exception as problem:
            if is_outage(problem):
                raise
            log.warning("not read: %s", problem, extra={"document_id": document.id})
            self._failed.add(document.id)
        finally:
            if document.id in self._parts.being_read:
                note_progress(self._parts, document.id, None)

    async def _finish(self, document_id: int) -> None:
        async with self._parts.database.unit_of_work() as work:
            now = await work.documents.get(document_id)
        if now is None:
            return
        if _is_to_be_read(now):
            await read_alone(self._parts, now)
        else:
            await restore_alone(
                now,
                database=self._parts.database,
                index=self._parts.index,
                embeddings=self._parts.embeddings,
            )


def _is_to_be_read(row: DocumentRow) -> bool:
    return row.status not in SETTLED or bool((row.details or {}).get(DUE))
