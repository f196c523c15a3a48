"""Campaigns: make, change and archive one."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    Field,
    SerializerFunctionWrapHandler,
    StrictBool,
    StringConstraints,
    model_serializer,
    model_validator,
)

from marketer_desktop.domain.whole_numbers import WholeNumber
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.days import Date
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
    start_date: Date | None = None
    end_date: Date | None = None
    budget_amount: Budget | None = None
    budget_currency: Currency = "USD"
    status: CampaignStatus = "active"

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValueError("The campaign ends before it starts")
        return self


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default")


# What is not named stays as it is: a default would say something else.
NAMED = Field(json_schema_extra=_without_default)


class CampaignChanges(BaseModel):
    """What of a campaign shall change: what is not named stays, and null clears a field."""

    name: Annotated[Name, NAMED] = ""
    goal: Text | None = None
    target_audience: Text | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    budget_amount: Budget | None = None
    budget_currency: Annotated[Currency, NAMED] = "USD"
    status: Annotated[CampaignStatus, NAMED] = "active"
    is_archived: Annotated[StrictBool, NAMED] = False

    @model_serializer(mode="wrap")
    def _named_only(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in dumped(self).items() if name in self.named}

    @property
    def named(self) -> set[str]:
        """The fields that shall change."""
        return self.model_fields_set


class CampaignSaved(BaseModel):
    """A campaign's number, name and project."""

    campaign_id: int
    project_id: int
    name: str


class CreateCampaign(CampaignFields, Call[CampaignSaved]):
    """A new campaign in a project."""

    project_id: WholeNumber


class UpdateCampaign(CampaignFields, Call[CampaignSaved]):
    """All fields of a campaign as they shall be."""

    campaign_id: int


class ChangeCampaign(Call[CampaignSaved]):
    """Some fields of a campaign."""

    campaign_id: int
    changes: CampaignChanges


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


async def change_campaign(call: ChangeCampaign, parts: Parts, emit: Emit) -> CampaignSaved:
    """Write what is named, if it fits the rest. Raises `ValidationError`."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await _existing(work, member, call.campaign_id)
        values = _changed(row, call.changes)
        row = await work.campaigns.change(row.id, values) if values else row
        return await _done(work, parts, member, row, "update")


async def archive_campaign(call: ArchiveCampaign, parts: Parts, emit: Emit) -> CampaignSaved:
    """Nothing is deleted: its activities wait with it."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await _existing(work, member, call.campaign_id)
        row = await work.campaigns.change(row.id, {"is_archived": call.archived})
        return await _done(work, parts, member, row, "archive" if call.archived else "restore")


def _changed(row: CampaignRow, changes: CampaignChanges) -> dict[str, Any]:
    changed = {name: getattr(changes, name) for name in changes.named}
    own = {name: changed.pop(name) for name in ("is_archived",) if name in changed}
    whole = {name: getattr(row, name) for name in CampaignFields.model_fields} | changed
    texts = {name: whole[name] or "" for name in ("goal", "target_audience")}
    columns = _columns(CampaignFields.model_validate(whole | texts))
    return {name: columns[name] for name in changed} | own


def _columns(call: CampaignFields) -> dict[str, Any]:
    values = {name: getattr(call, name) for name in CampaignFields.model_fields}
    return {name: value if value != "" else None for name, value in values.items()}


async def _existing(work: UnitOfWork, member: Member, campaign_id: int) -> CampaignRow:
    row = await work.campaigns.get(member.organization_id, campaign_id)
    if row is None:
        raise no_such_campaign()
    return row


def no_such_campaign() -> NotFound:
    """What is said of a campaign that is not there, or that whoever asks may not see."""
    return NotFound("This campaign is not there any more. Go back to its project.")


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
