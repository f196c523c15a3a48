"""Register an organization on a team server, owned by whoever does so."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from marketer_desktop.domain.permissions import Permission
from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.organizations import Name
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, PermissionDenied
from marketer_desktop.storage.repositories.workspaces import LOCAL_EMAIL, LOCAL_SLUG

Slug = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

PAID = (Plan.PRO, Plan.ENTERPRISE)


class RegisteredOrganization(BaseModel):
    """The new organization."""

    id: int
    name: str
    slug: str
    plan: str
    created_at: datetime


class RegisterOrganization(Call[RegisteredOrganization]):
    """Its name, its slug, and the plan; plans that are paid for are an administrator's to give.

    On one's own computer every organization has the plan `local`.
    """

    name: Name
    slug: Slug
    plan: Literal["free", "pro", "enterprise"] = "free"


async def register_organization(
    call: RegisterOrganization, parts: Parts, emit: Emit
) -> RegisteredOrganization:
    """Raises `Conflict` for a taken slug, `PermissionDenied` for a plan that is paid for."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        user = await work.people.get(member.user_id)
        plan = Plan.LOCAL if user.email == LOCAL_EMAIL else Plan(call.plan)
        if plan in PAID and not member.administers:
            raise PermissionDenied(Permission.INSTALLATION_MANAGE)
        limits = {"plan": plan, **LIMITS[plan]._asdict()}
        row = None
        if call.slug != LOCAL_SLUG:  # the organization of the person at this computer
            row = await work.organizations.register(member.user_id, call.name, call.slug, limits)
        if row is None:
            raise Conflict(f"The slug “{call.slug}” is taken. Choose another one.")
        await work.audit.record(
            member.user_id, row.id, "organization.create", "organization", row.id
        )
        await work.commit()
    parts.bus.changed("organizations")
    return RegisteredOrganization(
        id=row.id, name=row.name, slug=row.slug, plan=row.plan, created_at=row.created_at
    )
