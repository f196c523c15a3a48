"""Queue a run for a brief, of a new activity or of one that is there: durable when it returns."""

from uuid import UUID

from pydantic import BaseModel

from marketer_desktop.llm.choice import parse_choice
from marketer_desktop.services.call import Call, Emit, WrongUse
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.queue_run import queue_new
from marketer_desktop.services.start_activity import PlacedBrief, check_documents, place_of
from marketer_desktop.services.write_anew import free_to_write, write_anew
from marketer_desktop.storage.repositories.workspaces import Workspace


class QueuedRun(BaseModel):
    """A run that waits for its turn."""

    run_id: UUID
    activity_id: int


class ExecuteWorkflow(PlacedBrief, Call[QueuedRun]):
    """A brief; the activity `activity_id` takes it on and is written anew, else a new one is."""

    activity_id: int | None = None
    model: str | None = None


async def execute_workflow(call: ExecuteWorkflow, parts: Parts, emit: Emit) -> QueuedRun:
    """Write brief, job, audit entry and usage in one transaction."""
    brief = call.brief()
    choice = parse_choice(call.model) if call.model else None
    async with parts.database.unit_of_work() as work:
        if call.activity_id is None:
            place = await place_of(work, call)
            await check_documents(work, place, brief.document_ids)
            number, run_id = await queue_new(parts, work, place, brief, choice)
        else:
            row = await free_to_write(work, call.activity_id)
            number = row.id
            place = await work.workspaces.of_campaign(row.campaign_id)
            _check_place(call, place)
            await check_documents(work, place, brief.document_ids)
            await work.activities.set_brief(row.id, brief.model_dump(mode="json"))
            run_id = await write_anew(parts, work, row, choice)
        await work.commit()
    parts.bus.changed("activities")
    return QueuedRun(run_id=run_id, activity_id=number)


def _check_place(call: ExecuteWorkflow, place: Workspace) -> None:
    named = (call.project_id or place.project_id, call.campaign_id or place.campaign_id)
    if named != (place.project_id, place.campaign_id):
        raise WrongUse(
            f"Activity {call.activity_id} lies in another project or campaign. Leave project_id "
            "and campaign_id out, or name those of the activity."
        )
