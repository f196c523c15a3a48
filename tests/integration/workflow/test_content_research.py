"""Research finds what documents say of the topic and of each section, once in a run."""

from typing import Any

import pytest
from langgraph.runtime import Runtime

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.outline import SectionPlan
from marketer_desktop.domain.piece import Fact
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.storage.database import Database
from marketer_desktop.workflow.agents.content_research import (
    content_research,
    passages,
    section_research,
)
from marketer_desktop.workflow.context import RunContext
from tests.factories.runs import RunFactory, add_run
from tests.fakes.passages import OFFICES, PASSAGES, EveryPassage
from tests.fakes.scripted_chat_model import ScriptedChatModel

BICYCLES = (
    "Bicycle couriers bring the coffee to every office in the old town before ten in the morning."
)


async def make_run(database: Database, embeddings: MiniLmEmbeddings, **brief: Any) -> RunFactory:
    asked = Brief.model_validate({"topic": "coffee for offices", "keywords": ["coffee"], **brief})
    identity = await add_run(database, asked)
    model = ScriptedChatModel(about="coffee")
    return RunFactory(database, embeddings, asked, identity, model, EveryPassage())


def asked(run: RunFactory) -> int:
    assert isinstance(run.retriever, EveryPassage)
    return run.retriever.questions


async def researched(context: RunContext, **state: Any) -> dict[str, Any]:
    return await section_research(state, Runtime(context=context))  # type: ignore[arg-type]


async def test_sections_get_facts_that_answer_them_and_numbers_go_on(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    run = await make_run(database, shared_embeddings)
    (first,) = [s for s in await passages(run.context(), ["coffee"]) if s.text != OFFICES]
    plans = [
        SectionPlan(heading="Delivery by bicycle", question="How is it brought?", words=100),
        SectionPlan(heading="Roasting", question="When is it roasted?", words=45),
    ]
    state = {
        "outline": [planned.model_dump() for planned in plans],
        "sources": [first.model_copy(update={"n": 1}).model_dump()],
        "facts": [],
    }
    found = await researched(run.context(), **state)
    assert [source["n"] for source in found["sources"]] == [1, 2]
    assert {source["text"] for source in found["sources"]} == {p.page_content for p in PASSAGES}
    delivery, roasting = (SectionPlan(**planned) for planned in found["outline"])
    assert BICYCLES in {fact.text for fact in delivery.facts}
    assert all(fact.source == 2 for fact in delivery.facts if fact.text == BICYCLES)
    used = [f.text for p in (delivery, roasting) for f in (*p.facts, *p.spare)]
    assert len(used) == len(set(used))
    assert {fact["text"] for fact in found["facts"]} <= set(used)
    times = asked(run)
    assert await researched(run.context(), **state) == found
    assert asked(run) == times


async def test_the_same_query_is_asked_once_in_a_run(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    run = await make_run(database, shared_embeddings)
    context = run.context()
    found = await passages(context, ["coffee", "offices"])
    again = await passages(context, ["offices", "bicycles"], "research/sections")
    assert asked(run) == 3
    assert [source.text for source in again] == [source.text for source in found]


async def test_facts_that_a_section_has_stay_first(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    run = await make_run(database, shared_embeddings)
    own = Fact(source=1, text="This very fact was chosen for the section before.")
    planned = SectionPlan(heading="Delivery", question="How?", words=90, facts=[own])
    found = await researched(run.context(), outline=[planned.model_dump()], sources=[], facts=[])
    (section,) = (SectionPlan(**p) for p in found["outline"])
    assert section.facts == [own]
    assert 0 < len(section.spare) <= 2


@pytest.mark.parametrize(("named", "quoted"), [([], False), ([1, 2], True)])
async def test_documents_about_other_things_are_quoted_only_where_they_are_named(
    database: Database, shared_embeddings: MiniLmEmbeddings, named: list[int], quoted: bool
) -> None:
    about = {"topic": "tools for the office of a small shop", "keywords": ["shop tools"]}
    run = await make_run(database, shared_embeddings, **about, document_ids=named)
    state: Any = {"seo": {"questions": []}}
    found = await content_research(state, Runtime(context=run.context()))
    assert len(found["sources"]) == 2
    assert bool(found["facts"]) is quoted


async def test_without_documents_there_is_nothing_to_find(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    run = await make_run(database, shared_embeddings)
    run.retriever = None
    planned = SectionPlan(heading="Delivery", question="How?", words=90).model_dump()
    found = await researched(run.context(), outline=[planned], sources=[], facts=[])
    assert found == {"outline": [planned], "sources": [], "facts": []}
