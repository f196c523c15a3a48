"""The index of chunk vectors, in a Chroma of our own or a server; the database can rebuild it."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from marketer_desktop.knowledge.chroma_server import ServerCollections
from marketer_desktop.knowledge.collections import Collections, chunk_name, discard
from marketer_desktop.observability.metrics import observe
from marketer_desktop.system.loading import LOADING
from marketer_desktop.system.threads import run_to_the_end

# Chroma holds the interpreter lock while it adds: few at a time, and a pause for the others.
BATCH, PAUSE = 16, 0.02
# Where only some documents count, so many of the nearest are looked through for theirs first.
WIDE = 256

Result = TypeVar("Result")
Opened = Collections | ServerCollections


@dataclass(frozen=True)
class IndexEntry:
    """One chunk to index: its row in the database, its place in the document, its vector."""

    chunk_id: int
    ordinal: int
    page: int | None
    vector: Sequence[float]


class Hit(NamedTuple):
    """A chunk found by a query; `score` is the cosine, from -1 to 1."""

    document_id: int
    ordinal: int
    chunk_id: int
    score: float


@dataclass(frozen=True)
class IndexState:
    """What a doctor wants to know: Chroma's version, where it is, the number of chunks."""

    version: str
    place: Path | str
    entries: int


class VectorIndex:
    """The vectors in `folder`, or at the Chroma `server`, all of length 1; opened at the first use.

    Every method that touches the index raises VectorIndexError when the folder is damaged or
    was not made by this application, or the server does not answer. One process at a time may
    use a folder, any number a server.
    """

    def __init__(self, folder: Path, server: str | None = None) -> None:
        self.folder, self._server = folder, server
        # A server has its own way to deal with many at once.
        self._turn = nullcontext() if server else threading.Lock()
        self._collections: Opened | None = None

    async def add(
        self, document_id: int, project_id: int | None, entries: Sequence[IndexEntry]
    ) -> None:
        """Index the chunks of a document; chunks that are there already are replaced."""
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            await self._run(
                partial(_upsert, project_id=project_id, document_id=document_id, batch=batch)
            )
            await asyncio.sleep(PAUSE)

    async def delete_document(self, document_id: int) -> None:
        """Forget the chunks of a document."""
        await self._run(partial(_delete, document_id=document_id))

    async def count(self, document_id: int) -> int:
        """How many chunks of a document are indexed."""
        return await self._run(partial(_count, document_id=document_id))

    async def counts(self) -> dict[int, int]:
        """How many chunks of each document are indexed, by the document's number."""
        return await self._run(_counts)

    async def query(
        self,
        vector: Sequence[float],
        limit: int,
        project_id: int | None = None,
        document_ids: Sequence[int] | None = None,
    ) -> list[Hit]:
        """The nearest chunks, best first, at most `limit`.

        With a project: only its documents and those that belong to no project. With documents:
        only those.
        """
        if document_ids is not None and not document_ids:
            return []
        wanted = None if document_ids is None else frozenset(document_ids)

        def ask(opened: Opened) -> list[Hit]:
            began = time.perf_counter()
            seen = opened.seen_by(project_id)
            found = _best((_nearest(each, vector, limit, wanted) for each in seen), limit)
            observe("chromadb_query_duration_seconds", time.perf_counter() - began)
            return found

        return await self._run(ask)

    async def cosines(
        self, vector: Sequence[float], chunks: Sequence[tuple[int, int, int]]
    ) -> dict[int, float]:
        """How near chunks (document, ordinal, chunk) are to a vector, by the chunk's number."""
        if not chunks:
            return {}
        names = [chunk_name(*chunk) for chunk in chunks]
        hits = await self._run(
            lambda all_: [
                hit for each in all_.seen_by(None) for hit in _measured(each, vector, ids=names)
            ]
        )
        return {hit.chunk_id: hit.score for hit in hits}

    async def state(self) -> IndexState:
        """Version, place and number of entries."""
        version, entries = await self._run(
            lambda all_: (all_.version, sum(each.count() for each in all_.seen_by(None)))
        )
        return IndexState(version, self._server or self.folder, entries)

    async def answers(self) -> bool:
        """Whether it can be asked."""
        return await self._run(lambda all_: all_.answers())

    async def start_anew(self) -> None:
        """Throw the index away, also a damaged one; a folder of something else is moved aside."""
        await run_to_the_end(self._start_anew)

    def _start_anew(self) -> None:
        if self._server:
            self._work(ServerCollections.discard)
            return
        with self._turn:
            self._let_go()
            discard(self.folder)

    def close(self) -> None:
        """Let go of the folder or the server; a later call opens it again."""
        with self._turn:
            self._let_go()

    def _let_go(self) -> None:
        opened, self._collections = self._collections, None
        if opened is not None:
            opened.close()

    async def _run(self, work: Callable[[Any], Result]) -> Result:
        return await asyncio.to_thread(self._work, work)

    def _work(self, work: Callable[[Any], Result]) -> Result:
        with self._turn:
            if self._collections is None:
                opened = ServerCollections(self._server) if self._server else None
                self._collections = opened or Collections(self.folder)
            return self._collections.do(work)


