"""Campaigns with their projects and counts: a page of the list, and one of them."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.campaigns import no_such_campaign
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.storable import RowNumber
from marketer_desktop.storage.repositories.campaigns import CampaignOfProject


class CampaignEntry(BaseModel):
    """A campaign; the budget is in whole units of its currency."""

    id: int
    project_id: int
    project: str
    name: str
    goal: str | None
    target_audience: str | None
    start_date: date | None
    end_date: date | None
    budget_amount: Decimal | None
    budget_currency: str
    status: str
    is_archived: bool
    activities_count: int
    created_at: datetime
    updated_at: datetime


class CampaignPage(BaseModel):
    """The newest first."""

    campaigns: list[CampaignEntry]
    pagination: Pagination


class ShowCampaignPage(Paged, Call[CampaignPage]):
    """Those in the archive, or those that are not; of all projects, or of one."""

    project_id: RowNumber | None = None
    is_archived: bool = False


class ShowCampaign(Call[CampaignEntry]):
    """One campaign, in the archive or not."""

    campaign_id: int


async def show_campaign_page(call: ShowCampaignPage, parts: Parts, emit: Emit) -> CampaignPage:
    """The campaigns of the projects that whoever asks may see."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, found = await work.campaigns.page(
            member.organization_id, call.project_id, call.is_archived, call.offset, call.per_page
        )
        await work.commit()
    return CampaignPage(
        campaigns=[_entry(each) for each in found], pagination=call.pagination(total)
    )


async def show_campaign(call: ShowCampaign, parts: Parts, emit: Emit) -> CampaignEntry:
    """The campaign, if whoever asks may see its project."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        found = await work.campaigns.placed(member.organization_id, call.campaign_id)
        await work.commit()
    if found is None:
        raise no_such_campaign()
    return _entry(found)


def _entry(found: CampaignOfProject) -> CampaignEntry:
    row = found.campaign
    return CampaignEntry(
        id=row.id,
        project_id=row.project_id,
        project=found.project,
        name=row.name,
        goal=row.goal,
        target_audience=row.target_audience,
        start_date=row.start_date,
        end_date=row.end_date,
        budget_amount=row.budget_amount,
        budget_currency=row.budget_currency,
        status=row.status,
        is_archived=row.is_archived,
        activities_count=found.activities,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
