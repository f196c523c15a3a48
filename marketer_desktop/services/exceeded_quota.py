"""What happens when a plan's limit is reached: who runs the organization is told, once a day."""

from typing import Literal, NoReturn

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.storage.unit_of_work import UnitOfWork

KIND = "quota_exceeded"
TOMORROW = 24 * 60 * 60  # seconds: nothing is freed by waiting, but plans and what is there change
Quota = Literal["requests", "projects", "storage", "users"]


async def refuse_exceeded(
    parts: Parts,
    work: UnitOfWork,
    organization_id: int,
    quota: Quota,
    told: tuple[str, str],
    refusal: PlanExceeded,
) -> NoReturn:
    """Roll the caller's transaction back, tell title and text of `told`, and raise `refusal`."""
    await work.rollback()
    to_be_told = await work.quotas.to_be_told(organization_id, KIND, quota)
    for user_id in to_be_told:
        await work.notifications.add(
            user_id, organization_id, KIND, *told, details={"quota": quota}
        )
    await work.commit()
    if to_be_told:
        parts.bus.changed("notifications")
    raise refusal
