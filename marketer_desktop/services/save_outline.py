"""Keep an outline as somebody has left it, while its run waits: a restart shows the same."""

from pydantic import BaseModel, Field

from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.services.activities import existing, status_of
from marketer_desktop.services.activity_text import locked
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.planned_outline import EDITED, OUTLINE_REVIEW


class SavedOutline(BaseModel):
    """Whether the outline was kept: not if its run waits no longer."""

    kept: bool


class SaveOutline(Call[SavedOutline]):
    """The sections as they are now; they may still be wrong, as long as nobody approves them."""

    activity_id: int
    sections: list[OutlineSection] = Field(min_length=1)


async def save_outline(call: SaveOutline, parts: Parts, emit: Emit) -> SavedOutline:
    """Keep the sections with the run."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await locked(work, call.activity_id)
        waits = status_of(row, set()) == OUTLINE_REVIEW
        if waits:
            sections = [section.model_dump() for section in call.sections]
            state = {**(row.workflow_state or {}), EDITED: sections}
            await work.activities.set_run(row.id, state)
            await work.commit()
    return SavedOutline(kept=waits)
