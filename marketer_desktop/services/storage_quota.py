"""What an organization's plan lets it store."""

from marketer_desktop.domain.plans import UNLIMITED
from marketer_desktop.services.exceeded_quota import TOMORROW, refuse_exceeded
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.plan_limits import limits_of
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.storage.repositories.organizations import GB
from marketer_desktop.storage.unit_of_work import UnitOfWork


async def refuse_beyond_storage(
    parts: Parts, work: UnitOfWork, organization_id: int, added: int
) -> None:
    """Raise `PlanExceeded` if so many bytes more do not fit into the plan.

    The organization is held: two uploads at once are counted one after the other.
    """
    row = await work.organizations.locked(organization_id)
    most = limits_of(parts, row).max_storage_gb
    if most >= UNLIMITED:
        return
    stored = await work.usage.stored_bytes(organization_id)
    if stored + added <= most * GB:
        return
    said = f"The plan's {most} GB of documents are used up. Delete documents, or upgrade the plan."
    await refuse_exceeded(
        parts,
        work,
        organization_id,
        "storage",
        ("The plan has no room for more documents", said),
        PlanExceeded(said, TOMORROW),
    )


async def note_storage(work: UnitOfWork, organization_id: int) -> None:
    """Keep what its documents take, after one has come or gone."""
    stored = await work.usage.stored_bytes(organization_id)
    await work.organizations.note_storage(organization_id, stored)
