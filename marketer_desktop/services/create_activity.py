"""Make an activity for a brief without writing it yet."""

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.start_activity import PlacedBrief, check_documents, place_of


class CreatedActivity(BaseModel):
    """The number of the new draft."""

    activity_id: int


class CreateActivity(PlacedBrief, Call[CreatedActivity]):
    """A draft that waits to be written."""


async def create_activity(call: CreateActivity, parts: Parts, emit: Emit) -> CreatedActivity:
    """Check the brief and file the draft under its campaign."""
    brief = call.brief()
    async with parts.database.unit_of_work() as work:
        place = await place_of(work, call)
        await check_documents(work, place, brief.document_ids)
        row = await work.activities.add(
            place.campaign_id, place.user_id, brief.model_dump(mode="json")
        )
        await work.audit.record(
            place.user_id, place.organization_id, "activity.create", "activity", row.id
        )
        await work.commit()
    parts.bus.changed("activities")
    return CreatedActivity(activity_id=row.id)
