"""The graph of a run: a sound piece of every type, and nothing twice after an interruption."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver

from marketer_desktop.domain.brief import DEFAULT_WORDS, LONG_FORM, Brief, ContentType
from marketer_desktop.domain.checks.check import subject_of
from marketer_desktop.domain.checks.report import report
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.events.run_event import STEPS
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.storage.checkpoints import open_checkpointer
from marketer_desktop.storage.database import Database
from marketer_desktop.workflow.agents.content_writer import LEADING, NOTHING_FOUND
from marketer_desktop.workflow.prompts import instructions
from marketer_desktop.workflow.runner import run_graph
from tests.factories.runs import RunFactory, StepNotes, add_run
from tests.fakes.passages import PASSAGES, EveryPassage
from tests.fakes.scripted_chat_model import ScriptedChatModel, ScriptedFailure, request_hash

Saver = BaseCheckpointSaver[Any]
STEPS_HEARD = [(word, step) for step in STEPS for word in ("started", "finished")]


@pytest.fixture(params=["memory", "postgres"])
async def saver(request: pytest.FixtureRequest, migrated_url: str) -> AsyncIterator[Saver]:
    if request.param == "memory":
        yield InMemorySaver()
        return
    async with open_checkpointer(migrated_url) as saver:
        yield saver


async def make_run(
    database: Database, embeddings: MiniLmEmbeddings, brief: Brief, **options: Any
) -> RunFactory:
    identity = await add_run(database, brief)
    retriever = EveryPassage() if brief.document_ids else None
    model = ScriptedChatModel(about="coffee", **options)
    return RunFactory(database, embeddings, brief, identity, model, retriever)


def make_brief(content_type: ContentType, *, documents: bool, words: int | None = None) -> Brief:
    return Brief(
        type=content_type,
        topic="fresh coffee for the office",
        keywords=["morning", "coffee"],
        audience="office managers",
        words=words or min(DEFAULT_WORDS[content_type], 300),
        document_ids=[1, 2] if documents else [],
    )


class Babbler(ScriptedChatModel):
    """A model of which not one sentence can be used."""

    def _prose(self, asked: str, seed: str) -> str:
        return "Sure, here is the following prompt: **coffee** and more and"


@pytest.mark.parametrize("documents", [True, False], ids=["documents", "no documents"])
@pytest.mark.parametrize("content_type", list(ContentType))
async def test_every_type_passes_its_checks(
    database: Database,
    shared_embeddings: MiniLmEmbeddings,
    content_type: ContentType,
    documents: bool,
) -> None:
    brief = make_brief(content_type, documents=documents)
    run = await make_run(database, shared_embeddings, brief)
    notes = StepNotes()
    state = await run_graph(run.context(), InMemorySaver(), run.thread, notes)
    assert notes.heard == STEPS_HEARD
    assert len(set(notes.checkpoints)) == len(STEPS)
    piece = Piece(**state["piece"])
    sources = [Source(**source) for source in state["sources"]]
    checks = report(subject_of(brief, piece, sources, prompts=instructions()))
    assert [check.message for check in checks if check.hard and not check.passed] == []
    assert bool(piece.cited()) is documents
    assert [source.text for source in sources] == [p.page_content for p in PASSAGES] * documents
    assert any(section.heading for section in piece.sections) is (content_type in LONG_FORM)
    assert len(piece.description) <= 156
    expected = {"linkedin", "twitter", "thread", "email"} if content_type in LONG_FORM else set()
    assert set(piece.variants) == expected
    assert all(piece.variants.values())
    titles = [headline["text"] for headline in state["seo"]["headlines"]]
    assert len(set(titles)) == 5
    assert titles[0] == state["seo"]["title"]


async def test_a_run_that_failed_in_a_section_goes_on_and_repeats_nothing(
    database: Database, shared_embeddings: MiniLmEmbeddings, saver: Saver
) -> None:
    brief = make_brief(ContentType.BLOG, documents=True)
    run = await make_run(database, shared_embeddings, brief, fail_at={9}, pause=0.01)
    with pytest.raises(ScriptedFailure):
        await run_graph(run.context(), saver, run.thread, StepNotes())
    finished = await finished_requests(run)
    # How many of the first calls were written down in time is chance; the ninth was not.
    assert finished
    assert set(finished) < set(run.model.counts)
    run.model.fail_at.clear()
    notes = StepNotes()
    state = await run_graph(run.context(), saver, run.thread, notes)
    assert {request: run.model.counts[request] for request in finished} == dict.fromkeys(
        finished, 1
    )
    assert notes.heard == STEPS_HEARD[4:]
    assert isinstance(run.retriever, EveryPassage)
    asked = {brief.topic, *brief.keywords, *state["seo"]["questions"]}
    # Each section asks for itself, under its heading and with its question.
    assert run.retriever.questions == len(asked) + 2 * len(state["outline"])
    piece = Piece(**state["piece"])
    assert piece.sections[0].heading == ""
    assert len({section.heading for section in piece.sections}) == len(piece.sections) == 4


async def finished_requests(run: RunFactory) -> list[str]:
    """The model's requests that the ledger has an answer to."""
    async with run.database.unit_of_work() as work:
        rows = await work.executions.of_activity(run.identity.activity_id)
    inputs = [row.input_data or {} for row in rows if row.status == "completed" and row.llm_model]
    return [request_hash(_messages(asked), asked["options"]) for asked in inputs]