def _upsert(
    collections: Opened,
    project_id: int | None,
    document_id: int,
    batch: Sequence[IndexEntry],
) -> None:
    collections.made(project_id).upsert(
        ids=[chunk_name(document_id, entry.ordinal, entry.chunk_id) for entry in batch],
        embeddings=[list(entry.vector) for entry in batch],
        metadatas=[{"document_id": document_id} for _ in batch],
    )


def _delete(collections: Opened, document_id: int) -> None:
    for each in collections.seen_by(None):
        each.delete(where={"document_id": document_id})


def _count(collections: Opened, document_id: int) -> int:
    where = {"document_id": document_id}
    return sum(len(each.get(where=where, include=[])["ids"]) for each in collections.seen_by(None))


def _counts(collections: Opened) -> dict[int, int]:
    names = (name for each in collections.seen_by(None) for name in each.get(include=[])["ids"])
    return Counter(int(name.partition("-")[0]) for name in names)


def _best(found: Iterable[Iterable[Hit]], limit: int) -> list[Hit]:
    hits = (hit for some in found for hit in some)
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def _nearest(
    collection: Any, vector: Sequence[float], limit: int, wanted: Collection[int] | None
) -> list[Hit]:
    if wanted is None:
        return _queried(collection, vector, limit)
    # Chroma would look up every chunk of these documents for each query: a hundred times slower.
    wide = _queried(collection, vector, max(limit, WIDE))
    hits = [hit for hit in wide if hit.document_id in wanted]
    if len(hits) >= limit:
        return hits
    # They are few or far away: compare all of them.
    return _measured(collection, vector, where={"document_id": {"$in": list(wanted)}})


def _queried(collection: Any, vector: Sequence[float], limit: int) -> list[Hit]:
    found = collection.query(
        query_embeddings=[list(vector)], n_results=limit, include=["distances"]
    )
    pairs = zip(found["ids"][0], found["distances"][0], strict=True)
    return [_hit(name, 1.0 - distance) for name, distance in pairs]


def _measured(collection: Any, vector: Sequence[float], **chosen: Any) -> list[Hit]:
    """The chosen chunks, with their exact cosines."""
    with LOADING:
        import numpy as np  # noqa: PLC0415 — heavy, off the start path

    found = collection.get(**chosen, include=["embeddings"])
    near = np.asarray(found["embeddings"]).reshape(-1, len(vector)) @ np.asarray(vector)
    return [_hit(name, float(score)) for name, score in zip(found["ids"], near, strict=True)]


def _hit(name: str, score: float) -> Hit:
    document_id, ordinal, chunk_id = map(int, name.split("-"))
    return Hit(document_id, ordinal, chunk_id, score)
