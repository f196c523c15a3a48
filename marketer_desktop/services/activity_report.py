"""The report of an activity: what `generate` prints and every face shows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.headlines import Headline
from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.events.run_event import STEPS
from marketer_desktop.services.planned_outline import (
    OUTLINE_REVIEW,
    planned_state,
    shown_sections,
)
from marketer_desktop.services.run_costs import cost_of
from marketer_desktop.storage.tables import ActivityRow, AgentExecutionRow, RunEventRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

STEP_OF_AGENT = {
    "seo_research": "seo_research",
    "content_research": "research",
    "content_writer": "writing",
    "editor": "editing",
    "social_media": "social_media",
}


class StepReport(BaseModel):
    """One step's time and tokens."""

    name: str
    duration_ms: int
    tokens_input: int
    tokens_output: int


class SourceReport(BaseModel):
    """A cited passage: `start` and `end` are character offsets in the document's text."""

    n: int
    document: str
    page: int | None
    start: int
    end: int
    text: str


class ActivityReport(BaseModel):
    """How an activity stands. `path` is None until something has been written.

    `outline` is there while it waits to be approved; the first of the `headlines` is the title.
    `run_id` is the latest run.
    """

    activity_id: int
    status: str
    path: str | None = None
    word_count: int = 0
    model: str | None = None
    steps: list[StepReport] = Field(default_factory=list)
    sources: list[SourceReport] = Field(default_factory=list)
    checks: list[Check] = Field(default_factory=list)
    tokens: int = 0
    duration_ms: int = 0
    cost_usd: float = 0.0
    error: str | None = None
    title: str | None = None
    variants: dict[str, str] = Field(default_factory=dict)
    headlines: list[Headline] = Field(default_factory=list)
    outline: list[OutlineSection] = Field(default_factory=list)
    run_id: UUID | None = None


class ExecutionReport(BaseModel):
    """One model call or retrieval, from the ledger."""

    node: str
    agent: str
    status: str
    input_hash: str
    attempt: int
    duration_ms: int | None


class EventReport(BaseModel):
    """One stored event."""

    seq: int
    kind: str
    step: str
    progress: int
    data: dict[str, Any]
    at: datetime


def step_reports(
    executions: Sequence[AgentExecutionRow], events: Sequence[RunEventRow]
) -> list[StepReport]:
    """Time and tokens of each step, in order; steps that have not ended are left out."""
    spent = {e.step: int(e.data.get("duration_ms", 0)) for e in events if e.kind == "finished"}
    return [
        StepReport(
            name=step,
            duration_ms=spent[step],
            tokens_input=sum(e.tokens_input for e in executions if _step(e) == step),
            tokens_output=sum(e.tokens_output for e in executions if _step(e) == step),
        )
        for step in STEPS
        if step in spent
    ]


def _step(execution: AgentExecutionRow) -> str:
    return STEP_OF_AGENT[execution.agent_name]


def own_run(
    row: ActivityRow, executions: Sequence[AgentExecutionRow], events: Sequence[RunEventRow]
) -> tuple[Sequence[AgentExecutionRow], Sequence[RunEventRow]]:
    """Those of the activity's latest run; a text that was regenerated has had others before."""
    state = row.workflow_state or {}
    run, after = state.get("run_id"), state.get("after", 0)
    return (
        [call for call in executions if run is None or str(call.run_id) == run],
        [event for event in events if event.seq > after],
    )


async def activity_report(work: UnitOfWork, row: ActivityRow, status: str) -> ActivityReport:
    """The report of `row`; `status` may say more than the row does (an interrupted run)."""
    planned = await planned_state(work, row) if status == OUTLINE_REVIEW else None
    executions, events = own_run(
        row, await work.executions.of_activity(row.id), await work.run_events.after(row.id, 0)
    )
    content, metadata = row.content or {}, (row.content or {}).get("metadata", {})
    return ActivityReport(
        activity_id=row.id,
        status=status,
        path=metadata.get("path"),
        word_count=metadata.get("word_count", 0),
        model=(row.workflow_state or {}).get("model"),
        steps=step_reports(executions, events),
        sources=[SourceReport(**source) for source in content.get("research_sources", [])],
        checks=[Check(**check) for check in (row.report or {}).get("checks", [])],
        tokens=sum(e.tokens_total for e in executions),
        duration_ms=row.workflow_duration_ms or 0,
        cost_usd=float(sum(cost_of(call) for call in executions)),
        error=row.error_message,
        title=metadata.get("title"),
        variants=content.get("social_variants", {}),
        headlines=[Headline(**headline) for headline in content.get("headlines", [])],
        outline=shown_sections(planned) if planned else [],
        run_id=(row.workflow_state or {}).get("run_id"),
    )
