"""A page of the list of projects, with their owners and counts."""

from datetime import datetime

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts


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


class ShowProjectPage(Paged, Call[ProjectPage]):
    """Those in the archive, or those that are not."""

    is_archived: bool = False


async def show_project_page(call: ShowProjectPage, parts: Parts, emit: Emit) -> ProjectPage:
    """The projects that whoever asks may see."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, found = await work.projects.page(
            member.organization_id, call.is_archived, call.offset, call.per_page
        )
        await work.commit()
    projects = [
        ProjectEntry(
            id=each.project.id,
            name=each.project.name,
            description=each.project.description,
            owner=Owner(id=each.project.owner_id, email=each.owner_email),
            campaigns_count=each.campaigns,
            activities_count=each.activities,
            created_at=each.project.created_at,
        )
        for each in found
    ]
    return ProjectPage(projects=projects, pagination=call.pagination(total))
