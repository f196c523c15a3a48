"""Change an organization, delete it, and bring it back as long as it is kept."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.domain.compliance import RETENTION_DAYS, ComplianceMode
from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.organization_sheet import OrganizationSheet, sheet
from marketer_desktop.services.organizations import Name, note_change, tell_of_switch
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound, PermissionDenied
from marketer_desktop.services.register_organization import Slug
from marketer_desktop.storage.repositories.workspaces import LOCAL_SLUG

KEPT = timedelta(days=30)


class EditOrganization(Call[OrganizationSheet]):
    """Only what is given is changed."""

    name: Name | None = None
    slug: Slug | None = None
    llm_mode: Literal["cloud", "local_agent", "hybrid"] | None = None
    compliance_mode: Literal["standard", "hipaa", "gdpr", "soc2"] | None = None
    data_residency: Literal["us", "eu", "asia", "any"] | None = None  # any: no rule


class DeletedOrganization(BaseModel):
    """It can be brought back until it is removed for good."""

    id: int
    deleted_at: datetime
    removed_at: datetime


class DeleteOrganization(Call[DeletedOrganization]):
    """The organization that is acted in."""


class RestoreOrganization(Call[OrganizationSheet]):
    """One that was deleted, by its owner."""

    organization_id: int


async def edit_organization(call: EditOrganization, parts: Parts, emit: Emit) -> OrganizationSheet:
    """Raises `Conflict` for a taken slug."""
    values = call.model_dump(exclude_none=True)
    if call.data_residency == "any":
        values["data_residency"] = None
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.members.hold(member.organization_id)
        if call.slug is not None and call.slug != row.slug:
            taken = call.slug == LOCAL_SLUG or await work.organizations.has_slug(call.slug)
            if taken:
                raise Conflict(f"The slug “{call.slug}” is taken. Choose another one.")
        if values:
            await work.organizations.change(row.id, values)
        if call.compliance_mode is not None:
            await work.audit.keep(row.id, RETENTION_DAYS[ComplianceMode(call.compliance_mode)])
        await note_change(work, member, "update", row.id, {"fields": sorted(values)})
        changed = await sheet(work, row.id)
        await work.commit()
    parts.bus.changed("organizations", "profile")
    return changed


async def delete_organization(
    call: DeleteOrganization, parts: Parts, emit: Emit
) -> DeletedOrganization:
    """From now on nobody can work in it; nothing of it is removed for 30 days."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.deleted_organizations.delete(member.organization_id)
        await note_change(work, member, "delete", row.id)
        await work.commit()
    tell_of_switch(parts)
    assert row.deleted_at is not None
    return DeletedOrganization(
        id=row.id, deleted_at=row.deleted_at, removed_at=row.deleted_at + KEPT
    )


async def restore_organization(
    call: RestoreOrganization, parts: Parts, emit: Emit
) -> OrganizationSheet:
    """Raises `Conflict` for one that is not deleted, `NotFound` for one of others."""
    async with parts.database.unit_of_work() as work:
        acting = await work.workspaces.member()
        role = await work.deleted_organizations.role(acting.user_id, call.organization_id)
        if role is None:
            if await work.organizations.role(acting.user_id, call.organization_id) is not None:
                raise Conflict("This organization is not deleted.")
            raise NotFound("There is no such organization that could be brought back.")
        if not may(Role(role), Permission.ORGANIZATION_DELETE):
            raise PermissionDenied(Permission.ORGANIZATION_DELETE)
        await work.organizations.change(call.organization_id, {"deleted_at": None})
        await note_change(work, acting, "restore", call.organization_id)
        restored = await sheet(work, call.organization_id)
        await work.commit()
    tell_of_switch(parts)
    return restored
