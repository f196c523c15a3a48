"""The events of a run, with the specification's steps and their progress in percent."""

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

Step = Literal["seo_research", "research", "writing", "editing", "social_media"]
STEPS: tuple[Step, ...] = ("seo_research", "research", "writing", "editing", "social_media")

# Progress in percent when the step has finished (specification, section 8.5).
PROGRESS: dict[str, int] = {
    "seo_research": 20,
    "research": 40,
    "writing": 60,
    "editing": 80,
    "social_media": 95,
    "complete": 100,
}

Kind = Literal["started", "finished", "draft", "progress", "waiting", "ended"]


class RunEvent(BaseModel):
    """One thing that happened in a run.

    A run that is `waiting` stands still until somebody has seen to what `data["for"]` names.
    `seq` numbers the stored events of one activity from 1 without a gap; transient events
    (`draft` deltas and `progress` with ETA) are not stored and carry none.
    """

    activity_id: int
    seq: int | None = None
    kind: Kind
    step: str
    progress: int = Field(ge=0, le=100)
    data: dict[str, Any] = Field(default_factory=dict)
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
