"""Projects."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.project_page import (
    ProjectPage,
    ProjectSheet,
    ShowProjectPage,
    ShowProjectSheet,
)
from marketer_desktop.services.projects import (
    ArchiveProject,
    CreateProject,
    ProjectChanges,
    UpdateProject,
)

router = EnvelopeRouter(prefix="/api/projects", tags=["projects"])


class ProjectMade(BaseModel):
    """The new project."""

    id: int
    name: str
    description: str | None
    created_at: datetime


@router.post("", status_code=201)
async def create_project(asked: CreateProject, who: AsMember) -> ProjectMade:
    """A new project, with a first campaign."""
    made = await who.call(asked)
    return ProjectMade(id=made.project_id, **made.model_dump(exclude={"project_id"}))


@router.get("")
async def list_projects(asked: Annotated[ShowProjectPage, Query()], who: AsMember) -> ProjectPage:
    """The projects of the organization."""
    return await who.call(asked)


@router.get("/{project_id}")
async def show_project(project_id: Id, who: AsMember) -> ProjectSheet:
    """One project with its settings."""
    return await who.call(ShowProjectSheet(project_id=project_id))


@router.patch("/{project_id}")
async def update_project(project_id: Id, asked: ProjectChanges, who: AsMember) -> ProjectSheet:
    """Change what is given; `is_archived` puts it away or takes it out again."""
    await who.call(UpdateProject(project_id=project_id, **dict(asked)))
    return await who.call(ShowProjectSheet(project_id=project_id))


@router.delete("/{project_id}")
async def archive_project(project_id: Id, who: AsMember) -> ProjectSheet:
    """Put it into the archive, with all that is in it; nothing is deleted."""
    await who.call(ArchiveProject(project_id=project_id))
    return await who.call(ShowProjectSheet(project_id=project_id))
