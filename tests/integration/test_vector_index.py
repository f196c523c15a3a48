"""The real Chroma: what is added is found again, by whom it belongs to, also after a restart."""

import random
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import chromadb
import pytest
from chromadb.config import Settings

from marketer_desktop.knowledge import vector_index
from marketer_desktop.knowledge.collections import FORMER, claim
from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.knowledge.vector_index import IndexEntry, VectorIndex


def vector(seed: int) -> list[float]:
    source = random.Random(seed)
    numbers = [source.gauss(0, 1) for _ in range(384)]
    length = sum(number**2 for number in numbers) ** 0.5
    return [number / length for number in numbers]


def entries(document_id: int, count: int) -> list[IndexEntry]:
    first = document_id * 1000
    return [IndexEntry(first + n, n, n + 1, vector(first + n)) for n in range(count)]


@pytest.fixture
async def index(tmp_path: Path) -> AsyncIterator[VectorIndex]:
    index = VectorIndex(tmp_path / "chroma")
    yield index
    index.close()


async def test_a_chunk_is_nearest_to_its_own_vector(index: VectorIndex) -> None:
    await index.add(7, None, entries(7, 40))
    (best, second) = await index.query(vector(7033), limit=2)
    assert (best.document_id, best.ordinal, best.chunk_id) == (7, 33, 7033)
    assert best.score == pytest.approx(1, abs=1e-4)
    assert second.score < 0.5
    assert await index.count(7) == 40


async def test_adding_twice_replaces_and_deleting_forgets(index: VectorIndex) -> None:
    await index.add(1, None, entries(1, 5))
    await index.add(1, None, entries(1, 5))
    await index.add(2, None, entries(2, 3))
    assert (await index.state()).entries == 8
    await index.delete_document(1)
    await index.delete_document(1)
    assert await index.count(1) == 0
    assert {hit.document_id for hit in await index.query(vector(1000), limit=9)} == {2}


async def test_queries_keep_to_the_project_and_the_named_documents(index: VectorIndex) -> None:
    for document_id, project_id in ((1, 10), (2, 20), (3, None)):
        await index.add(document_id, project_id, entries(document_id, 2))

    async def found(**limits: object) -> set[int]:
        hits = await index.query(vector(1), limit=10, **limits)  # type: ignore[arg-type]
        return {hit.document_id for hit in hits}

    assert await found() == {1, 2, 3}
    assert await found(project_id=10) == {1, 3}
    assert await found(document_ids=[2, 3]) == {2, 3}
    assert await found(project_id=20, document_ids=[1, 2]) == {2}
    assert await found(document_ids=[]) == set()


async def test_many_others_do_not_hide_a_named_document(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_index, "WIDE", 4)
    await index.add(1, 10, entries(1, 30))
    await index.add(2, 10, entries(2, 3))
    hits = await index.query(vector(1005), limit=3, project_id=10, document_ids=[2])
    assert [hit.document_id for hit in hits] == [2, 2, 2]
    assert hits == sorted(hits, key=lambda hit: -hit.score)
    # Near enough to be among the first, they are found without a look at all of them.
    (nearest,) = await index.query(vector(2001), limit=1, document_ids=[2])
    assert nearest.chunk_id == 2001


async def test_chunks_are_counted_by_document_and_measured_by_name(index: VectorIndex) -> None:
    await index.add(1, 10, entries(1, 4))
    await index.add(2, None, entries(2, 3))
    assert await index.counts() == {1: 4, 2: 3}
    near = await index.cosines(vector(1002), [(1, 2, 1002), (2, 0, 2000), (9, 0, 9000)])
    assert near.keys() == {1002, 2000}
    assert near[1002] == pytest.approx(1, abs=1e-4)


async def test_what_an_earlier_version_kept_is_carried_over(index: VectorIndex) -> None:
    claim(index.folder)
    # The very settings of the index: Chroma has one system for each folder of a process.
    settings = Settings(anonymized_telemetry=False)
    client: Any = chromadb.PersistentClient(path=str(index.folder), settings=settings)
    former = client.create_collection(
        FORMER, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    kept = [(1, 10, each) for each in entries(1, 20)] + [(2, 0, each) for each in entries(2, 3)]
    former.upsert(
        ids=[f"d{document}-{each.ordinal}" for document, _, each in kept],
        embeddings=[list(each.vector) for _, _, each in kept],
        metadatas=[
            {
                "document_id": document,
                "project_id": project,
                "ordinal": each.ordinal,
                "chunk_id": each.chunk_id,
            }
            for document, project, each in kept
        ],
    )
    client.close()
    assert await index.counts() == {1: 20, 2: 3}
    (best,) = await index.query(vector(1007), limit=1, project_id=10)
    assert (best.document_id, best.ordinal, best.chunk_id) == (1, 7, 1007)
    assert await index.query(vector(1007), limit=1, project_id=11) == await index.query(
        vector(1007), limit=1, document_ids=[2]
    )
    index.close()
    assert (await index.state()).entries == 23


async def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert await index.query(vector(1), limit=3) == []
    state = await index.state()
    assert (state.entries, state.place) == (0, index.folder)
    assert state.version.startswith("1.")


async def test_entries_outlive_a_restart(index: VectorIndex) -> None:
    await index.add(4, None, entries(4, 20))
    index.close()
    again = VectorIndex(index.folder)
    assert await again.count(4) == 20
    assert (await again.query(vector(4009), limit=1))[0].ordinal == 9
    again.close()


async def test_a_foreign_folder_is_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"somebody else's")
    with pytest.raises(VectorIndexError, match="something else"):
        await VectorIndex(folder).count(1)
    assert [path.name for path in folder.iterdir()] == ["chroma.sqlite3"]


async def test_a_damaged_folder_says_what_to_do_and_works_when_deleted(index: VectorIndex) -> None:
    await index.add(1, None, entries(1, 3))
    index.close()
    (index.folder / "chroma.sqlite3").write_bytes(b"garbage" * 500)
    for _ in range(2):
        with pytest.raises(VectorIndexError, match=r"damaged.*makes it anew"):
            await index.count(1)
    for path in sorted(index.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert await index.count(1) == 0


async def test_adding_lets_other_threads_work(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    await index.count(1)
    few_at_a_time = await turns_while_adding(index, entries(1, 200))
    monkeypatch.setattr(vector_index, "BATCH", 200)
    # One call stops every other thread for most of its work, on an idle machine or a busy one.
    at_once = await turns_while_adding(index, entries(2, 200))
    assert few_at_a_time > 4 * at_once


async def turns_while_adding(index: VectorIndex, added: list[IndexEntry]) -> int:
    """How often another thread came to work meanwhile; it wants to every 2 ms."""
    turns, stop = 0, threading.Event()

    def work() -> None:
        nonlocal turns
        while not stop.wait(0.002):
            turns += 1

    worker = threading.Thread(target=work)
    worker.start()
    await index.add(added[0].chunk_id // 1000, None, added)
    stop.set()
    worker.join()
    return turns
