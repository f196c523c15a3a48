"""The draft of a run as it stands: planned, half written, put together, or finished."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.publishing.rendering import render
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_report import own_run
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.planned_outline import APPROVED
from marketer_desktop.services.run_journal import read_brief
from marketer_desktop.storage.tables import ActivityRow, AgentExecutionRow, WorkflowStateRow

INTRODUCTION = "writing/introduction"
UNFINISHED = frozenset({"generating", "failed", "cancelled"})  # a text of before is not the draft
Style = Literal["title", "heading", "paragraph"]


class DraftPart(BaseModel):
    """One block of the draft; `node` is the place in the workflow that writes it.

    The `draft` events of a run carry the same node: their text goes to the end of this block.
    """

    node: str
    style: Style
    text: str


class Draft(BaseModel):
    """`markdown` is the whole text once it has been put together; before, there are parts."""

    parts: list[DraftPart] = Field(default_factory=list)
    markdown: str = ""


class ShowDraft(Call[Draft]):
    """What a run has written so far."""

    activity_id: int


async def show_draft(call: ShowDraft, parts: Parts, emit: Emit) -> Draft:
    """Read it from the activity, and the finished steps and model calls of its latest run."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        run = (row.workflow_state or {}).get("run_id")
        steps = [s for s in await work.steps.of_activity(row.id) if str(s.run_id) == run]
        executions, _ = own_run(row, await work.executions.of_activity(row.id), [])
    return draft_of(row, steps, executions)


def draft_of(
    row: ActivityRow,
    steps: Sequence[WorkflowStateRow],
    executions: Sequence[AgentExecutionRow],
) -> Draft:
    """The finished text, else the last one put together, else what is written of the plan."""
    finished = Draft(markdown=(row.content or {}).get("final_content", ""))
    if finished.markdown and row.status not in UNFINISHED:
        return finished
    brief = read_brief(row.brief)
    states = [step.state_data for step in steps]
    whole = next((state for state in reversed(states) if "piece" in state), None)
    if whole is not None:
        sources = [Source(**source) for source in whole["sources"]]
        return Draft(markdown=render(brief.type, Piece(**whole["piece"]), sources))
    planned = next((state for state in reversed(states) if "outline" in state), None)
    if planned is None:
        return Draft() if row.status == "generating" else finished
    agreed = (row.workflow_state or {}).get(APPROVED)
    return Draft(parts=_parts(planned, agreed, _written(executions)))


def _written(executions: Sequence[AgentExecutionRow]) -> dict[str, str]:
    """What the finished calls of each node answered, attempts in a row."""
    texts: dict[str, str] = {}
    for execution in executions:
        answer = (execution.output_data or {}).get("text", "").strip()
        if execution.status == "completed" and answer:
            texts[execution.node] = f"{texts.get(execution.node, '')} {answer}".strip()
    return texts


def _parts(
    state: dict[str, Any], agreed: list[dict[str, Any]] | None, written: Mapping[str, str]
) -> list[DraftPart]:
    sections = agreed or state["outline"]
    introduction = written.get(INTRODUCTION, "")
    parts = [
        DraftPart(node="title", style="title", text=state["seo"]["title"]),
        DraftPart(node=INTRODUCTION, style="paragraph", text=introduction),
    ]
    for index, section in enumerate(sections):
        parts += _section(f"writing/section:{index}", section, written)
    return parts


def _section(place: str, planned: Mapping[str, Any], written: Mapping[str, str]) -> list[DraftPart]:
    """The heading, the facts with what is written about them, and the rest as it comes."""
    parts = [DraftPart(node=place, style="heading", text=planned["heading"])]
    for number, fact in enumerate(planned.get("facts", [])):
        node = f"{place}/fact:{number}"
        text = f"{fact['text']} {written.get(node, '')}".strip()
        parts.append(DraftPart(node=node, style="paragraph", text=text))
    known = {part.node for part in parts}
    later = [node for node in written if node.startswith(f"{place}/") and node not in known]
    for node in dict.fromkeys([f"{place}/text", *later, f"{place}/answer"]):
        parts.append(DraftPart(node=node, style="paragraph", text=written.get(node, "")))
    return parts
