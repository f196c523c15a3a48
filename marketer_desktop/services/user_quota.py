"""How many people an organization's plan has room for; open invitations count."""

from marketer_desktop.services.exceeded_quota import TOMORROW, refuse_exceeded
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.storage.tables import OrganizationRow
from marketer_desktop.storage.unit_of_work import UnitOfWork


async def refuse_beyond_users(parts: Parts, work: UnitOfWork, held: OrganizationRow) -> None:
    """Raise `PlanExceeded` if the organization, held, has more people than its plan allows."""
    if await work.members.seats(held.id) <= held.max_users:
        return
    people = "person" if held.max_users == 1 else "people"
    said = (
        f"The plan has room for {held.max_users} {people}, open invitations included. Remove "
        "somebody, or upgrade the plan."
    )
    await refuse_exceeded(
        parts,
        work,
        held.id,
        "users",
        ("The plan has no room for more people", said),
        PlanExceeded(said, TOMORROW),
    )
