"""The feed of activities: one line each, with where it is filed and how far its run is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from marketer_desktop.storage.repositories.archive import outside_archive
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
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


@dataclass(frozen=True)
class Wanted:
    """Which activities of an organization; what is None or empty does not matter.

    `words` are looked for in topic, title and keywords. What lies in the archive is wanted only
    where its status, or the campaign or project it is in, is named.
    """

    status: str | None = None
    kind: str | None = None
    words: str = ""
    project_id: int | None = None
    campaign_id: int | None = None


class ActivityFeed:
    """Activities that whoever acts may see, the last touched first."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def recent(self, organization_id: int, limit: int) -> Sequence[FeedLine]:
        """The last activities of an organization."""
        ours = ProjectRow.organization_id == organization_id
        return await self._lines(_lines().where(ours, *_conditions(Wanted())).limit(limit))

    async def page(
        self, organization_id: int, wanted: Wanted, offset: int, limit: int
    ) -> tuple[int, Sequence[FeedLine]]:
        """How many of those `wanted` there are, and some of them."""
        listed = (ProjectRow.organization_id == organization_id, *_conditions(wanted))
        total = await self._session.scalar(
            _placed(select(func.count())).where(*listed, visible_to(self._acting))
        )
        return total or 0, await self._lines(_lines().where(*listed).offset(offset).limit(limit))

    async def of_project(self, project_id: int) -> Sequence[FeedLine]:
        """All activities of a project's campaigns."""
        wanted = Wanted(project_id=project_id)
        return await self._lines(_lines().where(*_conditions(wanted)))

    async def of_activity(self, activity_id: int) -> FeedLine | None:
        """The line of one activity, in the archive or not, or None."""
        lines = await self._lines(_lines().where(ActivityRow.id == activity_id))
        return lines[0] if lines else None

    async def _lines(self, query: Select[Any]) -> Sequence[FeedLine]:
        found = await self._session.execute(query.where(visible_to(self._acting)))
        return [FeedLine(*row) for row in found]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.campaign_id is not None:
        conditions.append(CampaignRow.id == wanted.campaign_id)
    else:
        conditions.append(~CampaignRow.is_archived)
    if wanted.project_id is not None:
        conditions.append(ProjectRow.id == wanted.project_id)
    elif wanted.campaign_id is None:
        conditions.append(~ProjectRow.is_archived)
    if wanted.status is None:
        conditions.append(outside_archive())
    else:
        conditions.append(ActivityRow.status == wanted.status)
    if wanted.kind is not None:
        conditions.append(ActivityRow.type == wanted.kind)
    if wanted.words:
        conditions.append(_says(wanted.words))
    return conditions


def _says(words: str) -> ColumnElement[bool]:
    keywords = func.array_to_string(ActivityRow.keywords, "\n")
    searched = (ActivityRow.topic, ActivityRow.content["metadata"]["title"].astext, keywords)
    return or_(*(text.icontains(words, autoescape=True) for text in searched))


def _lines() -> Select[Any]:
    """The texts themselves are left in the database: a list does not show them."""
    about = ActivityRow.content["metadata"]
    last_event = and_(
        RunEventRow.activity_id == ActivityRow.id, RunEventRow.seq == ActivityRow.last_event_seq
    )
    heavy = (ActivityRow.content, ActivityRow.report, ActivityRow.brief)
    columns = select(
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
    return (
        _placed(columns)
        .outerjoin(RunEventRow, last_event)
        .order_by(ActivityRow.updated_at.desc(), ActivityRow.id.desc())
        .options(*(defer(column, raiseload=True) for column in heavy))
    )


def _placed(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(ActivityRow)
        .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
        .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
    )
