"""Organizations: register one, see its plan and what of it is used."""

from typing import Annotated

from fastapi import Query

from marketer_desktop.api.asking import AsPerson, InOrganization, VisitingOrganization
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.edit_organization import (
    DeletedOrganization,
    DeleteOrganization,
    EditOrganization,
    RestoreOrganization,
)
from marketer_desktop.services.organization_page import (
    OrganizationPage,
    ShowInstallationPage,
    ShowOrganizationPage,
)
from marketer_desktop.services.organization_sheet import (
    InspectOrganization,
    OrganizationSheet,
    ShowOrganization,
)
from marketer_desktop.services.pages import Paged
from marketer_desktop.services.register_organization import (
    RegisteredOrganization,
    RegisterOrganization,
)


class OrganizationsAsked(Paged):
    """Whose organizations."""

    all: bool = False


router = EnvelopeRouter(prefix="/api/organizations", tags=["organizations"])


@router.post("", status_code=201)
async def register_organization(
    asked: RegisterOrganization, who: AsPerson
) -> RegisteredOrganization:
    """A new organization, owned by whoever asks."""
    return await who.call(asked)


@router.get("")
async def list_organizations(
    asked: Annotated[OrganizationsAsked, Query()], who: AsPerson
) -> OrganizationPage:
    """One's own; with `all`, those of the whole installation for its administrator."""
    if asked.all:
        return await who.call(ShowInstallationPage(page=asked.page, per_page=asked.per_page))
    return await who.call(ShowOrganizationPage(page=asked.page, per_page=asked.per_page))


@router.get("/{organization_id}")
async def show_organization(organization_id: Id, who: VisitingOrganization) -> OrganizationSheet:
    """An organization with its plan, its limits and its usage."""
    if who.member.organization_id == organization_id:
        return await who.call(ShowOrganization())
    return await who.call(InspectOrganization(organization_id=organization_id))


@router.patch("/{organization_id}")
async def edit_organization(
    organization_id: Id, asked: EditOrganization, who: InOrganization
) -> OrganizationSheet:
    """Change its name, slug, or how it uses models."""
    return await who.call(asked)


@router.delete("/{organization_id}")
async def delete_organization(organization_id: Id, who: InOrganization) -> DeletedOrganization:
    """Delete it; it can be brought back for 30 days."""
    return await who.call(DeleteOrganization())


@router.post("/{organization_id}/restore")
async def restore_organization(organization_id: Id, who: AsPerson) -> OrganizationSheet:
    """Bring a deleted one back."""
    return await who.call(RestoreOrganization(organization_id=organization_id))
