"""One organization with its plan, its limits, and what of them is used."""

from datetime import datetime

from pydantic import BaseModel

from marketer_desktop.domain.plans import UNLIMITED
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.unit_of_work import UnitOfWork


class Usage(BaseModel):
    """What counts against the limits of the plan."""

    users: int
    projects: int
    storage_gb: float
    requests_today: int


class OrganizationSheet(BaseModel):
    """An organization as its members see it; None for what the plan does not limit."""

    id: int
    name: str
    slug: str
    plan: str
    max_users: int | None
    max_projects: int | None
    usage: Usage
    llm_mode: str
    created_at: datetime


class ShowOrganization(Call[OrganizationSheet]):
    """The organization that is acted in."""


class InspectOrganization(Call[OrganizationSheet]):
    """Any organization of the installation, for its administrator."""

    organization_id: int


async def show_organization(call: ShowOrganization, parts: Parts, emit: Emit) -> OrganizationSheet:
    """Read it with its usage."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        shown = await sheet(work, member.organization_id)
        await work.commit()
    return shown


async def inspect_organization(
    call: InspectOrganization, parts: Parts, emit: Emit
) -> OrganizationSheet:
    """Its plan and figures, and nothing of its content."""
    async with parts.database.unit_of_work() as work:
        return await sheet(work, call.organization_id)


async def sheet(work: UnitOfWork, organization_id: int) -> OrganizationSheet:
    """The organization as it stands in this transaction. Raises `NotFound`."""
    row = await work.organizations.get(organization_id)
    if row is None:
        raise NotFound("There is no such organization.")
    used = await work.organizations.usage(organization_id)
    return OrganizationSheet(
        id=row.id,
        name=row.name,
        slug=row.slug,
        plan=row.plan,
        max_users=_limit(row.max_users),
        max_projects=_limit(row.max_projects),
        usage=Usage(
            users=used.users,
            projects=used.projects,
            storage_gb=float(used.storage_gb),
            requests_today=used.requests_today,
        ),
        llm_mode=row.llm_mode,
        created_at=row.created_at,
    )


def _limit(kept: int) -> int | None:
    return None if kept == UNLIMITED else kept
