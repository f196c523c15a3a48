"""Projects."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.project_page import ProjectPage, ShowProjectPage
from marketer_desktop.services.projects import CreateProject

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
