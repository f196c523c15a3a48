"""What an organization's compliance mode and data residency allow it, and the refusal if not."""

from pydantic import BaseModel

from marketer_desktop.domain.compliance import (
    RETENTION_DAYS,
    ComplianceMode,
    Region,
    cloud_refusal,
)
from marketer_desktop.llm.choice import CLOUD, CloudProvider
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.storage.tables import OrganizationRow
from marketer_desktop.storage.unit_of_work import UnitOfWork


class CloudRule(BaseModel):
    """Whether texts may be sent to a cloud, and why not."""

    provider: CloudProvider
    is_allowed: bool
    reason: str | None


class Compliance(BaseModel):
    """The rules that an organization works under; models of its own are always allowed."""

    compliance_mode: ComplianceMode
    data_residency: Region | None
    audit_retention_days: int
    providers: list[CloudRule]


class ShowCompliance(Call[Compliance]):
    """Of the organization that is acted in."""


async def show_compliance(call: ShowCompliance, parts: Parts, emit: Emit) -> Compliance:
    """The table's line for this organization."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await existing_organization(work, member.organization_id)
        await work.commit()
    reasons = {provider: refusal(parts, row, provider) for provider in CLOUD}
    mode = mode_of(row)
    return Compliance(
        compliance_mode=mode,
        data_residency=Region(row.data_residency) if row.data_residency else None,
        audit_retention_days=RETENTION_DAYS[mode],
        providers=[
            CloudRule(provider=provider, is_allowed=reason is None, reason=reason)
            for provider, reason in reasons.items()
        ],
    )


def mode_of(row: OrganizationRow) -> ComplianceMode:
    """The rules that it works under; nothing said is the standard."""
    return ComplianceMode(row.compliance_mode or ComplianceMode.STANDARD)


def refusal(parts: Parts, row: OrganizationRow, provider: CloudProvider) -> str | None:
    """Why the organization may send nothing to this cloud, None if it may."""
    residency = Region(row.data_residency) if row.data_residency else None
    mode = mode_of(row)
    marked = parts.settings.covered_providers.items()
    covered = any(each == mode and provider in clouds for each, clouds in marked)
    return cloud_refusal(provider, mode, residency, covered=covered)


def refuse_forbidden(parts: Parts, row: OrganizationRow, provider: CloudProvider) -> None:
    """Raise `Conflict` if the organization may send nothing to this cloud."""
    reason = refusal(parts, row, provider)
    if reason is not None:
        raise Conflict(reason)


async def existing_organization(work: UnitOfWork, organization_id: int) -> OrganizationRow:
    """The organization. Raises `NotFound`, also if it was deleted."""
    row = await work.organizations.get(organization_id)
    if row is None:
        raise NotFound("There is no such organization.")
    return row
