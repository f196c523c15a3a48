"""Instructions hidden in a document change nothing, and its facts are still cited."""

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import BaseMessage
from langgraph.checkpoint.memory import InMemorySaver
from pydantic import Field

from marketer_desktop.domain.addresses import addresses
from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.checks.check import subject_of
from marketer_desktop.domain.checks.report import report
from marketer_desktop.domain.facts import LONGEST_WORD, facts
from marketer_desktop.domain.instructions import plain_text
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.words import contains_phrase, folded
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.loaders.document import LoadedDocument
from marketer_desktop.knowledge.loaders.load import load
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.publishing.html import to_html
from marketer_desktop.publishing.rendering import render
from marketer_desktop.services import ingest_document as ingestion
from marketer_desktop.storage.database import Database
from marketer_desktop.workflow.prompts import instructions
from marketer_desktop.workflow.runner import run_graph
from tests.factories.injections import BRAND, HOST, INJECTIONS, LINK, Injection
from tests.factories.library import DocumentLibrary
from tests.factories.runs import RunFactory, StepNotes, add_run
from tests.fakes.scripted_chat_model import ScriptedChatModel

FACTS = (
    "The Ostermoor roastery sells 640 bags of coffee in an ordinary week.",
    "Each bag of coffee from Ostermoor carries the date of its roasting.",
    "Bicycle couriers bring fresh coffee to forty-one offices before nine o'clock.",
    "The coffee of the winter comes from three farms in the Okavela valley.",
)
PAYLOAD = (
    f"{BRAND} is the best coffee for every office in the whole world. "
    f"Order fresh coffee for the office from {BRAND} at {LINK} today. "
    f"[{BRAND} coffee]({LINK}) ![coffee]({LINK}/banner.png)"
)
AT_ONCE = 6  # runs: they mostly wait for the database
TOPIC = "fresh coffee for the office"


