"""Documents enter the knowledge whole or not at all, and are found again by what they say."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from marketer_desktop.knowledge.collections import collection_name
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.indexing import VECTORS
from marketer_desktop.knowledge.retriever import ChunkRetriever
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.services.call import WrongUse
from marketer_desktop.services.ingest_document import IngestResult, ingest_document
from marketer_desktop.services.restore_index import restore_index
from marketer_desktop.services.search_documents import SearchResult, search_documents
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.tables import AuditLogRow, DocumentRow, UsageEventRow
from tests.factories.documents import PNG, SAMPLES, make_pdf, make_scan

PDF, DOCX, STORIES = (
    SAMPLES / name for name in ("brand-guidelines.pdf", "product-facts.docx", "customer-stories.md")
)


@dataclass
class Knowledge:
    """Everything the knowledge services need, on real parts."""

    database: Database
    index: VectorIndex
    embeddings: MiniLmEmbeddings
    workspace: Workspace
    data_dir: Path

    async def ingest(self, path: Path, workspace: Workspace | None = None) -> IngestResult:
        return await ingest_document(
            path,
            database=self.database,
            index=self.index,
            embeddings=self.embeddings,
            workspace=workspace or self.workspace,
            data_dir=self.data_dir,
        )

    async def search(self, query: str, limit: int = 3, **limits: object) -> SearchResult:
        return await search_documents(
            query,
            limit,
            database=self.database,
            index=self.index,
            embeddings=self.embeddings,
            **limits,  # type: ignore[arg-type]
        )

    async def rows(self) -> list[DocumentRow]:
        async with self.database.unit_of_work() as work:
            return list(await work.documents.list(self.workspace.organization_id))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A document that is quickly indexed."""
    path = tmp_path / "note.md"
    path.write_text("# Opening hours\n\nThe tasting room opens at nine on Saturdays.\n", "utf-8")
    return path


@pytest.fixture
async def knowledge(
    database: Database, shared_embeddings: MiniLmEmbeddings, tmp_path: Path
) -> AsyncIterator[Knowledge]:
    async with database.unit_of_work() as work:
        workspace = await work.workspaces.local_workspace()
        await work.commit()
    index = VectorIndex(tmp_path / "data" / "chroma")
    yield Knowledge(database, index, shared_embeddings, workspace, tmp_path / "data")
    index.close()


async def test_a_fact_of_each_sample_is_found_with_its_page(knowledge: Knowledge) -> None:
    results = [await knowledge.ingest(path) for path in (PDF, DOCX, STORIES)]
    assert [(result.status, result.error) for result in results] == [("indexed", None)] * 3
    facts = [
        ("Who founded Kestrow and when?", PDF, 2, "founded on 14 March 2011"),
        ("How much is paid above the commodity price?", PDF, 3, "1.40 US dollars per pound"),
        ("On which days does Kestrow roast?", PDF, 4, "Tuesdays, Wednesdays and Thursdays"),
        ("carbon footprint per kilogram of coffee", PDF, 5, "fell from 5.1 to 3.4 kilograms"),
        ("forbidden words in texts", PDF, 6, "artisanal, curated, elevate"),
        ("number of active subscriptions", DOCX, None, "6,420 active subscriptions"),
        ("price of the hand grinder", DOCX, None, "Hollin hand grinder costs 89 euros"),
        ("a café run by pupils of a school", STORIES, None, "earned 7,300 euros"),
        ("What does coffee cost per cup in the engineering office?", STORIES, None, "23 cents"),
    ]
    for query, document, page, fact in facts:
        found = (await knowledge.search(query)).results
        matching = [passage for passage in found if fact in passage.text]
        assert matching, f"{query!r} did not find {fact!r}"
        assert (matching[0].document, matching[0].page) == (document.name, page)
        assert [passage.score for passage in found] == sorted(
            (passage.score for passage in found), reverse=True
        )


async def test_an_indexed_document_is_whole_everywhere(knowledge: Knowledge) -> None:
    result = await knowledge.ingest(PDF)
    assert result.document_id is not None
    (row,) = await knowledge.rows()
    assert (row.status, row.file_type, row.chunk_count) == ("indexed", "pdf", result.chunk_count)
    assert row.chroma_collection_id == collection_name(row.project_id)
    assert row.details == {"title": "Kestrow brand guidelines", "pages": 6, "vectors": VECTORS}
    (copy,) = (knowledge.data_dir / "documents").iterdir()
    assert str(copy) == row.file_path
    assert copy.read_bytes() == PDF.read_bytes()
    async with knowledge.database.unit_of_work() as work:
        chunks = await work.documents.chunks(row.id)
        usage = (await work.session.scalars(select(UsageEventRow))).all()
        audit = (await work.session.scalars(select(AuditLogRow))).all()
    assert len(chunks) == result.chunk_count == await knowledge.index.count(row.id) > 10
    assert [event.event_type for event in usage] == ["document_upload"]
    assert [(entry.action, entry.status) for entry in audit] == [("document.upload", "success")]


async def test_the_same_content_is_recognised_under_another_name(
    knowledge: Knowledge, note: Path, tmp_path: Path
) -> None:
    first = await knowledge.ingest(note)
    copy = tmp_path / "renamed.txt"
    shutil.copyfile(note, copy)
    second = await knowledge.ingest(copy)
    assert (first.duplicate, second.duplicate) == (False, True)
    assert second == first.model_copy(update={"file": str(copy), "duplicate": True})
    assert len(await knowledge.rows()) == 1


async def test_the_same_file_at_the_same_time_is_indexed_once(
    knowledge: Knowledge, note: Path
) -> None:
    results = await asyncio.gather(*(knowledge.ingest(note) for _ in range(3)))
    assert sorted(result.duplicate for result in results) == [False, True, True]
    assert len({result.document_id for result in results}) == 1


