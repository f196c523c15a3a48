"""Runs of the workflow: queued, cancelled, taken up again, written anew."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Body, Response
from pydantic import BaseModel

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.briefs import BriefAsked
from marketer_desktop.api.envelope import Envelope
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.activities import CancelActivity, ResumeActivity
from marketer_desktop.services.execute_workflow import ExecuteWorkflow
from marketer_desktop.services.regenerate import RegenerateActivity, RegenerateSection
from marketer_desktop.services.rewrite import Passage, RewritePassage, Rewritten

router = EnvelopeRouter(prefix="/api", tags=["workflows"])


class RunAsked(BriefAsked):
    """A brief to be written now: by an activity that is there, or by a new one."""

    activity_id: int | None = None
    model: str | None = None


class TaskQueued(BaseModel):
    """A run that waits for its turn; the stream tells how it goes."""

    task_id: UUID
    activity_id: int
    status: Literal["queued"] = "queued"
    stream_url: str


class Standing(BaseModel):
    """How an activity stands now."""

    activity_id: int
    status: str


class WholeText(BaseModel):
    """Write the whole text anew from its brief."""

    scope: Literal["all"]


class OneSection(BaseModel):
    """Propose another text below a heading; the stored text stays as it is."""

    scope: Literal["section"]
    heading: str


class Selection(Passage):
    """Propose another wording for a passage; the stored text stays as it is."""

    scope: Literal["selection"]


Regeneration = Annotated[WholeText | OneSection | Selection, Body(discriminator="scope")]


@router.post("/workflows/execute", status_code=202)
async def execute(asked: RunAsked, who: AsMember) -> TaskQueued:
    """Queue a run for a brief; all is durable when the answer comes."""
    queued = await who.call(ExecuteWorkflow.model_validate(asked.in_our_words()))
    return _queued(queued.run_id, queued.activity_id)


@router.post("/activities/{activity_id}/cancel")
async def cancel(activity_id: Id, who: AsMember) -> Standing:
    """End a run under way; what it has written so far is kept."""
    report = await who.call(CancelActivity(activity_id=activity_id))
    return Standing(activity_id=activity_id, status=report.status)


@router.post("/activities/{activity_id}/resume", status_code=202)
async def resume(activity_id: Id, who: AsMember) -> TaskQueued:
    """Take up a run that was cut off, failed or was cancelled, where it stands."""
    report = await who.call(ResumeActivity(activity_id=activity_id, follow=False))
    assert report.run_id is not None  # what was resumed had begun
    return _queued(report.run_id, activity_id)


@router.post(
    "/activities/{activity_id}/regenerate",
    responses={
        200: {"model": Envelope[Rewritten], "description": "A proposal"},
        202: {"model": Envelope[TaskQueued], "description": "The new run is queued"},
    },
)
async def regenerate(
    activity_id: Id, asked: Regeneration, who: AsMember, response: Response
) -> Rewritten | TaskQueued:
    """Write the whole text anew in a run (202), or propose another section or passage (200)."""
    if isinstance(asked, OneSection):
        return await who.call(RegenerateSection(activity_id=activity_id, heading=asked.heading))
    if isinstance(asked, Selection):
        passage = asked.model_dump(exclude={"scope"})
        return await who.call(RewritePassage(activity_id=activity_id, **passage))
    again = await who.call(RegenerateActivity(activity_id=activity_id))
    response.status_code = 202
    return _queued(again.run_id, activity_id)


def _queued(run_id: UUID, activity_id: int) -> TaskQueued:
    return TaskQueued(
        task_id=run_id,
        activity_id=activity_id,
        stream_url=f"/api/activities/{activity_id}/stream",
    )
