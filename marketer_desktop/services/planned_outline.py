"""The outline of a run as it is stored, and how a run says that it waits for its review."""

from typing import Any

from marketer_desktop.domain.outline import OutlineSection, SectionPlan
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

OUTLINE_REVIEW = "outline_review"  # the run waits until somebody has approved its outline
REVIEW = "review"  # the key of a run's state that says so
EDITED = "edited"  # the key that holds the outline as somebody has left it while it waits
APPROVED = "approved"  # the key of a run's state that holds the outline as it was approved


async def planned_state(work: UnitOfWork, row: ActivityRow) -> dict[str, Any] | None:
    """What stood after the latest run had planned its outline; None before that."""
    run = (row.workflow_state or {}).get("run_id")
    steps = [step for step in await work.steps.of_activity(row.id) if str(step.run_id) == run]
    return next((step.state_data for step in steps if "outline" in step.state_data), None)


def edited_sections(row: ActivityRow) -> list[OutlineSection]:
    """The outline as it was approved, else as it was left; empty if nobody has touched it."""
    state = row.workflow_state or {}
    kept = state.get(APPROVED) or state.get(EDITED) or []
    return [OutlineSection(**section) for section in kept]


def shown_sections(planned: dict[str, Any]) -> list[OutlineSection]:
    """The planned sections as people see them."""
    return [SectionPlan(**section).shown() for section in planned["outline"]]
