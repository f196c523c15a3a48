"""The content research agent: passages of the user's documents, and the facts in them."""

from typing import Any

from langchain_core.documents import Document
from langgraph.runtime import Runtime

from marketer_desktop.domain.facts import facts
from marketer_desktop.domain.piece import Fact, Source
from marketer_desktop.domain.words import folded
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.ledger import Entry, Outcome
from marketer_desktop.workflow.relevance import similarities
from marketer_desktop.workflow.state import RunState

AGENT = "content_research"
FACT_RELEVANCE = 0.2
MOST_FACTS = 60


async def passages(context: RunContext, queries: list[str]) -> list[Source]:
    """The passages that answer the queries, each once, numbered in order of relevance."""
    retriever = context.retriever
    if retriever is None:
        return []

    async def retrieve() -> Outcome:
        found: dict[tuple[int, int], Document] = {}
        for query in queries:
            for passage in await retriever.ainvoke(query):
                key = (passage.metadata["document_id"], passage.metadata["start"])
                found.setdefault(key, passage)
        return Outcome({"passages": [_source(n, p) for n, p in enumerate(found.values(), 1)]})

    documents = context.brief.document_ids
    entry = Entry(AGENT, "research/retrieve", {"queries": queries, "documents": documents})
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


async def ranked_facts(
    context: RunContext, sources: list[Source], anchors: list[str]
) -> list[Fact]:
    """The quotable sentences of the passages, each once, the most relevant first.

    Every document keeps its best fact, however it ranks: the user named it for a reason.
    """
    found: dict[tuple[str, ...], Fact] = {}
    for source in sources:
        for fact in facts(source.n, source.text, source.heading, source.start):
            found.setdefault(folded(fact.text), fact)
    candidates = list(found.values())
    scores = await similarities(context.embeddings, [f.text for f in candidates], anchors)
    order = sorted(zip(scores, candidates, strict=True), key=lambda pair: -pair[0])
    document = {source.n: source.document_id for source in sources}
    kept: list[Fact] = []
    seen: set[int] = set()
    for score, fact in order:
        first = document[fact.source] not in seen
        if first or (score >= FACT_RELEVANCE and len(kept) < MOST_FACTS):
            kept.append(fact)
            seen.add(document[fact.source])
    return kept


async def content_research(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Find what the documents say about the topic."""
    context, seo = runtime.context, state["seo"]
    anchors = [context.brief.topic, *context.brief.keywords, *seo["questions"]]
    sources = await passages(context, anchors)
    ranked = await ranked_facts(context, sources, anchors)
    return {
        "sources": [source.model_dump() for source in sources],
        "facts": [fact.model_dump() for fact in ranked],
    }
