"""What documents may be quoted with is embedded when they are read, and not in a run again."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.domain.facts import facts
from marketer_desktop.knowledge import fact_vectors as module
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.fact_vectors import fact_vectors
from marketer_desktop.knowledge.model_files import MODEL_NAME
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.fact_vectors import ChunkFacts
from marketer_desktop.storage.tables import DocumentChunkRow
from tests.factories.documents import SAMPLES
from tests.factories.library import DocumentLibrary

STORIES = SAMPLES / "customer-stories.md"
QUESTIONS = ["coffee for offices", "When does Kestrow roast?", "packaging and its waste"]


@pytest.fixture
async def library(
    database: Database, shared_embeddings: MiniLmEmbeddings, tmp_path: Path
) -> AsyncIterator[DocumentLibrary]:
    async with database.unit_of_work() as work:
        workspace = await work.workspaces.local_workspace()
        await work.commit()
    index = VectorIndex(tmp_path / "chroma")
    yield DocumentLibrary(database, index, shared_embeddings, workspace, tmp_path)
    index.close()


async def _kept(library: DocumentLibrary, document_id: int) -> dict[int, ChunkFacts]:
    async with library.database.unit_of_work() as work:
        chunks = [chunk.id for chunk in await work.documents.chunks(document_id)]
        known = await work.fact_vectors.of_chunks(chunks, MODEL_NAME)
        assert await work.fact_vectors.of_chunks(chunks, "another model") == []
    return {each.chunk_id: each for each in known}


async def test_a_run_embeds_nothing_that_was_read(
    library: DocumentLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    await library.take_in([STORIES])
    one_by_one = [await library.retriever().ainvoke(question) for question in QUESTIONS]
    library.embeddings.close()  # as in a run after the next start
    embedded: list[str] = []
    work = MiniLmEmbeddings._embedded

    def noted(self: MiniLmEmbeddings, texts: list[str]) -> Any:
        embedded.extend(texts)
        return work(self, texts)

    monkeypatch.setattr(MiniLmEmbeddings, "_embedded", noted)
    found = await library.retriever().abatch(QUESTIONS)
    assert found == one_by_one
    passages = [passage for answer in found for passage in answer]
    stated = [
        fact.text
        for passage in passages
        for fact in facts(1, passage.page_content, passage.metadata["heading"] or "")
    ]
    assert len(set(stated)) > 10
    known = library.embeddings.embed_documents(stated)
    assert embedded == QUESTIONS
    library.embeddings.close()
    assert library.embeddings.embed_documents(stated) == known
    assert set(embedded) == {*QUESTIONS, *stated}


async def _same_together_as_alone(library: DocumentLibrary) -> None:
    async with library.database.unit_of_work() as work:
        together = await work.passages.matching(QUESTIONS, 3)
        wide = await work.passages.matching(QUESTIONS, 9)
        alone = [(await work.passages.matching([question], 3))[0] for question in QUESTIONS]
    assert together == alone and together == [found[:3] for found in wide]
    assert max(map(len, together)) == 3 < max(map(len, wide))


async def test_a_document_that_is_read_again_or_deleted_leaves_nothing(
    library: DocumentLibrary,
) -> None:
    (document_id,) = await library.take_in([STORIES])
    before = await _kept(library, document_id)
    assert before
    await _same_together_as_alone(library)
    async with library.database.unit_of_work() as work:
        chunks = await work.documents.chunks(document_id)
        changed = ChunkFacts(chunks[0].id, MODEL_NAME, ["Coffee is brewed."], bytes(4 * 384))
        await work.fact_vectors.keep([changed])
        assert (await work.fact_vectors.of_chunks([chunks[0].id], MODEL_NAME)) == [changed]
        await work.documents.store_chunks(document_id, [])
        gone = await work.fact_vectors.of_chunks(before, MODEL_NAME)
        await work.commit()
    assert gone == []


def _chunk(ordinal: int, text: str) -> DocumentChunkRow:
    return DocumentChunkRow(id=100 + ordinal, ordinal=ordinal, text=text, heading=None)


def test_only_chunks_with_something_to_quote_count_and_not_all_of_a_large_document(
    shared_embeddings: MiniLmEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotable = "The roastery in Northquay roasts its coffee on Tuesdays and on Fridays."
    chunks = [_chunk(0, quotable), _chunk(1, "Opening hours"), _chunk(2, quotable)]
    monkeypatch.setattr(module, "MOST_CHUNKS", 2)
    (kept,) = fact_vectors(shared_embeddings, chunks)
    assert (kept.chunk_id, kept.texts, len(kept.vectors)) == (100, [quotable], 4 * 384)
    assert fact_vectors(shared_embeddings, []) == []
