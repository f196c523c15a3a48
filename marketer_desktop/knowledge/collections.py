"""The Chroma collections in a folder, one for each project: a filter would read every row."""

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.knowledge.model_files import MODEL_NAME
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.system.loading import LOADING

MARKER = "marketer-index.txt"
OURS = "Search index of Marketer Desktop"
DISCARDED = ".discarded"
CONTENT = f"{OURS}, vectors of {MODEL_NAME}\n"
# Of 100,000 chunks the eight nearest are found with a recall of 0.94 at Chroma's own 100, of 0.97
# at 200, in the same time.
SETTINGS = {"hnsw": {"space": "cosine", "ef_search": 200}}
PREFIX = "project-"
NO_PROJECT = 0
# All projects together, with their numbers beside each chunk: how the first versions kept them.
FORMER = "chunks"
MOVED, PAUSE = 16, 0.02  # as few at a time as the index adds

Collection = Any
Result = TypeVar("Result")


class Collections:
    """The collections in `folder`, opened; one thread at a time.

    Raises VectorIndexError when the folder is damaged or was not made by this application.
    """

    def __init__(self, folder: Path) -> None:
        with LOADING:
            import chromadb  # noqa: PLC0415 — heavy, off the start path
            from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
            from chromadb.config import Settings  # noqa: PLC0415

        claim(folder)
        self._folder = folder
        try:
            self._client: Any = chromadb.PersistentClient(
                path=str(folder), settings=Settings(anonymized_telemetry=False)
            )
            self._known = self._found()
        except Exception as problem:
            # Chroma would hand the broken half-open system to the next client of this folder.
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
            raise damaged(folder, problem) from problem

    def do(self, work: Callable[["Collections"], Result]) -> Result:
        """What `work` gives."""
        with LOADING:
            from chromadb.errors import ChromaError  # noqa: PLC0415 — heavy, off the start path

        try:
            return work(self)
        except ChromaError as problem:
            raise damaged(self._folder, problem) from problem

    def made(self, project_id: int | None) -> Collection:
        """The collection of a project, or of what belongs to none, made where there is none."""
        number = project_id or NO_PROJECT
        if number not in self._known:
            # Vectors always come from us: Chroma's own function would download a model.
            self._known[number] = self._client.create_collection(
                collection_name(number), embedding_function=None, configuration=SETTINGS
            )
        return self._known[number]

    def seen_by(self, project_id: int | None) -> Sequence[Collection]:
        """Those of a project and of what belongs to none; without a project, all."""
        if project_id is None:
            return list(self._known.values())
        return [self._known[n] for n in (project_id, NO_PROJECT) if n in self._known]

    @property
    def version(self) -> str:
        """Chroma's version."""
        return str(self._client.get_version())

    def answers(self) -> bool:
        """Whether it is there."""
        return bool(self._client.heartbeat())

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()

    def _found(self) -> dict[int, Collection]:
        names = [each.name for each in self._client.list_collections()]
        self._known = {
            int(name.removeprefix(PREFIX)): self._client.get_collection(
                name, embedding_function=None
            )
            for name in names
            if name.startswith(PREFIX)
        }
        if FORMER in names:
            self._move(self._client.get_collection(FORMER, embedding_function=None))
        return self._known

    def _move(self, former: Collection) -> None:
        """Spread what an earlier version kept; it can be cut off and begun again."""
        while (found := former.get(limit=MOVED, include=["embeddings", "metadatas"]))["ids"]:
            chunks = zip(found["metadatas"], found["embeddings"], strict=True)
            for about, vector in chunks:
                self.made(about["project_id"]).upsert(
                    ids=[chunk_name(about["document_id"], about["ordinal"], about["chunk_id"])],
                    embeddings=[vector],
                    metadatas=[{"document_id": about["document_id"]}],
                )
            former.delete(ids=found["ids"])
            time.sleep(PAUSE)
        self._client.delete_collection(FORMER)


def collection_name(project_id: int | None) -> str:
    """What the collection of a project is called, or that of what belongs to none."""
    return f"{PREFIX}{project_id or NO_PROJECT}"


def chunk_name(document_id: int, ordinal: int, chunk_id: int) -> str:
    """What a chunk is called in Chroma: a query that reads only names takes half the time."""
    return f"{document_id}-{ordinal}-{chunk_id}"


def claim(folder: Path) -> None:
    """Mark an empty or new folder as ours.

    Raises VectorIndexError for a folder with other content: opening a foreign index can run
    code that is stored in it.
    """
    marker = folder / MARKER
    if marker.is_file() and marker.read_text("utf-8", "replace") == CONTENT:
        return
    # A marker alone, not whole, is what a full disk or a kill left of a new folder.
    if folder.exists() and any(file.name != MARKER for file in folder.iterdir()):
        raise VectorIndexError(
            f"The folder {folder} holds something else than the search index of this version. "
            "“marketer reindex --index-only” moves it aside and makes the index anew from the "
            "stored documents."
        )
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text(CONTENT, "utf-8")


def discard(folder: Path) -> None:
    """Remove an index of this application, whole or damaged; move anything else aside."""
    for left in folder.parent.glob(f"{folder.name}{DISCARDED}"):
        shutil.rmtree(left, ignore_errors=True)
    if not folder.exists():
        return
    marker = folder / MARKER
    if marker.is_file() and marker.read_text("utf-8", "replace").startswith(OURS):
        # In one step, so that what a crash leaves is not taken for something else.
        gone = folder.with_name(f"{folder.name}{DISCARDED}")
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
    else:
        folder.rename(folder.with_name(f"{folder.name}-moved-aside-{time.time_ns()}"))


def damaged(folder: Path, problem: Exception) -> VectorIndexError:
    """The sentence for a folder that Chroma cannot work with because of `problem`."""
    if is_full_disk(problem):
        return VectorIndexError(str(DiskIsFull()))
    return VectorIndexError(
        f"The search index in {folder} is damaged; your documents are safe. “marketer reindex "
        "--index-only” makes it anew from what is stored of them."
    )
