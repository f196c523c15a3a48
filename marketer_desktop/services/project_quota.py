"""How many projects an organization's plan has room for; those in the archive do not count."""

from marketer_desktop.services.exceeded_quota import TOMORROW, refuse_exceeded
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.plan_limits import limits_of
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.storage.unit_of_work import UnitOfWork


async def refuse_beyond_projects(parts: Parts, work: UnitOfWork, organization_id: int) -> None:
    """Raise `PlanExceeded` if there is no room for one more.

    The organization is held: two that are made at once are counted one after the other.
    """
    row = await work.organizations.locked(organization_id)
    used = await work.organizations.usage(organization_id)
    most = limits_of(parts, row).max_projects
    if used.projects < most:
        return
    projects = "project" if most == 1 else "projects"
    said = f"The plan has room for {most} {projects}. Archive one, or upgrade the plan."
    await refuse_exceeded(
        parts,
        work,
        organization_id,
        "projects",
        ("The plan has no room for more projects", said),
        PlanExceeded(said, TOMORROW),
    )
