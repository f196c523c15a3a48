"""One line about an activity, as the dashboard and projects show it."""

from collections.abc import Container
from datetime import datetime

from pydantic import BaseModel

from marketer_desktop.services.activities import status_of
from marketer_desktop.storage.repositories.activity_feed import FeedLine


class ActivityLine(BaseModel):
    """`title` is what was written, else the topic; progress and step are those of its run."""

    activity_id: int
    type: str
    topic: str
    title: str
    status: str
    campaign_id: int
    campaign: str
    project_id: int
    project: str
    word_count: int | None
    seo_score: int | None = None
    updated_at: datetime
    progress: int | None
    step: str | None


def activity_line(line: FeedLine, held: set[int], queued: Container[int]) -> ActivityLine:
    """The line with the status as it stands: a run that nobody holds is `interrupted`."""
    row = line.activity
    return ActivityLine(
        activity_id=row.id,
        type=row.type,
        topic=row.topic,
        title=line.title or row.topic,
        status=status_of(row, held, queued),
        campaign_id=row.campaign_id,
        campaign=line.campaign,
        project_id=line.project_id,
        project=line.project,
        word_count=line.word_count,
        seo_score=line.seo_score,
        updated_at=row.updated_at,
        progress=line.progress,
        step=line.step,
    )
