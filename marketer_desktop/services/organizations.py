"""Organizations: several clients on one machine, one of them the current one."""

from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

from marketer_desktop.domain.brand_voice import NOT_BLANK
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import ServerAccountRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=NOT_BLANK),
]


class HomeAccount(BaseModel):
    """The account on a server that an organization came by."""

    account_id: int
    server: str
    email: str


class OrganizationEntry(BaseModel):
    """An organization, and the user's role in it; `account` is None for one of this machine."""

    organization_id: int
    name: str
    slug: str
    plan: str
    role: str
    is_current: bool
    account: HomeAccount | None = None


class OrganizationList(BaseModel):
    """The oldest first."""

    organizations: list[OrganizationEntry]


class ListOrganizations(Call[OrganizationList]):
    """The organizations of the person at this computer."""


class CreateOrganization(Call[OrganizationEntry]):
    """Add an organization on this machine; it becomes the current one unless told otherwise."""

    name: Name
    switch: bool = True


class RenameOrganization(Call[OrganizationEntry]):
    """Give an organization another name."""

    organization_id: int
    name: Name


class SwitchOrganization(Call[OrganizationEntry]):
    """Make an organization the current one: all that is shown and written is then its own."""

    organization_id: int


async def list_organizations(call: ListOrganizations, parts: Parts, emit: Emit) -> OrganizationList:
    """All of them, with the current one marked."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        entries = await _entries(work, member)
        await work.commit()
    return OrganizationList(organizations=entries)


async def create_organization(
    call: CreateOrganization, parts: Parts, emit: Emit
) -> OrganizationEntry:
    """Add it with the user as its owner."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.organizations.add(member.user_id, call.name)
        await note_change(work, member, "create", row.id)
        if call.switch:
            await _switch(work, member, row.id)
        entry = await _entry(work, row.id)
        await work.commit()
    if call.switch:
        tell_of_switch(parts)
    else:
        parts.bus.changed("organizations")
    return entry


async def rename_organization(
    call: RenameOrganization, parts: Parts, emit: Emit
) -> OrganizationEntry:
    """Change the name and nothing else."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        await _entry(work, call.organization_id)
        await work.organizations.rename(call.organization_id, call.name)
        await note_change(work, member, "rename", call.organization_id)
        entry = await _entry(work, call.organization_id)
        await work.commit()
    parts.bus.changed("organizations", "profile")
    return entry


async def switch_organization(
    call: SwitchOrganization, parts: Parts, emit: Emit
) -> OrganizationEntry:
    """Remember the choice for all later starts."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        await _entry(work, call.organization_id)
        await _switch(work, member, call.organization_id)
        entry = await _entry(work, call.organization_id)
        await work.commit()
    tell_of_switch(parts)
    return entry


async def note_change(
    work: UnitOfWork,
    member: Member,
    action: str,
    organization_id: int,
    details: dict[str, Any] | None = None,
) -> None:
    """Have the audit log tell who has done what with an organization."""
    told = f"organization.{action}"
    await work.audit.record(
        member.user_id, organization_id, told, "organization", organization_id, details
    )


async def _switch(work: UnitOfWork, member: Member, organization_id: int) -> None:
    await work.workspaces.switch(organization_id)
    await note_change(work, member, "switch", organization_id)


async def _entries(work: UnitOfWork, member: Member) -> list[OrganizationEntry]:
    found = await work.organizations.of_user(member.user_id)
    homes = await work.organizations.homes(row.id for row, _ in found)
    return [
        OrganizationEntry(
            organization_id=row.id,
            name=row.name,
            slug=row.slug,
            plan=row.plan,
            role=role,
            is_current=row.id == member.organization_id,
            account=_home(homes.get(row.id)),
        )
        for row, role in found
    ]


def _home(row: ServerAccountRow | None) -> HomeAccount | None:
    if row is None:
        return None
    return HomeAccount(account_id=row.id, server=row.server, email=row.email)


async def _entry(work: UnitOfWork, organization_id: int) -> OrganizationEntry:
    """The entry as it stands now. Raises `ServiceError` for one that is not the user's."""
    for entry in await _entries(work, await work.workspaces.member()):
        if entry.organization_id == organization_id:
            return entry
    raise NotFound("This organization is not there any more. Choose another one.")


def tell_of_switch(parts: Parts) -> None:
    """Everything that is shown may belong to another organization now."""
    parts.bus.changed("organizations", "profile", "projects", "activities", "documents")
