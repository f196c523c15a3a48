"""Forty facts hidden in ten documents: found, cited where they stand, and gone with them."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from langchain_core.messages import BaseMessage

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.facts import facts
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.words import contains_phrase, folded
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.publishing.rendering import NO_SOURCES
from marketer_desktop.services.document_library import DeleteDocument, delete_document
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.database import Database
from tests.factories.engines import Ear, running_parts
from tests.factories.library import LIMIT, DocumentLibrary, mean_reciprocal_rank, rank, recall
from tests.factories.planted import ALL, DOCUMENTS, STRINGS, Planted, write
from tests.fakes.scripted_chat_model import ScriptedChatModel

LEAST_RECALL = 0.95
PROJECT = "Planted"


class Parrot(ScriptedChatModel):
    """States the planted facts, whatever it is asked, between sentences of its own."""

    planted: tuple[Planted, ...] = ALL

    def _answer(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> tuple[list[str], str]:
        own, reason = super()._answer(messages, options)
        told = [self.planted[(self.calls * 3 + n) % len(self.planted)].fact for n in range(3)]
        # In its own words too: a name at the beginning, a figure in another form.
        told.append("Quellinger built this place, and 88,412 readers know it.")
        return re.findall(r"\S+\s*", f"{' '.join(told)} {''.join(own)}"), reason


@dataclass(frozen=True)
class Shelf:
    """A database and an index with the ten documents, to be copied by each test."""

    url: str
    folder: Path


@pytest.fixture(scope="module")
def shelf(
    postgres_url: str,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
    shared_embeddings: MiniLmEmbeddings,
) -> Iterator[Shelf]:
    """The documents are taken in once: that is what takes the time."""
    folder = tmp_path_factory.mktemp("planted")
    with _copied(postgres_url, migrated_template, "test_planted_shelf") as url:
        asyncio.run(_fill(url, folder, shared_embeddings))
        yield Shelf(url, folder)


class _copied:
    """A copy of a database, dropped at the end."""

    def __init__(self, server: str, template: str, name: str) -> None:
        self._server, self._template, self._name = server, template, name

    def __enter__(self) -> str:
        self._execute(f"CREATE DATABASE {self._name} TEMPLATE {_name(self._template)}")
        return urlsplit(self._server)._replace(path=f"/{self._name}").geturl()

    def __exit__(self, *error: object) -> None:
        self._execute(f"DROP DATABASE {self._name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())


def _name(url: str) -> str:
    return urlsplit(url).path.strip("/")


async def _fill(url: str, folder: Path, embeddings: MiniLmEmbeddings) -> None:
    database, index = Database(url, pool_size=4), VectorIndex(folder / "chroma")
    async with database.unit_of_work() as work:
        workspace = await work.workspaces.project(PROJECT)
        await work.commit()
    library = DocumentLibrary(database, index, embeddings, workspace, folder)
    await library.take_in([write(document, folder) for document in DOCUMENTS])
    index.close()
    await database.close()


@pytest.fixture
async def parts(
    shelf: Shelf,
    postgres_url: str,
    tmp_path: Path,
    shared_embeddings: MiniLmEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Parts]:
    """An engine's parts on a copy of the shelf, with a model that parrots the facts."""
    monkeypatch.delenv("MARKETER_MODEL", raising=False)
    shutil.copytree(shelf.folder, tmp_path / "data")
    model = Parrot(about="the valley")
    with _copied(postgres_url, shelf.url, "test_planted_copy") as url:
        async with running_parts(url, tmp_path / "data", model, shared_embeddings) as parts:
            yield parts


@pytest.fixture
async def library(parts: Parts) -> DocumentLibrary:
    """The documents, to be asked."""
    async with parts.database.unit_of_work() as work:
        workspace = await work.workspaces.project(PROJECT)
        await work.commit()
    return DocumentLibrary(parts.database, parts.index, parts.embeddings, workspace, parts.data_dir)


async def document_text(parts: Parts, document_id: int) -> str:
    """The whole text of a document, put together from its chunks."""
    async with parts.database.unit_of_work() as work:
        chunks = await work.documents.chunks(document_id)
    text = ""
    for chunk in chunks:
        text = text[: chunk.start_char].ljust(chunk.start_char) + chunk.text
    return text


