"""The graph of a run; whoever compiles it chooses where checkpoints are kept."""

from langgraph.graph import END, START, StateGraph

from marketer_desktop.events.run_event import Step
from marketer_desktop.workflow.agents.content_research import content_research, section_research
from marketer_desktop.workflow.agents.content_writer import (
    assemble,
    introduction,
    section,
    to_sections,
)
from marketer_desktop.workflow.agents.editor import editing
from marketer_desktop.workflow.agents.outlining import outline, review
from marketer_desktop.workflow.agents.seo_research import seo_research
from marketer_desktop.workflow.agents.social_media import social_media
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.state import RunState, SectionTask

# The step that each node of the graph belongs to.
STEP_OF_NODE: dict[str, Step] = {
    "seo_research": "seo_research",
    "content_research": "research",
    "outline": "research",
    "review": "writing",
    "section_research": "writing",
    "introduction": "writing",
    "section": "writing",
    "assemble": "writing",
    "editing": "editing",
    "social_media": "social_media",
}

Builder = StateGraph[RunState, RunContext, RunState, RunState]


def build_graph() -> Builder:
    """SEO research, content research, writing in parallel branches, editing, social media.

    The review of the outline lets a run pass whose brief does not ask for one.
    """
    graph: Builder = StateGraph(RunState, context_schema=RunContext)
    graph.add_node("seo_research", seo_research)
    graph.add_node("content_research", content_research)
    graph.add_node("outline", outline)
    graph.add_node("review", review)
    graph.add_node("section_research", section_research)
    graph.add_node("introduction", introduction)
    graph.add_node("section", section, input_schema=SectionTask)
    graph.add_node("assemble", assemble, defer=True)  # once every branch has ended
    graph.add_node("editing", editing)
    graph.add_node("social_media", social_media)
    graph.add_edge(START, "seo_research")
    graph.add_edge("seo_research", "content_research")
    graph.add_edge("content_research", "outline")
    graph.add_edge("outline", "review")
    graph.add_edge("review", "section_research")
    graph.add_conditional_edges("section_research", to_sections, ["introduction", "section"])
    graph.add_edge("introduction", "assemble")
    graph.add_edge("section", "assemble")
    graph.add_edge("assemble", "editing")
    graph.add_edge("editing", "social_media")
    graph.add_edge("social_media", END)
    return graph
