"""The index of chunk vectors in an embedded Chroma; it can be rebuilt from the database."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.knowledge.model_files import MODEL_NAME

COLLECTION = "chunks"
MARKER = "marketer-index.txt"
CONTENT = f"Search index of Marketer Desktop, vectors of {MODEL_NAME}\n"
# Chroma holds the interpreter lock while it adds: few at a time, and a pause for the others.
BATCH, PAUSE = 16, 0.02
NO_PROJECT = NO_PAGE = 0

Result = TypeVar("Result")


@dataclass(frozen=True)
class IndexEntry:
    """One chunk to index: its row in the database, its place in the document, its vector."""

    chunk_id: int
    ordinal: int
    page: int | None
    vector: Sequence[float]


@dataclass(frozen=True)
class Hit:
    """A chunk found by a query; `score` is the cosine, from -1 to 1."""

    document_id: int
    ordinal: int
    chunk_id: int
    score: float


@dataclass(frozen=True)
class IndexState:
    """What a doctor wants to know: Chroma's version, the folder, the number of chunks."""

    version: str
    place: Path
    entries: int


class VectorIndex:
    """The vectors in `folder`; opened at the first use.

    Every method that touches the index raises VectorIndexError when the folder is damaged or
    was not made by this application. One process at a time may use a folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._client: Any = None
        self._collection: Any = None

    async def add(
        self,
        document_id: int,
        project_id: int | None,
        organization_id: int,
        entries: Sequence[IndexEntry],
    ) -> None:
        """Index the chunks of a document; chunks that are there already are replaced."""
        owner = {
            "document_id": document_id,
            "project_id": project_id or NO_PROJECT,
            "organization_id": organization_id,
        }
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            await self._run(partial(_upsert, owner=owner, batch=batch))
            await asyncio.sleep(PAUSE)

    async def delete_document(self, document_id: int) -> None:
        """Forget the chunks of a document."""
        await self._run(lambda opened: opened.delete(where={"document_id": document_id}))

    async def count(self, document_id: int) -> int:
        """How many chunks of a document are indexed."""
        found = await self._run(
            lambda opened: opened.get(where={"document_id": document_id}, include=[])
        )
        return len(found["ids"])

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
        found = await self._run(
            lambda opened: opened.query(
                query_embeddings=[list(vector)],
                n_results=limit,
                where=_where(project_id, document_ids),
                include=["metadatas", "distances"],
            )
        )
        pairs = zip(found["metadatas"][0], found["distances"][0], strict=True)
        return [_hit(metadata, distance) for metadata, distance in pairs]

    async def cosines(
        self, vector: Sequence[float], places: Sequence[tuple[int, int]]
    ) -> dict[tuple[int, int], float]:
        """How near the chunks at these places (document, ordinal) are to a vector of length 1."""
        if not places:
            return {}
        found = await self._run(
            lambda opened: opened.get(
                ids=[_name(*place) for place in places], include=["embeddings", "metadatas"]
            )
        )
        near = np.asarray(found["embeddings"]).reshape(-1, len(vector)) @ np.asarray(vector)
        return {
            (about["document_id"], about["ordinal"]): float(score)
            for about, score in zip(found["metadatas"], near, strict=True)
        }

    async def state(self) -> IndexState:
        """Version, place and number of entries."""
        entries = await self._run(lambda opened: opened.count())
        return IndexState(str(self._client.get_version()), self.folder, entries)

    def close(self) -> None:
        """Let go of the folder; a later call opens it again."""
        with self._lock:
            client, self._client, self._collection = self._client, None, None
            if client is not None:
                client.close()

    async def _run(self, work: Callable[[Any], Result]) -> Result:
        return await asyncio.to_thread(self._work, work)

    def _work(self, work: Callable[[Any], Result]) -> Result:
        from chromadb.errors import ChromaError  # noqa: PLC0415 — heavy, off the start path

        with self._lock:
            if self._collection is None:
                self._open()
            try:
                return work(self._collection)
            except ChromaError as problem:
                raise _damaged(self.folder) from problem

    def _open(self) -> None:
        import chromadb  # noqa: PLC0415 — heavy, off the start path
        from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
        from chromadb.config import Settings  # noqa: PLC0415

        claim(self.folder)
        try:
            self._client = chromadb.PersistentClient(
                path=str(self.folder), settings=Settings(anonymized_telemetry=False)
            )
            # Vectors always come from us: Chroma's own function would download a model.
            self._collection = self._client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
            )
        except Exception as problem:
            # Chroma would hand the broken half-open system to the next client of this folder.
            SharedSystemClient._identifier_to_system.pop(str(self.folder), None)
            self._client = None
            raise _damaged(self.folder) from problem


def claim(folder: Path) -> None:
    """Mark an empty or new folder as ours.

    Raises VectorIndexError for a folder with other content: opening a foreign index can run
    code that is stored in it.
    """
    marker = folder / MARKER
    if marker.is_file() and marker.read_text("utf-8", "replace") == CONTENT:
        return
    if folder.exists() and any(folder.iterdir()):
        raise VectorIndexError(
            f"The folder {folder} holds something else than the search index of this version. "
            "Move it away; the index is rebuilt from the stored documents."
        )
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text(CONTENT, "utf-8")


def _damaged(folder: Path) -> VectorIndexError:
    return VectorIndexError(
        f"The search index in {folder} is damaged. Close the application and delete that folder; "
        "the index is rebuilt from the stored documents."
    )


def _upsert(collection: Any, owner: dict[str, int], batch: Sequence[IndexEntry]) -> None:
    collection.upsert(
        ids=[_name(owner["document_id"], entry.ordinal) for entry in batch],
        embeddings=[list(entry.vector) for entry in batch],
        metadatas=[
            {
                **owner,
                "page": entry.page or NO_PAGE,
                "ordinal": entry.ordinal,
                "chunk_id": entry.chunk_id,
            }
            for entry in batch
        ],
    )


def _name(document_id: int, ordinal: int) -> str:
    return f"d{document_id}-{ordinal}"


def _where(project_id: int | None, document_ids: Sequence[int] | None) -> dict[str, Any] | None:
    conditions: list[dict[str, Any]] = []
    if project_id is not None:
        conditions.append({"project_id": {"$in": [project_id, NO_PROJECT]}})
    if document_ids is not None:
        conditions.append({"document_id": {"$in": list(document_ids)}})
    if len(conditions) > 1:
        return {"$and": conditions}
    return conditions[0] if conditions else None


def _hit(metadata: dict[str, Any], distance: float) -> Hit:
    return Hit(
        document_id=metadata["document_id"],
        ordinal=metadata["ordinal"],
        chunk_id=metadata["chunk_id"],
        score=1.0 - distance,
    )
