"""The outline of a run: shown, edited and approved before anything else is written."""

from pathlib import Path

from pydantic import BaseModel, Field

from marketer_desktop.domain.outline import OutlineSection, objection
from marketer_desktop.services.activities import existing, report_of, status_of
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.activity_text import locked
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.deliver import delivered
from marketer_desktop.services.follow_activity import follow
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.planned_outline import (
    APPROVED,
    OUTLINE_REVIEW,
    REVIEW,
    edited_sections,
    planned_state,
    shown_sections,
)
from marketer_desktop.services.queue_run import queue_again
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.run_journal import read_brief


class Outline(BaseModel):
    """What a piece will say; `words` is the length of the brief.

    `waiting` tells whether the run stands still until the outline is approved.
    """

    activity_id: int
    type: str
    title: str
    keyphrase: str
    words: int
    waiting: bool
    sections: list[OutlineSection]


class ShowOutline(Call[Outline]):
    """The outline of an activity's latest run: as approved, else as edited, else as proposed."""

    activity_id: int


class ApproveOutline(Call[ActivityReport]):
    """Let a waiting run go on with these sections; None leaves the outline as it is shown.

    `follow` waits for the end of the run; then `out` is a folder for the files.
    """

    activity_id: int
    sections: list[OutlineSection] | None = Field(default=None, min_length=1)
    follow: bool = False
    out: Path | None = None


async def show_outline(call: ShowOutline, parts: Parts, emit: Emit) -> Outline:
    """Read it from the finished steps of the run."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        planned = await planned_state(work, row)
    if planned is None:
        raise Conflict(f"Activity {row.id} has no outline yet. Wait until it has been planned.")
    return Outline(
        activity_id=row.id,
        type=row.type,
        title=planned["seo"]["title"],
        keyphrase=planned["seo"]["keyphrase"],
        words=read_brief(row.brief).words,
        waiting=status_of(row, set()) == OUTLINE_REVIEW,
        sections=edited_sections(row) or shown_sections(planned),
    )


async def approve_outline(call: ApproveOutline, parts: Parts, emit: Emit) -> ActivityReport:
    """Keep the outline and queue the run, in one transaction."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await locked(work, call.activity_id)
        brief = read_brief(row.brief)
        planned = await planned_state(work, row)
        if status_of(row, set()) != OUTLINE_REVIEW or planned is None:
            raise Conflict(f"Activity {row.id} has no outline that waits to be approved.")
        sections = call.sections or edited_sections(row) or shown_sections(planned)
        problem = objection(brief, sections)
        if problem:
            raise ServiceError(problem)
        agreed = [section.model_dump() for section in sections]
        await queue_again(parts, work, row, {REVIEW: "", APPROVED: agreed})
        seen = row.last_event_seq
        await work.commit()
    parts.bus.changed("activities")
    if call.follow:
        await follow(parts, row.id, emit, after=seen)
    told = await report_of(parts, row.id)
    return await delivered(told, brief, call.out) if call.follow else told
