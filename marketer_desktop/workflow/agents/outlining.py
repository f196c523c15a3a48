"""The outline: planned from documents and questions, and approved by somebody if asked for."""

from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from marketer_desktop.domain.outline import OutlineSection, SectionPlan, approved, plan
from marketer_desktop.domain.piece import Fact, Source
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.state import RunState


async def outline(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Plan the sections; no model call is needed where documents give headings."""
    brief, seo = runtime.context.brief, state["seo"]
    sources = [Source(**source) for source in state["sources"]]
    facts = [Fact(**fact) for fact in state["facts"]]
    plans = plan(brief, seo["questions"], facts, sources, seo["keyphrase"])
    return {
        "outline": [section.model_dump() for section in plans],
        "only_documents": brief.only_documents,
    }


async def review(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Stop until somebody has approved the outline, if the brief asks for that."""
    brief = runtime.context.brief
    if not brief.review_outline:
        return {}
    answer = interrupt({"for": "outline"})
    sections = [OutlineSection(**section) for section in answer]
    proposed = [SectionPlan(**section) for section in state["outline"]]
    facts = [Fact(**fact) for fact in state["facts"]]
    plans = approved(brief, sections, proposed, facts)
    return {"outline": [section.model_dump() for section in plans]}