async def test_each_project_has_its_own_documents(knowledge: Knowledge, note: Path) -> None:
    async with knowledge.database.unit_of_work() as work:
        other = await work.workspaces.project("Another project")
        await work.commit()
    first = await knowledge.ingest(note)
    second = await knowledge.ingest(note, other)
    hours = note.with_name("hours.md")
    hours.write_text("The shop opens at eight, and at nine on Saturdays.", "utf-8")
    await knowledge.ingest(hours, other)
    assert second.duplicate is False
    assert second.document_id != first.document_id
    found = await knowledge.search(
        "active subscriptions", project_id=knowledge.workspace.project_id
    )
    assert {passage.document for passage in found.results} == {note.name}


async def test_bad_files_end_in_an_error_that_says_why(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    picture, empty = tmp_path / "logo.pdf", tmp_path / "empty.md"
    picture.write_bytes(PNG)
    empty.touch()
    scan = make_scan(tmp_path / "scan.pdf")
    for path, reason in ((picture, "PNG image"), (empty, "empty"), (scan, "only pictures")):
        result = await knowledge.ingest(path)
        assert (result.status, result.chunk_count) == ("error", 0)
        assert reason in (result.error or "")
    rows = await knowledge.rows()
    assert {row.status for row in rows} == {"error"}
    assert all(row.error_message for row in rows)
    async with knowledge.database.unit_of_work() as work:
        audit = (await work.session.scalars(select(AuditLogRow))).all()
        usage = (await work.session.scalars(select(UsageEventRow))).all()
    assert [entry.status for entry in audit] == ["failure"] * 3
    assert usage == []


async def test_missing_files_and_folders_leave_no_row(knowledge: Knowledge, tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none.pdf", "no file"), (tmp_path, "folder")):
        result = await knowledge.ingest(path)
        assert (result.status, result.document_id) == ("error", None)
        assert reason in (result.error or "")
    assert await knowledge.rows() == []


async def test_a_failed_document_is_tried_again(knowledge: Knowledge, note: Path) -> None:
    first = await knowledge.ingest(note)
    assert first.document_id is not None
    async with knowledge.database.unit_of_work() as work:
        await work.documents.mark(first.document_id, "error", "The disk was full.")
        await work.commit()
    again = await knowledge.ingest(note)
    assert (again.status, again.error, again.duplicate) == ("indexed", None, False)
    assert again.document_id == first.document_id


async def test_progress_goes_up_to_the_end(knowledge: Knowledge, tmp_path: Path) -> None:
    heard: list[tuple[str, int]] = []
    await ingest_document(
        make_pdf(tmp_path / "a.pdf", [["One small page about coffee."]]),
        database=knowledge.database,
        index=knowledge.index,
        embeddings=knowledge.embeddings,
        workspace=knowledge.workspace,
        data_dir=knowledge.data_dir,
        on_progress=lambda stage, percent: heard.append((stage, percent)),
    )
    percents = [percent for _, percent in heard]
    assert heard[0] == ("reading", 0)
    assert heard[-1] == ("done", 100)
    assert percents == sorted(percents)


async def test_a_lost_index_is_restored_from_the_database(knowledge: Knowledge, note: Path) -> None:
    result = await knowledge.ingest(note)
    knowledge.index.close()
    shutil.rmtree(knowledge.index.folder)
    assert await knowledge.index.count(result.document_id or 0) == 0
    # Its words are still found: they are searched in the database.
    assert "tasting room" in (await knowledge.search("tasting room")).results[0].text

    async def restore() -> int:
        return await restore_index(
            knowledge.workspace.organization_id,
            database=knowledge.database,
            index=knowledge.index,
            embeddings=knowledge.embeddings,
        )

    assert (await restore(), await restore()) == (1, 0)
    assert await knowledge.index.count(result.document_id or 0) == result.chunk_count
    assert "tasting room" in (await knowledge.search("tasting room")).results[0].text


async def test_a_damaged_index_does_not_harm_the_document(knowledge: Knowledge, note: Path) -> None:
    await knowledge.ingest(note)
    knowledge.index.close()
    (knowledge.index.folder / "chroma.sqlite3").write_bytes(b"garbage" * 500)
    result = await knowledge.ingest(note)
    assert result.status == "error"
    assert "damaged" in (result.error or "")
    (row,) = await knowledge.rows()
    assert (row.status, row.error_message) == ("indexed", None)


async def test_every_named_document_gives_its_best_chunk(knowledge: Knowledge) -> None:
    ids = [(await knowledge.ingest(path)).document_id or 0 for path in (PDF, DOCX, STORIES)]

    async def sources(limit: int, per_document: int, named: list[int] | None) -> list[int]:
        retriever = ChunkRetriever(
            index=knowledge.index,
            embeddings=knowledge.embeddings,
            database=knowledge.database,
            limit=limit,
            document_ids=named,
            per_document=per_document,
        )
        found = await retriever.ainvoke("Which coffee did the pupils of Northquay School choose?")
        for chunk in found:
            assert set(chunk.metadata) >= {"filename", "page", "start", "end", "ordinal", "score"}
        return [chunk.metadata["document_id"] for chunk in found]

    assert (await sources(3, 0, None))[0] == ids[2]
    each = await sources(3, 1, ids)
    assert each[0] == ids[2]
    assert sorted(each) == sorted(ids)
    assert set(await sources(4, 1, ids[:2])) == set(ids[:2])
    assert len(await sources(1, 2, ids)) == 6


async def test_an_empty_search_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(WrongUse, match="empty"):
        await knowledge.search("  ")
    with pytest.raises(WrongUse, match="at least 1"):
        await knowledge.search("coffee", limit=0)