async def test_the_facts_are_found_and_stand_where_their_numbers_lead(
    library: DocumentLibrary, parts: Parts, record_property: Any
) -> None:
    assert len(ALL) == 40
    ranks: list[int | None] = []
    for planted in ALL:
        found = await library.retriever().ainvoke(planted.question)
        assert len(found) == LIMIT
        place = rank(planted, [passage.page_content for passage in found])
        ranks.append(place)
        if place is None:
            continue
        passage = found[place - 1]
        about = passage.metadata
        text = await document_text(parts, about["document_id"])
        assert text[about["start"] : about["end"]] == passage.page_content
        stated = {fact.text: fact for fact in facts(1, passage.page_content, "", about["start"])}
        fact = stated[planted.fact]
        assert folded(text[fact.place :])[: len(folded(fact.text))] == folded(fact.text)
    figure = recall(ranks)
    record_property("recall", figure)
    print(f"recall@{LIMIT} {figure:.3f}, mean reciprocal rank {mean_reciprocal_rank(ranks):.3f}")  # noqa: T201
    assert figure >= LEAST_RECALL
    missed = [p.question for p, place in zip(ALL, ranks, strict=True) if place is None]
    assert len(missed) <= 2, missed


async def test_names_and_figures_are_found_by_their_words(library: DocumentLibrary) -> None:
    by_name = [(planted, " ".join(planted.strings)) for planted in ALL]
    both = [rank(planted, await library.by_both(name)) for planted, name in by_name]
    near = [rank(planted, await library.by_meaning(name)) for planted, name in by_name]
    assert recall(both) == 1.0
    assert recall(both) > recall(near)  # else the full text would not earn its place


QUESTIONS = ["Who leads the singers?", "Which prize did the song win?", "How do singers join?"]


class Singer(Parrot):
    """Asks about the choir where questions are wanted."""

    def _answer(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> tuple[list[str], str]:
        if messages[-1].text.startswith("List"):
            return [f"{n}. {question}\n" for n, question in enumerate(QUESTIONS, 1)], "stop"
        return super()._answer(messages, options)


async def test_every_citation_resolves_to_a_passage_with_the_fact(parts: Parts) -> None:
    parts.models.model = Singer(about="singers")  # type: ignore[attr-defined]
    call = GenerateContent(
        type=ContentType.BLOG,
        topic="the singers of our choir and their concerts",
        keywords=["choir"],
        words=300,
        project=PROJECT,
    )
    report = await generate_content(call, parts, Ear())
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(report.activity_id)
    assert row is not None
    assert row.content
    piece = Piece(**row.content["piece"])
    sources = {s["n"]: Source(**s) for s in row.content["research_sources"]}
    cited = [sentence for sentence in piece.sentences() if sentence.source is not None]
    assert cited
    for sentence in cited:
        source = sources[sentence.source or 0]
        text = await document_text(parts, source.document_id)
        assert text[source.start : source.end] == source.text
        assert source.page is None or source.document.endswith(".pdf")
        if sentence.origin == "source":
            assert contains_phrase(source.text, sentence.text)
    told = {planted.fact for planted in ALL if planted.fact in {s.text for s in cited}}
    assert told & {planted.fact for planted in DOCUMENTS[-1].planted}
    assert NO_SOURCES not in row.content["final_content"]
    # What the parrot says of other documents is known only where a passage was found that says so.
    body = " ".join(sentence.text for sentence in piece.sentences())
    known = " ".join(source.text for source in sources.values())
    assert [s for s in STRINGS if contains_phrase(body, s) and not contains_phrase(known, s)] == []


@pytest.mark.parametrize("only_documents", [False, True], ids=["free", "only documents"])
async def test_without_the_documents_nothing_of_them_is_said(
    parts: Parts, only_documents: bool
) -> None:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.project(PROJECT)
        rows = await work.documents.list(place.organization_id)
        await work.commit()
    assert len(rows) == len(DOCUMENTS)
    for row in rows:
        await delete_document(DeleteDocument(document_id=row.id), parts, Ear())
    call = GenerateContent(
        topic="life in the valley and its small businesses",
        keywords=["valley"],
        words=200,
        project=PROJECT,
        only_documents=only_documents,
    )
    report = await generate_content(call, parts, Ear())
    assert (report.error, report.sources) == (None, [])
    async with parts.database.unit_of_work() as work:
        kept = await work.activities.get(report.activity_id)
    assert kept is not None
    assert kept.content
    assert NO_SOURCES in kept.content["final_content"]
    everything = str({k: v for k, v in kept.content.items() if k != "metadata"})
    assert [string for string in STRINGS if contains_phrase(everything, string)] == []
    assert parts.models.model.calls > 2  # type: ignore[attr-defined]
