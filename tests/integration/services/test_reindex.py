"""Documents are read again and the index is made anew, whatever ended the last attempt."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.knowledge.indexing import VECTORS, is_indexed
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.document_library import (
    DeleteDocument,
    ListDocuments,
    delete_document,
    list_documents,
)
from marketer_desktop.services.documents import (
    IngestDocuments,
    SearchDocuments,
    ingest_documents,
    search,
)
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.reindex import Reindex, ReindexedDocument, reindex
from marketer_desktop.services.restore_index import restore_index
from marketer_desktop.services.unfinished_documents import UnfinishedDocuments
from marketer_desktop.storage.tables import DocumentRow
from tests.factories.engines import Ear
from tests.patience import becomes_true

TEXTS = {
    "hours.md": "# Opening hours\n\nThe tasting room opens at nine on Saturdays.\n",
    "prices.txt": "A bag of the harbour roast costs eleven euros in the shop.\n",
    "people.txt": "Marta Ilves roasts the beans since the spring of 2019.\n",
}


@pytest.fixture
async def documents(parts: Parts, tmp_path: Path) -> dict[str, int]:
    """Three documents that were taken in, by name."""
    results = await ingest(parts, write(tmp_path))
    return {Path(result.file).name: result.document_id or 0 for result in results}


def write(folder: Path) -> list[Path]:
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in TEXTS]


async def ingest(parts: Parts, paths: Sequence[Path], project: str | None = None) -> Any:
    call = IngestDocuments(paths=list(paths), project=project)
    return (await ingest_documents(call, parts, Ear())).results


async def again(parts: Parts, emit: Any = None, **chosen: Any) -> list[ReindexedDocument]:
    return (await reindex(Reindex(**chosen), parts, emit or Ear())).results


async def row(parts: Parts, number: int) -> DocumentRow:
    async with parts.database.unit_of_work() as work:
        found = await work.documents.get(number)
    assert found is not None
    return found


async def change(parts: Parts, number: int, status: str, details: dict[str, Any] | None) -> None:
    async with parts.database.unit_of_work() as work:
        found = await work.documents.mark(number, status)
        found.details = details
        await work.commit()


async def best(parts: Parts, query: str) -> str:
    found = await search(SearchDocuments(query=query, limit=1), parts, Ear())
    return found.results[0].document


async def whole(parts: Parts, numbers: Sequence[int]) -> bool:
    rows = [await row(parts, number) for number in numbers]
    return all([each.status == "indexed" and await is_indexed(parts.index, each) for each in rows])


async def test_a_document_is_read_again_with_its_passages_and_vectors(
    parts: Parts, documents: dict[str, int]
) -> None:
    number = documents["prices.txt"]
    async with parts.database.unit_of_work() as work:
        await work.documents.store_chunks(number, [])
        await work.commit()
    await parts.index.delete_document(number)
    (result,) = await again(parts, document_id=number)
    assert (result.document_id, result.status, result.chunk_count) == (number, "indexed", 1)
    assert await whole(parts, [number])
    async with parts.database.unit_of_work() as work:
        (chunk,) = await work.documents.chunks(number)
    assert chunk.text == TEXTS["prices.txt"].strip()


async def test_all_are_read_again_with_progress_and_one_that_fails_keeps_what_it_had(
    parts: Parts, documents: dict[str, int], ear: Ear
) -> None:
    broken = documents["people.txt"]
    Path((await row(parts, broken)).file_path).write_bytes(b"")
    results = await again(parts, ear)
    told = {result.file: (result.status, result.chunk_count) for result in results}
    assert told == {
        "hours.md": ("indexed", 1),
        "prices.txt": ("indexed", 1),
        "people.txt": ("error", 1),
    }
    (error,) = [result.error or "" for result in results if result.status == "error"]
    assert "“people.txt” is empty" in error
    assert "What was read from it before is kept." in error
    assert await whole(parts, list(documents.values()))
    assert "due" not in ((await row(parts, broken)).details or {})
    percents = [event["percent"] for event in ear.of("reindex")]
    assert percents == sorted(percents)
    assert (percents[0], percents[-1]) == (0, 100)
    assert ear.of("reindex")[-1]["eta_seconds"] == 0
    assert {event["count"] for event in ear.of("reindex")} == {3}


async def test_the_index_is_made_anew_from_the_database(
    parts: Parts, documents: dict[str, int]
) -> None:
    parts.index.close()
    (parts.index.folder / "chroma.sqlite3").write_bytes(b"garbage" * 500)
    parts.index_complete.clear()
    with pytest.raises(
        VectorIndexError, match=r"documents are safe.*marketer reindex --index-only"
    ):
        await best(parts, "When does it open?")
    assert len(await again(parts, index_only=True)) == 3
    assert await whole(parts, list(documents.values()))
    assert await best(parts, "At what time may visitors come in?") == "hours.md"


async def test_a_folder_of_something_else_is_moved_aside_whole(
    parts: Parts, documents: dict[str, int]
) -> None:
    parts.index.close()
    folder = parts.index.folder
    folder.rename(folder.with_name("ours"))
    folder.mkdir()
    (folder / "thesis.txt").write_text("Three years of work.", "utf-8")
    with pytest.raises(VectorIndexError, match="holds something else"):
        await parts.index.counts()
    await again(parts, index_only=True)
    (aside,) = folder.parent.glob("chroma-moved-aside-*")
    assert (aside / "thesis.txt").read_text("utf-8") == "Three years of work."
    assert await whole(parts, list(documents.values()))


async def test_who_cancels_leaves_nothing_to_be_done_later(
    parts: Parts, documents: dict[str, int]
) -> None:
    reached = asyncio.Event()

    def on_event(event: dict[str, Any]) -> None:
        if event["done"]:
            reached.set()

    working = asyncio.create_task(again(parts, on_event))
    await reached.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    for number in documents.values():
        assert "due" not in ((await row(parts, number)).details or {})


async def test_the_next_engine_finishes_what_was_cut_off(
    parts: Parts, documents: dict[str, int], tmp_path: Path
) -> None:
    pending, processing, due = (documents[name] for name in TEXTS)
    await change(parts, pending, "pending", None)
    await change(parts, processing, "processing", None)
    await change(parts, due, "indexed", {"due": True, "vectors": VECTORS})
    await parts.index.delete_document(due)
    draft = parts.data_dir / "documents" / "cut-off.part"
    draft.write_bytes(b"half")
    background = UnfinishedDocuments(parts, pause=0)
    await background.start()
    assert not draft.exists()

    async def finished() -> bool:
        return await whole(parts, [pending, processing, due])

    await becomes_true(finished)
    await background.stop()
    assert parts.being_read == {}


async def test_one_that_was_not_copied_yet_says_so(parts: Parts, documents: dict[str, int]) -> None:
    number = documents["hours.md"]
    await change(parts, number, "pending", None)
    await asyncio.to_thread(Path((await row(parts, number)).file_path).unlink)
    background = UnfinishedDocuments(parts, pause=0)
    await background.start()

    async def told() -> bool:
        return (await row(parts, number)).status == "error"

    await becomes_true(told)
    await background.stop()
    assert "Add the file again" in ((await row(parts, number)).error_message or "")


async def test_vectors_of_an_earlier_kind_are_made_anew_once(
    parts: Parts, documents: dict[str, int]
) -> None:
    number = documents["hours.md"]
    await change(parts, number, "indexed", {"title": None, "pages": 1})

    async def restored() -> int:
        place = await row(parts, number)
        return await restore_index(
            place.organization_id,
            database=parts.database,
            index=parts.index,
            embeddings=parts.embeddings,
        )

    assert (await restored(), await restored()) == (1, 0)
    assert (await row(parts, number)).details == {"title": None, "pages": 1, "vectors": VECTORS}


async def test_a_document_deleted_while_the_same_is_added_is_whole_or_gone(
    parts: Parts, documents: dict[str, int], tmp_path: Path
) -> None:
    (path, *_) = write(tmp_path)
    call = DeleteDocument(document_id=documents["hours.md"])
    deleting = asyncio.create_task(delete_document(call, parts, Ear()))
    (added,) = await ingest(parts, [path])
    assert added.status == "indexed"
    try:
        await deleting
    except ServiceError as refused:
        assert "is being read" in str(refused)
    listed = (await list_documents(ListDocuments(), parts, Ear())).documents
    for entry in listed:
        assert entry.path.is_file()
        assert await whole(parts, [entry.id])
    counts = await parts.index.counts()
    assert {number for number, count in counts.items() if count} == {each.id for each in listed}


async def test_the_same_file_in_two_projects_at_once_is_copied_once(
    parts: Parts, tmp_path: Path
) -> None:
    (path, *_) = write(tmp_path)
    results: list[list[IngestResult]] = await asyncio.gather(
        *(ingest(parts, [path], project) for project in ("Spring", "Autumn"))
    )
    assert await whole(parts, [each.document_id or 0 for (each,) in results])
    assert len(list((parts.data_dir / "documents").iterdir())) == 1


async def test_what_cannot_be_is_refused(parts: Parts, documents: dict[str, int]) -> None:
    with pytest.raises(ServiceError, match="not there any more"):
        await again(parts, document_id=98765)
    await change(parts, documents["hours.md"], "error", None)
    with pytest.raises(WrongUse, match="Leave out --index-only"):
        await again(parts, document_id=documents["hours.md"], index_only=True)
