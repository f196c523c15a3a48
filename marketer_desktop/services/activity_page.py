"""Activities with where they belong: a page of the list, and all about one of them."""

from collections.abc import Container
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from marketer_desktop.domain.activity_status import Status
from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.headlines import Headline
from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.services.activities import existing, status_of
from marketer_desktop.services.activity_report import (
    SourceReport,
    StepReport,
    activity_report,
)
from marketer_desktop.services.activity_text import revision_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_journal import read_brief
from marketer_desktop.services.storable import RowNumber
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.repositories.activity_feed import FeedLine, Wanted

Stored = Status | Literal["generating"]


class ActivityEntry(BaseModel):
    """An activity in a list; `title` is what was written, else the topic.

    `run_status` says more than `status` where a run was cut off (`interrupted`) or waits for its
    outline to be approved (`outline_review`). `progress` is that of its last run, in percent.
    """

    id: int
    type: str
    topic: str
    title: str
    status: str
    run_status: str
    campaign_id: int
    campaign: str
    project_id: int
    project: str
    word_count: int | None
    seo_score: int | None
    progress: int | None
    step: str | None
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


class ActivityPage(BaseModel):
    """The last touched first."""

    activities: list[ActivityEntry]
    pagination: Pagination


class ActivitySheet(ActivityEntry):
    """All about an activity but its text; `revision` counts how often that was stored."""

    brief: Brief
    revision: int
    model: str | None
    tokens: int
    duration_ms: int
    cost_usd: float
    error: str | None
    steps: list[StepReport]
    checks: list[Check]
    sources: list[SourceReport]
    headlines: list[Headline]
    outline: list[OutlineSection]


class ShowActivityPage(Paged, Call[ActivityPage]):
    """Activities by what they are and where they lie; `q` is looked for in title and keywords.

    What lies in the archive is listed only where its status, campaign or project is named.
    """

    status: Stored | None = None
    type: ContentType | None = None
    q: str = Field(default="", max_length=255)
    project_id: RowNumber | None = None
    campaign_id: RowNumber | None = None


class ShowActivitySheet(Call[ActivitySheet]):
    """One activity, in the archive or not."""

    activity_id: int


async def show_activity_page(call: ShowActivityPage, parts: Parts, emit: Emit) -> ActivityPage:
    """The activities of the projects that whoever asks may see."""
    wanted = Wanted(
        status=call.status,
        kind=call.type,
        words=call.q.strip(),
        project_id=call.project_id,
        campaign_id=call.campaign_id,
    )
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, lines = await work.feed.page(
            member.organization_id, wanted, call.offset, call.per_page
        )
        held = await leased(work.session)
        await work.commit()
    return ActivityPage(
        activities=[_entry(line, held, queued) for line in lines],
        pagination=call.pagination(total),
    )


async def show_activity_sheet(call: ShowActivitySheet, parts: Parts, emit: Emit) -> ActivitySheet:
    """The activity, if whoever asks may see it."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        line = await work.feed.of_activity(row.id)
        assert line is not None  # it exists, in this transaction
        entry = _entry(line, await leased(work.session), queued)
        told = await activity_report(work, row, entry.run_status)
    known = told.model_dump(include=set(ActivitySheet.model_fields) - set(entry.model_fields_set))
    return ActivitySheet(
        **dict(entry), **known, brief=read_brief(row.brief), revision=revision_of(row)
    )


def _entry(line: FeedLine, held: set[int], queued: Container[int]) -> ActivityEntry:
    row = line.activity
    return ActivityEntry(
        id=row.id,
        type=row.type,
        topic=row.topic,
        title=line.title or row.topic,
        status=row.status,
        run_status=status_of(row, held, queued),
        campaign_id=row.campaign_id,
        campaign=line.campaign,
        project_id=line.project_id,
        project=line.project,
        word_count=line.word_count,
        seo_score=line.seo_score,
        progress=line.progress,
        step=line.step,
        created_at=row.created_at,
        updated_at=row.updated_at,
        published_at=row.published_at,
    )
