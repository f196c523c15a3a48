"""The feed of activities: one line each, with where it is filed and how far its run is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, and_, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from marketer_desktop.storage.tables import ActivityRow, CampaignRow, ProjectRow, RunEventRow


@dataclass(frozen=True)
class FeedLine:
    """An activity without its text; `progress` and `step` are those of its last stored event."""

    activity: ActivityRow
    title: str | None
    word_count: int | None
    seo_score: int | None
    campaign: str
    project_id: int
    project: str
    progress: int | None
    step: str | None


class ActivityFeed:
    """Activities outside the archive, the last touched first."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def recent(self, organization_id: int, limit: int) -> Sequence[FeedLine]:
        """The last activities of an organization."""
        live = (~CampaignRow.is_archived, ~ProjectRow.is_archived)
        query = _lines().where(ProjectRow.organization_id == organization_id, *live)
        return await self._lines(query.limit(limit))

    async def of_project(self, project_id: int) -> Sequence[FeedLine]:
        """All activities of a project's campaigns."""
        return await self._lines(
            _lines().where(ProjectRow.id == project_id, ~CampaignRow.is_archived)
        )

    async def _lines(self, query: Select[Any]) -> Sequence[FeedLine]:
        return [FeedLine(*row) for row in await self._session.execute(query)]


def _lines() -> Select[Any]:
    """The texts themselves are left in the database: a list does not show them."""
    about = ActivityRow.content["metadata"]
    last_event = and_(
        RunEventRow.activity_id == ActivityRow.id, RunEventRow.seq == ActivityRow.last_event_seq
    )
    heavy = (ActivityRow.content, ActivityRow.report, ActivityRow.brief)
    return (
        select(
            ActivityRow,
            about["title"].astext,
            cast(about["word_count"].astext, Integer),
            cast(about["seo_score"].astext, Integer),
            CampaignRow.name,
            ProjectRow.id,
            ProjectRow.name,
            RunEventRow.progress,
            RunEventRow.step,
        )
        .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
        .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
        .outerjoin(RunEventRow, last_event)
        .where(ActivityRow.status != "archived")
        .order_by(ActivityRow.updated_at.desc(), ActivityRow.id.desc())
        .options(*(defer(column, raiseload=True) for column in heavy))
    )
