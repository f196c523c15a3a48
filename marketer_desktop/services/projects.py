"""Projects: list and show them, make, change and archive one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from marketer_desktop.domain.brand_voice import NOT_BLANK, BrandVoice
from marketer_desktop.services.activity_lines import ActivityLine, activity_line
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.project_quota import refuse_beyond_projects
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.repositories.projects import ProjectFigures
from marketer_desktop.storage.repositories.workspaces import (
    DEFAULT_CAMPAIGN,
    DEFAULT_PROJECT,
    Member,
)
from marketer_desktop.storage.tables import CampaignRow, DocumentRow, ProjectRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=NOT_BLANK),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Keyword = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=NOT_BLANK),
]
Tone = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Visibility = Literal["private", "team", "organization"]


class CampaignRef(BaseModel):
    """A campaign's number and name."""

    campaign_id: int
    name: str


class ProjectSummary(BaseModel):
    """One line of the list; what lies in the archive is not counted."""

    project_id: int
    name: str
    is_archived: bool
    campaigns: list[CampaignRef]
    activity_count: int
    published_count: int
    document_count: int
    updated_at: datetime


class ProjectList(BaseModel):
    """The last touched first."""

    projects: list[ProjectSummary]


class CampaignDetails(BaseModel):
    """A campaign with its activities, the last touched first."""

    campaign_id: int
    name: str
    goal: str | None
    target_audience: str | None
    start_date: date | None
    end_date: date | None
    budget_amount: Decimal | None
    budget_currency: str
    status: str
    activities: list[ActivityLine] = Field(default_factory=list)


class ProjectDocument(BaseModel):
    """A document of a project."""

    document_id: int
    filename: str
    status: str
    error: str | None
    chunk_count: int
    size: int | None
    created_at: datetime


class ProjectDetails(BaseModel):
    """Everything about a project but the texts."""

    project_id: int
    name: str
    description: str
    default_tone: str
    default_target_audience: str
    default_keywords: list[str]
    visibility: Visibility
    is_archived: bool
    share_with_team: bool = False
    brand_voice: BrandVoice
    campaigns: list[CampaignDetails]
    documents: list[ProjectDocument]


class ProjectRef(BaseModel):
    """A project that has just been made or changed."""

    project_id: int
    name: str
    description: str | None
    created_at: datetime


class ListProjects(Call[ProjectList]):
    """The projects of the current organization."""

    archived: bool = False  # those in the archive, too


class ShowProject(Call[ProjectDetails]):
    """One project."""

    project_id: int


class CreateProject(Call[ProjectRef]):
    """A new project, with a first campaign."""

    name: Name
    description: Text | None = None
    default_tone: Tone | None = None
    default_target_audience: Text | None = None
    default_keywords: list[Keyword] | None = Field(default=None, max_length=10)
    visibility: Visibility | None = None
    brand_voice: BrandVoice | None = None
    share_with_team: StrictBool | None = None


class ProjectChanges(BaseModel):
    """What of a project shall change; None leaves a field alone, an empty text clears it."""

    name: Name | None = None
    description: Text | None = None
    default_tone: Tone | None = None
    default_target_audience: Text | None = None
    default_keywords: list[Keyword] | None = Field(default=None, max_length=10)
    visibility: Visibility | None = None
    brand_voice: BrandVoice | None = None
    is_archived: StrictBool | None = None
    share_with_team: StrictBool | None = None  # let it sync, with all that is in it


class UpdateProject(ProjectChanges, Call[ProjectRef]):
    """Change what is given."""

    project_id: int


class ArchiveProject(Call[ProjectRef]):
    """Put a project into the archive, or take it out again."""

    project_id: int
    archived: bool = True


async def list_projects(call: ListProjects, parts: Parts, emit: Emit) -> ProjectList:
    """The projects with their counts."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        figures = await work.projects.figures(member.organization_id, archived=call.archived)
        campaigns = await work.campaigns.of_organization(member.organization_id)
        await work.commit()
    return ProjectList(projects=summaries(figures, campaigns))


def summaries(
    figures: Sequence[ProjectFigures], campaigns: Sequence[CampaignRow]
) -> list[ProjectSummary]:
    """A line for each project."""
    named: dict[int, list[CampaignRef]] = defaultdict(list)
    for row in campaigns:
        named[row.project_id].append(CampaignRef(campaign_id=row.id, name=row.name))
    return [
        ProjectSummary(
            project_id=each.project.id,
            name=each.project.name,
            is_archived=each.project.is_archived,
            campaigns=named[each.project.id],
            activity_count=each.activities,
            published_count=each.published,
            document_count=each.documents,
            updated_at=each.updated_at,
        )
        for each in figures
    ]


async def show_project(call: ShowProject, parts: Parts, emit: Emit) -> ProjectDetails:
    """The project with its campaigns, their activities and its documents."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await existing_project(work, member, call.project_id)
        campaigns = await work.campaigns.of_organization(member.organization_id, row.id)
        lines = await work.feed.of_project(row.id)
        held = await leased(work.session)
        documents = await work.documents.list(member.organization_id, row.id)
        await work.commit()
    activities: dict[int, list[ActivityLine]] = defaultdict(list)
    for line in lines:
        activities[line.activity.campaign_id].append(activity_line(line, held, queued))
    return ProjectDetails(
        project_id=row.id,
        name=row.name,
        description=row.description or "",
        default_tone=row.default_tone,
        default_target_audience=row.default_target_audience or "",
        default_keywords=row.default_keywords or [],
        visibility=cast(Visibility, row.visibility),
        is_archived=row.is_archived,
        share_with_team=row.share_with_team,
        brand_voice=BrandVoice.model_validate(row.brand_voice or {}),
        campaigns=[_campaign(each, activities[each.id]) for each in campaigns],
        documents=[_document(each) for each in documents],
    )


