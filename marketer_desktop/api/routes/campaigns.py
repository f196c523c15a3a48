"""Campaigns."""

from typing import Annotated

from fastapi import Query

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.campaign_page import (
    CampaignEntry,
    CampaignPage,
    ShowCampaign,
    ShowCampaignPage,
)
from marketer_desktop.services.campaigns import (
    ArchiveCampaign,
    CampaignChanges,
    ChangeCampaign,
    CreateCampaign,
)

router = EnvelopeRouter(prefix="/api/campaigns", tags=["campaigns"])


@router.post("", status_code=201)
async def create_campaign(asked: CreateCampaign, who: AsMember) -> CampaignEntry:
    """A new campaign in a project."""
    made = await who.call(asked)
    return await who.call(ShowCampaign(campaign_id=made.campaign_id))


@router.get("")
async def list_campaigns(
    asked: Annotated[ShowCampaignPage, Query()], who: AsMember
) -> CampaignPage:
    """The campaigns of all projects, or of one."""
    return await who.call(asked)


@router.get("/{campaign_id}")
async def show_campaign(campaign_id: Id, who: AsMember) -> CampaignEntry:
    """One campaign."""
    return await who.call(ShowCampaign(campaign_id=campaign_id))


@router.patch("/{campaign_id}")
async def update_campaign(campaign_id: Id, asked: CampaignChanges, who: AsMember) -> CampaignEntry:
    """Change what is named; `is_archived` puts it away or takes it out again."""
    await who.call(ChangeCampaign(campaign_id=campaign_id, changes=asked))
    return await who.call(ShowCampaign(campaign_id=campaign_id))


@router.delete("/{campaign_id}")
async def archive_campaign(campaign_id: Id, who: AsMember) -> CampaignEntry:
    """Put it into the archive, with its activities; nothing is deleted."""
    await who.call(ArchiveCampaign(campaign_id=campaign_id))
    return await who.call(ShowCampaign(campaign_id=campaign_id))