def _messages(asked: dict[str, Any]) -> list[BaseMessage]:
    opening = [AIMessage(asked["opening"])] if "opening" in asked else []
    return [SystemMessage(asked["system"]), HumanMessage(asked["user"]), *opening]


async def test_a_run_that_had_ended_is_only_read(
    database: Database, shared_embeddings: MiniLmEmbeddings, saver: Saver
) -> None:
    brief = make_brief(ContentType.EMAIL, documents=False, words=60)
    run = await make_run(database, shared_embeddings, brief)
    first = await run_graph(run.context(), saver, run.thread, StepNotes())
    calls, notes = run.model.calls, StepNotes()
    again = await run_graph(run.context(), saver, run.thread, notes)
    assert again == first
    assert (run.model.calls, notes.heard) == (calls, [])


async def test_a_step_whose_end_was_not_written_down_is_told_of_later(
    database: Database, shared_embeddings: MiniLmEmbeddings, saver: Saver
) -> None:
    brief = make_brief(ContentType.EMAIL, documents=False, words=60)
    run = await make_run(database, shared_embeddings, brief)
    await run_graph(run.context(), saver, run.thread, StepNotes())
    notes = StepNotes()
    await run_graph(run.context(), saver, run.thread, notes, told=STEPS[:-1])
    assert notes.heard == [("finished", "social_media")]


@pytest.mark.parametrize("content_type", [ContentType.BLOG, ContentType.TWITTER])
@pytest.mark.parametrize("documents", [True, False], ids=["documents", "no documents"])
async def test_a_model_that_babbles_ends_in_failed_checks_not_in_an_error(
    database: Database,
    shared_embeddings: MiniLmEmbeddings,
    content_type: ContentType,
    documents: bool,
) -> None:
    brief = make_brief(content_type, documents=documents, words=300)
    run = await make_run(database, shared_embeddings, brief)
    run.model = Babbler(about="coffee")
    state = await run_graph(run.context(), InMemorySaver(), run.thread, StepNotes())
    piece = Piece(**state["piece"])
    assert all(sentence.origin == "source" for sentence in piece.sentences())
    sources = [Source(**source) for source in state["sources"]]
    checks = report(subject_of(brief, piece, sources))
    assert "word_count" in {check.id for check in checks if not check.passed}


async def test_the_same_brief_and_model_give_the_same_piece(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    brief = make_brief(ContentType.LINKEDIN, documents=True, words=80)
    states = []
    for _ in range(2):
        run = await make_run(database, shared_embeddings, brief)
        states.append(await run_graph(run.context(), InMemorySaver(), run.thread, StepNotes()))
    assert states[0] == states[1]


async def test_five_calls_at_most_and_progress_only_goes_up(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    brief = make_brief(ContentType.BLOG, documents=True, words=400)
    run = await make_run(database, shared_embeddings, brief, pause=0.01)
    notes = StepNotes()
    await run_graph(run.context(), InMemorySaver(), run.thread, notes)
    assert run.model.most_at_once == 5
    percents = [percent for _, _, percent, _ in run.told]
    assert percents == sorted(percents)
    assert max(percents) < 100
    nodes = {data["node"].split("/")[0] for kind, _, _, data in run.told if kind == "draft"}
    assert {"seo_research", "writing", "social_media"} <= nodes
    assert {step: sorted(notes.states[step]) for step in STEPS[:2]} == {
        "seo_research": ["seo", "written"],
        "research": ["facts", "only_documents", "outline", "seo", "sources", "written"],
    }


@pytest.mark.parametrize("documents", [True, False], ids=["documents", "no documents"])
async def test_with_only_the_documents_nothing_else_is_said(
    database: Database, shared_embeddings: MiniLmEmbeddings, documents: bool
) -> None:
    brief = make_brief(ContentType.BLOG, documents=documents, words=120)
    brief = brief.model_copy(update={"only_documents": True, "keywords": ["hot breakfast"]})
    run = await make_run(database, shared_embeddings, brief)
    state = await run_graph(run.context(), InMemorySaver(), run.thread, StepNotes())
    piece = Piece(**state["piece"])
    unsupported = [s.text for s in piece.sentences() if s.source is None]
    said = LEADING.format("hot breakfast") if documents else NOTHING_FOUND.format(brief.topic)
    assert unsupported == [said]
    assert bool(piece.cited()) is documents


async def test_a_large_model_is_asked_for_whole_sections(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    brief = make_brief(ContentType.BLOG, documents=True, words=300)
    run = await make_run(database, shared_embeddings, brief)
    run.small = False
    state = await run_graph(run.context(), InMemorySaver(), run.thread, StepNotes())
    async with database.unit_of_work() as work:
        rows = await work.executions.of_activity(run.identity.activity_id)
    asked = [(row.node, row.input_data or {}) for row in rows if row.llm_model]
    whole = [inputs["user"] for node, inputs in asked if node and node.endswith("/text")]
    assert len(whole) == len(state["outline"]) == 3
    assert all("about " in prompt and " words" in prompt for prompt in whole)
    assert any("[1] " in prompt for prompt in whole)
    assert not any("opening" in inputs for _, inputs in asked)
    assert Piece(**state["piece"]).cited()
