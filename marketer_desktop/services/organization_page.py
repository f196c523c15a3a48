"""Organizations in pages: one's own, or for an administrator all of the installation."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.unit_of_work import UnitOfWork


class ListedOrganization(BaseModel):
    """An organization; `role` is None for who does not belong to it.

    Desktops know it by its `sync_id`.
    """

    id: int
    sync_id: UUID
    name: str
    slug: str
    plan: str
    role: str | None
    created_at: datetime


class OrganizationPage(BaseModel):
    """The oldest first."""

    organizations: list[ListedOrganization]
    pagination: Pagination


class ShowOrganizationPage(Paged, Call[OrganizationPage]):
    """Those that whoever asks belongs to."""


class ShowInstallationPage(Paged, Call[OrganizationPage]):
    """All of the installation, for its administrator."""


async def show_organization_page(
    call: ShowOrganizationPage, parts: Parts, emit: Emit
) -> OrganizationPage:
    """One's own, each with the role in it."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        shown = await _page(work, member.user_id, call)
        await work.commit()
    return shown


async def show_installation_page(
    call: ShowInstallationPage, parts: Parts, emit: Emit
) -> OrganizationPage:
    """Their names and plans, and nothing of their content."""
    async with parts.database.unit_of_work() as work:
        return await _page(work, None, call)


async def _page(work: UnitOfWork, user_id: int | None, call: Paged) -> OrganizationPage:
    total, found = await work.organizations.page(user_id, call.offset, call.per_page)
    listed = [
        ListedOrganization(
            id=row.id,
            sync_id=row.sync_id,
            name=row.name,
            slug=row.slug,
            plan=row.plan,
            role=role,
            created_at=row.created_at,
        )
        for row, role in found
    ]
    return OrganizationPage(organizations=listed, pagination=call.pagination(total))
