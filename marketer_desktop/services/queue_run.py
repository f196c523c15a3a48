"""Gives a run its job in the transaction of whoever asks; who asked goes with it into the log."""

from typing import Any
from uuid import UUID, uuid4

from marketer_desktop.domain.brief import Brief
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.observability.logs import log
from marketer_desktop.observability.request_context import request_context
from marketer_desktop.services.compliance import existing_organization, refuse_forbidden
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.plan_limits import most_requests
from marketer_desktop.services.request_quota import refuse_request, take_request
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

REQUEST = "request"  # the ids of the request that the run goes back to


async def queue_new(
    parts: Parts, work: UnitOfWork, place: Workspace, brief: Brief, choice: ModelChoice | None
) -> tuple[int, UUID]:
    """Add an activity for the brief and queue its first run; the numbers of both.

    Raises as `queue_run` does.
    """
    organization_id, user_id = place.organization_id, place.user_id
    await _refuse_forbidden(parts, work, organization_id, choice)
    run_id, number = uuid4(), await work.activities.next_number()
    state = await _queued(parts, work, number, _begun(run_id, choice, after=0))
    asked = brief.model_dump(mode="json")
    # Last: it holds the row that every run of the organization counts on.
    counted = await work.together(
        work.quotas.request(organization_id, most_requests(parts, organization_id)),
        work.activities.run(number, place.campaign_id, user_id, asked, state),
        work.audit.entry(user_id, organization_id, "activity.generate", "activity", number),
    )
    if not counted:
        await refuse_request(parts, work, organization_id)
    return number, run_id


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
    await _refuse_forbidden(parts, work, organization_id, choice)
    run_id = uuid4()
    state = await _queued(parts, work, row.id, _begun(run_id, choice, row.last_event_seq))
    await work.activities.set_run(row.id, state)
    await take_request(parts, work, organization_id)  # last, as in `queue_new`
    return run_id


async def queue_again(
    parts: Parts, work: UnitOfWork, row: ActivityRow, changes: dict[str, Any]
) -> None:
    """Queue the run that an activity has, to go on from where it stands."""
    state = await _queued(parts, work, row.id, {**(row.workflow_state or {}), **changes})
    await work.activities.set_run(row.id, state)


def _begun(run_id: UUID, choice: ModelChoice | None, after: int) -> dict[str, Any]:
    return {"run_id": str(run_id), "model": choice and str(choice), "step": None, "after": after}


async def _queued(
    parts: Parts, work: UnitOfWork, number: int, state: dict[str, Any]
) -> dict[str, Any]:
    """The state with the job that an activity now has, and who asked for it."""
    job = await parts.queue.defer(await work.driver_connection(), number)
    log.info("a run is queued", extra={"activity_id": number})
    return {**state, "job": job, REQUEST: request_context.get()}


async def _refuse_forbidden(
    parts: Parts, work: UnitOfWork, organization_id: int, choice: ModelChoice | None
) -> None:
    if choice is not None and choice.cloud is not None:
        organization = await existing_organization(work, organization_id)
        refuse_forbidden(parts, organization, choice.cloud)
