"""Gives a run its job in the transaction of whoever asks; who asked goes with it into the log."""

from typing import Any
from uuid import UUID, uuid4

from marketer_desktop.domain.brief import Brief
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.observability.logs import log
from marketer_desktop.observability.request_context import request_context
from marketer_desktop.services.compliance import existing_organization, refuse_forbidden
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.request_quota import take_request
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

REQUEST = "request"  # the ids of the request that the run goes back to


async def queue_new(
    parts: Parts, work: UnitOfWork, place: Workspace, brief: Brief, choice: ModelChoice | None
) -> tuple[ActivityRow, UUID]:
    """Add an activity for the brief and queue its first run. Raises `QuotaExceeded`."""
    row = await work.activities.add(
        place.campaign_id, place.user_id, brief.model_dump(mode="json"), "generating"
    )
    await work.audit.record(
        place.user_id, place.organization_id, "activity.generate", "activity", row.id
    )
    return row, await queue_run(parts, work, row, place.organization_id, choice)


async def queue_run(
    parts: Parts,
    work: UnitOfWork,
    row: ActivityRow,
    organization_id: int,
    choice: ModelChoice | None,
) -> UUID:
    """Queue a new run of an activity that is `generating`, and return the run's number.

    Without a `choice` the model is chosen when the run begins. The run counts as a request of the
    organization. Raises `QuotaExceeded`, and `Conflict` for a cloud that the organization may not
    use; nothing is done then.
    """
    if choice is not None and choice.cloud is not None:
        organization = await existing_organization(work, organization_id)
        refuse_forbidden(parts, organization, choice.cloud)
    run_id = uuid4()
    state = {"run_id": str(run_id), "model": choice and str(choice), "step": None}
    await _queue(parts, work, row, {**state, "after": row.last_event_seq})
    # Last: it holds the row that every run of the organization counts on.
    await take_request(parts, work, organization_id)
    return run_id


async def queue_again(
    parts: Parts, work: UnitOfWork, row: ActivityRow, changes: dict[str, Any]
) -> None:
    """Queue the run that an activity has, to go on from where it stands."""
    await _queue(parts, work, row, {**(row.workflow_state or {}), **changes})


async def _queue(parts: Parts, work: UnitOfWork, row: ActivityRow, state: dict[str, Any]) -> None:
    job = await parts.queue.defer(await work.driver_connection(), row.id)
    asked = {**state, "job": job, REQUEST: request_context.get()}
    await work.activities.set_run(row.id, asked)
    log.info("a run is queued", extra={"activity_id": row.id})
