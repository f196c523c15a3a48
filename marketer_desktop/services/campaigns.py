"""Campaigns: make, change and archive one."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import Name, Text, existing_project
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import CampaignRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

CampaignStatus = Literal["planning", "active", "paused", "completed"]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Budget = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]


class CampaignFields(BaseModel):
    """What a person says about a campaign; the budget is in whole units of its currency."""

    name: Name
    goal: Text = ""
    target_audience: Text = ""
    start_date: date | None = None
    end_date: date | None = None
    budget_amount: Budget | None = None
    budget_currency: Currency = "USD"
    status: CampaignStatus = "active"

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValueError("The campaign ends before it starts")
        return self


class CampaignSaved(BaseModel):
    """A campaign's number, name and project."""

    campaign_id: int
    project_id: int
    name: str


class CreateCampaign(CampaignFields, Call[CampaignSaved]):
    """A new campaign in a project."""

    project_id: int


class UpdateCampaign(CampaignFields, Call[CampaignSaved]):
    """All fields of a campaign as they shall be."""

    campaign_id: int


class ArchiveCampaign(Call[CampaignSaved]):
    """Put a campaign into the archive, or take it out again."""

    campaign_id: int
    archived: bool = True


async def create_campaign(call: CreateCampaign, parts: Parts, emit: Emit) -> CampaignSaved:
    """Add the campaign."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        project = await existing_project(work, member, call.project_id)
        row = await work.campaigns.add(project.id, member.user_id, _columns(call))
        return await _done(work, parts, member, row, "create")


async def update_campaign(call: UpdateCampaign, parts: Parts, emit: Emit) -> CampaignSaved:
    """Write all fields."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await _existing(work, member, call.campaign_id)
        row = await work.campaigns.change(row.id, _columns(call))
        return await _done(work, parts, member, row, "update")


async def archive_campaign(call: ArchiveCampaign, parts: Parts, emit: Emit) -> CampaignSaved:
    """Nothing is deleted: its activities wait with it."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await _existing(work, member, call.campaign_id)
        row = await work.campaigns.change(row.id, {"is_archived": call.archived})
        return await _done(work, parts, member, row, "archive" if call.archived else "restore")


def _columns(call: CampaignFields) -> dict[str, Any]:
    values = {name: getattr(call, name) for name in CampaignFields.model_fields}
    return {name: value if value != "" else None for name, value in values.items()}


async def _existing(work: UnitOfWork, member: Member, campaign_id: int) -> CampaignRow:
    row = await work.campaigns.get(member.organization_id, campaign_id)
    if row is None:
        raise NotFound("This campaign is not there any more. Go back to its project.")
    return row


async def _done(
    work: UnitOfWork, parts: Parts, member: Member, row: CampaignRow, action: str
) -> CampaignSaved:
    """Note who did it, make it durable, and tell whoever shows it."""
    await work.audit.record(
        member.user_id, member.organization_id, f"campaign.{action}", "campaign", row.id
    )
    await work.commit()
    parts.bus.changed("projects", "activities")
    return CampaignSaved(campaign_id=row.id, project_id=row.project_id, name=row.name)