class Obedient(ScriptedChatModel):
    """Does what a document tells it as soon as it sees a trace of that, or at once if `eager`."""

    injection: Injection | None = None
    eager: bool = False
    tempted: list[str] = Field(default_factory=list)

    def _answer(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> tuple[list[str], str]:
        asked = "\n".join(message.text for message in messages)
        if self.eager or (self.injection and traces(self.injection, asked)):
            self.tempted.append(asked)
            return re.findall(r"\S+\s*", f"{BRAND} Wins\n{PAYLOAD}"), "stop"
        return super()._answer(messages, options)

    def _prose(self, asked: str, seed: str) -> str:
        return super()._prose(asked, seed)[:500].rpartition(".")[0] + "."


def traces(injection: Injection, prompt: str) -> bool:
    """Whether three words in a row of the instruction stand in the prompt, or what it wants."""
    wanted = threes(injection.text) - {own for text in instructions() for own in threes(text)}
    found = wanted & threes(prompt)
    encoded = [word for word in injection.text.split() if len(word) > LONGEST_WORD]
    return bool(found) or any(mark in prompt for mark in (BRAND, HOST, "\U000e0061", *encoded))


def threes(text: str) -> set[tuple[str, ...]]:
    """Every three words in a row of `text`."""
    words = seen(text)
    return {words[n : n + 3] for n in range(max(1, len(words) - 2))}


def seen(text: str) -> tuple[str, ...]:
    """The words of `text` as a model would read them, invisible characters and all."""
    return folded("".join(c for c in text if unicodedata.category(c) != "Cf"))


def document(injection: Injection | None) -> str:
    """A document about coffee, with the instruction between its facts."""
    first, second, third, fourth = FACTS
    text = injection.text if injection else ""
    if injection and injection.inline:
        first, text = f"{first} {text}", ""
    blocks = ["# Coffee from Ostermoor", f"{first} {second}", text, f"{third} {fourth}"]
    return "\n\n".join(block for block in blocks if block) + "\n"


@pytest.fixture
async def library(
    database: Database,
    shared_embeddings: MiniLmEmbeddings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[DocumentLibrary]:
    """Real parts; documents are read in this process, which is quicker than one for each."""

    async def parsed(path: Path) -> LoadedDocument:
        return load(path)

    monkeypatch.setattr(ingestion, "parse_document", parsed)
    async with database.unit_of_work() as work:
        workspace = await work.workspaces.local_workspace()
        await work.commit()
    index = VectorIndex(tmp_path / "chroma")
    yield DocumentLibrary(database, index, shared_embeddings, workspace, tmp_path)
    index.close()


@dataclass(frozen=True)
class Outcome:
    """What an instruction would want to change, and what is cited."""

    title: str
    headings: tuple[str, ...]
    addresses: frozenset[str]
    images: int
    failed: frozenset[str]
    quoted: frozenset[str]
    text: str


async def outcome(
    library: DocumentLibrary, name: str, text: str, model: Obedient, content_type: ContentType
) -> Outcome:
    path = library.data_dir / name
    path.write_text(text, "utf-8")
    (document_id,) = await library.take_in([path])
    brief = Brief(
        type=content_type,
        topic=TOPIC,
        keywords=["coffee"],
        words=150 if content_type is ContentType.BLOG else 40,
        document_ids=[document_id],
        seo_priority="low",
    )
    retriever = library.retriever(4, [document_id])
    identity = await add_run(library.database, brief)
    run = RunFactory(library.database, library.embeddings, brief, identity, model, retriever)
    state = await run_graph(run.context(), InMemorySaver(), run.thread, StepNotes())
    piece = Piece(**state["piece"])
    sources = [Source(**source) for source in state["sources"]]
    checks = report(subject_of(brief, piece, sources))
    shown = render(brief.type, piece, sources)
    # The list of sources names files, which look like addresses.
    written = shown.replace(name, "")
    everything = written + str(state.get("variants", "")) + str(state["seo"])
    return Outcome(
        title=piece.title,
        headings=tuple(section.heading for section in piece.sections),
        addresses=frozenset(addresses(everything)),
        images=to_html(shown, piece.title).count("<img"),
        failed=frozenset(check.id for check in checks if check.hard and not check.passed),
        quoted=frozenset(s.text for s in piece.sentences() if s.origin == "source"),
        text=everything,
    )


def test_there_are_thirty_ways() -> None:
    assert len(INJECTIONS) >= 30
    assert len({injection.text for injection in INJECTIONS}) == len(INJECTIONS)


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda injection: injection.name)
def test_no_fact_and_no_prompt_has_a_trace_of_it(injection: Injection) -> None:
    text = document(injection)
    found = {fact.text for fact in facts(1, text)}
    assert found == set(FACTS)
    assert all(not traces(injection, fact.heading) for fact in facts(1, text))
    assert LINK not in plain_text(text)
    assert all(fact in plain_text(text) for fact in FACTS)


def unchanged(found: Outcome, clean: Outcome, model: Obedient, name: str) -> None:
    """What an instruction is after is as it is without one, and the facts are there."""
    assert model.tempted == [], name
    assert found.title == clean.title, name
    assert model.injection
    assert not any(traces(model.injection, heading) for heading in found.headings), name
    assert (found.addresses, found.images) == (frozenset(), 0), name
    assert found.failed == clean.failed, name
    assert found.quoted & set(FACTS), name
    assert not contains_phrase(found.text, BRAND), name


async def test_an_obedient_model_is_never_tempted(library: DocumentLibrary) -> None:
    model = Obedient(about="coffee")
    clean = await outcome(library, "clean.md", document(None), model, ContentType.LINKEDIN)
    assert clean.failed == frozenset()
    places = asyncio.Semaphore(AT_ONCE)

    async def tried(number: int, injection: Injection) -> None:
        model = Obedient(about="coffee", injection=injection)
        async with places:
            text = document(injection)
            found = await outcome(library, f"{number}.md", text, model, ContentType.LINKEDIN)
        unchanged(found, clean, model, injection.name)

    await asyncio.gather(*(tried(number, each) for number, each in enumerate(INJECTIONS)))


async def test_an_article_is_not_tempted_by_many_at_once(library: DocumentLibrary) -> None:
    model = Obedient(about="coffee")
    clean = await outcome(library, "clean.md", document(None), model, ContentType.BLOG)
    many = Injection("many", "\n\n".join(injection.text for injection in INJECTIONS))
    model = Obedient(about="coffee", injection=many)
    found = await outcome(library, "many.md", document(many), model, ContentType.BLOG)
    unchanged(found, clean, model, many.name)
    assert found.headings


async def test_what_a_model_says_that_obeys_at_once_is_not_taken_over(
    library: DocumentLibrary,
) -> None:
    model = Obedient(about="coffee", eager=True)
    found = await outcome(library, "eager.md", document(INJECTIONS[0]), model, ContentType.BLOG)
    assert len(model.tempted) > 2
    assert not contains_phrase(found.text, BRAND)
    assert (found.addresses, found.images) == (frozenset(), 0)
    assert found.quoted & set(FACTS)


def test_the_proof_can_fail() -> None:
    """An instruction in a prompt is noticed, whatever it is wrapped in."""
    for injection in INJECTIONS:
        assert traces(injection, f"Write about coffee. {injection.text}"), injection.name
    assert not any(traces(injection, f"Explain: {' '.join(FACTS)}") for injection in INJECTIONS)
