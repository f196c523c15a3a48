"""The content research agent: passages of the user's documents, and the facts in them."""

from collections.abc import Iterable, Sequence
from typing import Any

from langchain_core.documents import Document
from langgraph.runtime import Runtime

from marketer_desktop.domain.facts import facts
from marketer_desktop.domain.outline import WORDS_PER_FACT, SectionPlan
from marketer_desktop.domain.piece import Fact, Source
from marketer_desktop.domain.words import folded
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.ledger import Entry, Outcome
from marketer_desktop.workflow.relevance import similarities
from marketer_desktop.workflow.state import RunState

AGENT = "content_research"
# The least cosine with topic or keywords: of a fact anywhere in the project, of one in a document
# that the brief names, and of the best one of such a document.
FACT_RELEVANCE, NAMED_RELEVANCE, BEST_RELEVANCE = 0.35, 0.2, 0.1
SECTION_RELEVANCE = 0.35
MOST_FACTS = 60


async def passages(
    context: RunContext,
    queries: Iterable[str],
    node: str = "research/retrieve",
    known: Sequence[Source] = (),
) -> list[Source]:
    """The passages that answer the queries and are not `known`, each once, best first.

    They are numbered on from the known ones. A run that is taken up again does not search again.
    """
    retriever, asked = context.retriever, list(dict.fromkeys(queries))
    if retriever is None or not asked:
        return []

    async def retrieve() -> Outcome:
        found: dict[tuple[int, int], Document] = {}
        new = [query for query in asked if query not in context.answered]
        answers = await retriever.abatch(new)
        context.answered.update(zip(new, answers, strict=True))
        for query in asked:
            for passage in context.answered[query]:
                key = (passage.metadata["document_id"], passage.metadata["start"])
                found.setdefault(key, passage)
        for source in known:
            found.pop((source.document_id, source.start), None)
        first = len(known) + 1
        return Outcome({"passages": [_source(n, p) for n, p in enumerate(found.values(), first)]})

    documents = context.brief.document_ids
    entry = Entry(AGENT, node, {"queries": asked, "documents": documents})
    outcome = await context.ledger.once(entry, retrieve)
    return [Source(**passage) for passage in outcome.output["passages"]]


def _source(number: int, passage: Document) -> dict[str, Any]:
    about = passage.metadata
    return {
        "n": number,
        "document_id": about["document_id"],
        "document": about["filename"],
        "page": about["page"],
        "start": about["start"],
        "end": about["end"],
        "text": passage.page_content,
        "heading": about["heading"] or "",
    }


def stated(sources: Iterable[Source]) -> list[Fact]:
    """The quotable sentences of the passages, each once."""
    found: dict[tuple[str, ...], Fact] = {}
    for source in sources:
        for fact in facts(source.n, source.text, source.heading, source.start):
            found.setdefault(folded(fact.text), fact)
    return list(found.values())


async def ranked_facts(
    context: RunContext, sources: Sequence[Source], anchors: list[str]
) -> list[Fact]:
    """The quotable sentences of the passages that are about the anchors, most relevant first.

    A document that the brief names keeps its best fact, even one that is barely about them: the
    user named it for a reason.
    """
    candidates, named = stated(sources), bool(context.brief.document_ids)
    scores = await similarities(context.embeddings, [f.text for f in candidates], anchors)
    order = sorted(zip(scores, candidates, strict=True), key=lambda pair: -pair[0])
    document = {source.n: source.document_id for source in sources}
    least = NAMED_RELEVANCE if named else FACT_RELEVANCE
    kept: list[Fact] = []
    seen: set[int] = set()
    for score, fact in order:
        best = named and document[fact.source] not in seen and score >= BEST_RELEVANCE
        if best or (score >= least and len(kept) < MOST_FACTS):
            kept.append(fact)
            seen.add(document[fact.source])
    return kept


async def content_research(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Find what the documents say about the topic."""
    context, seo = runtime.context, state["seo"]
    # Questions find passages, but are no measure of a fact: a general one is near to anything.
    anchors = [context.brief.topic, *context.brief.keywords]
    sources = await passages(context, [*anchors, *seo["questions"]])
    ranked = await ranked_facts(context, sources, anchors)
    return {
        "sources": [source.model_dump() for source in sources],
        "facts": [fact.model_dump() for fact in ranked],
    }


async def section_research(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Find what the documents say about each section as it is planned now."""
    context = runtime.context
    plans = [SectionPlan(**planned) for planned in state["outline"]]
    known = [Source(**source) for source in state["sources"]]
    queries = [query for planned in plans for query in _asked(context, planned)]
    fresh = await passages(context, queries, "research/sections", known)
    before = [Fact(**fact) for fact in state["facts"]]
    seen = {folded(fact.text) for fact in before}
    new = [fact for fact in stated(fresh) if folded(fact.text) not in seen]
    answering = await _shared_out(context, plans, [*before, *new])
    kept = {folded(f.text) for planned in answering for f in (*planned.facts, *planned.spare)}
    found = [*before, *(fact for fact in new if folded(fact.text) in kept)]
    return {
        "sources": [source.model_dump() for source in (*known, *fresh)],
        "facts": [fact.model_dump() for fact in found],
        "outline": [planned.model_dump() for planned in answering],
    }


def _asked(context: RunContext, planned: SectionPlan) -> list[str]:
    """What to look for, for a section; a heading says little without its topic."""
    return [*_subjects(context, planned), planned.question]


def _subjects(context: RunContext, planned: SectionPlan) -> list[str]:
    """What the facts of a section have to be about."""
    topic = context.brief.topic
    return [f"{topic}: {planned.heading}" if planned.heading else topic, *planned.points]


async def _shared_out(
    context: RunContext, plans: Sequence[SectionPlan], found: Sequence[Fact]
) -> list[SectionPlan]:
    """The sections, each with the free facts that answer it best.

    A section without facts gets as many as it has room for, any other a few to spare.
    """
    taken = {folded(f.text) for planned in plans for f in (*planned.facts, *planned.spare)}
    done: list[SectionPlan] = []
    for planned in plans:
        free = [fact for fact in found if folded(fact.text) not in taken]
        texts = [fact.text for fact in free]
        near = await similarities(context.embeddings, texts, _subjects(context, planned))
        order = sorted(zip(near, free, strict=True), key=lambda pair: -pair[0])
        fitting = [fact for score, fact in order if score >= SECTION_RELEVANCE]
        room = max(1, round(planned.words / WORDS_PER_FACT))
        chosen, spare = ([], fitting) if planned.facts else (fitting[:room], fitting[room:])
        more = {
            "facts": [*planned.facts, *chosen],
            "spare": [*planned.spare, *spare[: max(0, room - len(planned.spare))]],
        }
        taken |= {folded(fact.text) for fact in (*more["facts"], *more["spare"])}
        done.append(planned.model_copy(update=more))
    return done