def _campaign(row: CampaignRow, activities: list[ActivityLine]) -> CampaignDetails:
    return CampaignDetails(
        campaign_id=row.id,
        name=row.name,
        goal=row.goal,
        target_audience=row.target_audience,
        start_date=row.start_date,
        end_date=row.end_date,
        budget_amount=row.budget_amount,
        budget_currency=row.budget_currency,
        status=row.status,
        activities=activities,
    )


def _document(row: DocumentRow) -> ProjectDocument:
    return ProjectDocument(
        document_id=row.id,
        filename=row.filename,
        status=row.status,
        error=row.error_message,
        chunk_count=row.chunk_count,
        size=row.file_size,
        created_at=row.created_at,
    )


async def existing_project(work: UnitOfWork, member: Member, project_id: int) -> ProjectRow:
    """The project, or a `NotFound` if it is not one of the current organization."""
    row = await work.projects.get(member.organization_id, project_id)
    if row is None:
        raise no_such_project()
    return row


def no_such_project() -> NotFound:
    """What is said of a project that is not there, or that whoever asks may not see."""
    return NotFound("This project is not there any more. Go back to the list of projects.")


async def create_project(call: CreateProject, parts: Parts, emit: Emit) -> ProjectRef:
    """Add the project and a campaign to begin with."""
    values = call.model_dump(mode="json", exclude_none=True)
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        await _refuse_taken(work, member, call.name)
        await refuse_beyond_projects(parts, work, member.organization_id)
        row = await work.projects.add(member.organization_id, member.user_id, values)
        await work.campaigns.add(row.id, member.user_id, {"name": DEFAULT_CAMPAIGN})
        await _audit(work, member, "create", row.id)
        await work.commit()
    parts.bus.changed("projects")
    return _ref(row)


async def update_project(call: UpdateProject, parts: Parts, emit: Emit) -> ProjectRef:
    """Write the given fields; the default project stays the default one under another name."""
    values = call.model_dump(mode="json", exclude_none=True, exclude={"project_id"})
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await existing_project(work, member, call.project_id)
        if call.name is not None and call.name.lower() != row.name.lower():
            await _refuse_taken(work, member, call.name)
            await _stay_default(work, row)
        if call.is_archived:
            await _refuse_last(work, member, row)
        if call.is_archived is False and row.is_archived:
            await refuse_beyond_projects(parts, work, member.organization_id)
        row = await work.projects.change(row.id, values) if values else row
        await _audit(work, member, "update", row.id, {"fields": sorted(values)})
        await work.commit()
    parts.bus.changed("projects")
    if call.is_archived is not None:
        parts.bus.changed("activities")
    return _ref(row)


async def archive_project(call: ArchiveProject, parts: Parts, emit: Emit) -> ProjectRef:
    """Nothing is deleted: its activities and documents wait with it. The last one stays."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await existing_project(work, member, call.project_id)
        if call.archived:
            await _refuse_last(work, member, row)
        elif row.is_archived:
            await refuse_beyond_projects(parts, work, member.organization_id)
        row = await work.projects.change(row.id, {"is_archived": call.archived})
        await _audit(work, member, "archive" if call.archived else "restore", row.id)
        await work.commit()
    parts.bus.changed("projects", "activities")
    return _ref(row)


def _ref(row: ProjectRow) -> ProjectRef:
    return ProjectRef(
        project_id=row.id, name=row.name, description=row.description, created_at=row.created_at
    )


async def _stay_default(work: UnitOfWork, row: ProjectRow) -> None:
    """The default project is found by its name as long as it has the one it was made with."""
    made_with = row.name.lower() == DEFAULT_PROJECT.lower()
    if made_with and (await work.workspaces.local_workspace()).project_id == row.id:
        await work.workspaces.keep_default(row.id)


async def _refuse_last(work: UnitOfWork, member: Member, row: ProjectRow) -> None:
    if await work.projects.is_last(member.organization_id, row.id):
        raise Conflict(
            f"“{row.name}” is the only project, and work needs a place. Make another one first, "
            "then archive this one."
        )


async def _refuse_taken(work: UnitOfWork, member: Member, name: str) -> None:
    taken = await work.projects.named(member.organization_id, name)
    if taken is not None:
        where = " in the archive" if taken.is_archived else ""
        raise Conflict(f"There is a project “{taken.name}”{where} already. Choose another name.")


async def _audit(
    work: UnitOfWork,
    member: Member,
    action: str,
    project_id: int,
    details: dict[str, Any] | None = None,
) -> None:
    await work.audit.record(
        member.user_id,
        member.organization_id,
        f"project.{action}",
        "project",
        project_id,
        details,
    )
