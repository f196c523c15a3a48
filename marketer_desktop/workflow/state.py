"""The state of a run: plain data only, so that every checkpoint can be read and kept."""

import operator
from typing import Annotated, Any, TypedDict


class RunState(TypedDict, total=False):
    """What the agents have found out so far; each key is written by the agent named."""

    seo: dict[str, Any]  # seo_research: keyphrase, title, slug, questions, headlines
    sources: list[dict[str, Any]]  # research
    facts: list[dict[str, Any]]  # research, most relevant first
    outline: list[dict[str, Any]]  # research, then as it was approved
    only_documents: bool  # research: whether the brief forbids what no document says
    written: Annotated[list[dict[str, Any]], operator.add]  # writing, one a section
    piece: dict[str, Any]  # writing, then editing, then social_media (variants)
    reserve: list[dict[str, Any]]  # writing: sound sentences that found no place


class SectionTask(TypedDict):
    """What one parallel branch of the writing step gets."""

    index: int
    plan: dict[str, Any]
    keyphrase: str
    sources: list[dict[str, Any]]
