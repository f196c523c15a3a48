"""Makes what services tell of projects and activities, for tests of pages."""

from datetime import UTC, date, datetime
from typing import Any

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.services.activity_lines import ActivityLine
from marketer_desktop.services.overview import MonthUsage, Overview
from marketer_desktop.services.projects import (
    CampaignDetails,
    CampaignRef,
    ProjectDetails,
    ProjectSummary,
)

MOMENT = datetime(2026, 3, 18, 12, tzinfo=UTC)


def make_line(activity_id: int, status: str = "completed", **values: Any) -> ActivityLine:
    """A blog post about tea."""
    about = {
        "type": "blog",
        "topic": "Tea",
        "title": f"Tea, part {activity_id}",
        "campaign_id": 1,
        "campaign": "General",
        "project_id": 1,
        "project": "Spring",
        "word_count": 600,
        "updated_at": MOMENT,
        "progress": None,
        "step": None,
    }
    return ActivityLine.model_validate(
        {**about, **values, "activity_id": activity_id, "status": status}
    )


def make_summary(project_id: int = 1, name: str = "Spring", **values: Any) -> ProjectSummary:
    """A project with three of its twelve activities published."""
    about = {
        "is_archived": False,
        "campaigns": [CampaignRef(campaign_id=1, name="General")],
        "activity_count": 12,
        "published_count": 3,
        "document_count": 2,
        "updated_at": MOMENT,
    }
    return ProjectSummary.model_validate(
        {**about, **values, "project_id": project_id, "name": name}
    )


def make_overview(*lines: ActivityLine, projects: list[ProjectSummary] | None = None) -> Overview:
    """An overview of these activities in March."""
    usage = MonthUsage(
        month=date(2026, 3, 1),
        requests=1450,
        credits=2300.4,
        storage_bytes=2_340_000_000,
        per_day=[1450, *[0] * 30],
    )
    found = [make_summary()] if projects is None else projects
    return Overview(activities=list(lines), usage=usage, projects=found)


def make_campaign(campaign_id: int, name: str, *lines: ActivityLine) -> CampaignDetails:
    """An active campaign without dates and budget."""
    return CampaignDetails(
        campaign_id=campaign_id,
        name=name,
        goal=None,
        target_audience=None,
        start_date=None,
        end_date=None,
        budget_amount=None,
        budget_currency="EUR",
        status="active",
        activities=list(lines),
    )


def make_project(*campaigns: CampaignDetails, **values: Any) -> ProjectDetails:
    """A project without a voice and without documents."""
    about = {
        "project_id": 1,
        "name": "Spring",
        "description": "",
        "default_tone": "professional",
        "default_target_audience": "",
        "default_keywords": [],
        "visibility": "organization",
        "is_archived": False,
        "brand_voice": BrandVoice(),
        "campaigns": list(campaigns),
        "documents": [],
    }
    return ProjectDetails.model_validate({**about, **values})
