"""Projects with their owners and counts: a page of the list, and one of them."""

from datetime import datetime
from typing import cast

from pydantic import BaseModel

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import Visibility, no_such_project
from marketer_desktop.storage.repositories.projects import OwnedProject


class Owner(BaseModel):
    """Whose project it is."""

    id: int
    email: str


class ProjectEntry(BaseModel):
    """A project in a list; what lies in the archive is not counted."""

    id: int
    name: str
    description: str | None
    owner: Owner
    campaigns_count: int
    activities_count: int
    created_at: datetime


class ProjectPage(BaseModel):
    """The newest first."""

    projects: list[ProjectEntry]
    pagination: Pagination


class ProjectSheet(ProjectEntry):
    """One project with its settings."""

    brand_voice: BrandVoice
    default_tone: str
    default_target_audience: str | None
    default_keywords: list[str]
    visibility: Visibility
    is_archived: bool
    share_with_team: bool
    updated_at: datetime


class ShowProjectSheet(Call[ProjectSheet]):
    """One project, in the archive or not."""

    project_id: int


class ShowProjectPage(Paged, Call[ProjectPage]):
    """Those in the archive, or those that are not."""

    is_archived: bool = False


async def show_project_page(call: ShowProjectPage, parts: Parts, emit: Emit) -> ProjectPage:
    """The projects that whoever asks may see."""
    async with parts.database.autocommit() as work:
        member = await work.workspaces.member()
        total, found = await work.projects.page(
            member.organization_id, call.is_archived, call.offset, call.per_page
        )
    return ProjectPage(projects=[_entry(each) for each in found], pagination=call.pagination(total))


async def show_project_sheet(call: ShowProjectSheet, parts: Parts, emit: Emit) -> ProjectSheet:
    """The project, if whoever asks may see it."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        found = await work.projects.owned(member.organization_id, call.project_id)
        await work.commit()
    if found is None:
        raise no_such_project()
    row = found.project
    return ProjectSheet(
        **dict(_entry(found)),
        brand_voice=BrandVoice.model_validate(row.brand_voice or {}),
        default_tone=row.default_tone,
        default_target_audience=row.default_target_audience,
        default_keywords=row.default_keywords or [],
        visibility=cast(Visibility, row.visibility),
        is_archived=row.is_archived,
        share_with_team=row.share_with_team,
        updated_at=row.updated_at,
    )


def _entry(found: OwnedProject) -> ProjectEntry:
    return ProjectEntry(
        id=found.project.id,
        name=found.project.name,
        description=found.project.description,
        owner=Owner(id=found.project.owner_id, email=found.owner_email),
        campaigns_count=found.campaigns,
        activities_count=found.activities,
        created_at=found.project.created_at,
    )
