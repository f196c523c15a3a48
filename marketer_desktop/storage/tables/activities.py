"""Activities: one piece of content each, from its brief to the published text."""

import datetime as dt
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Counter,
    Key,
    Money,
    Synced,
    Updated,
    one_of,
)

STATUSES = (
    "draft",
    "generating",
    "completed",
    "needs_attention",
    "failed",
    "cancelled",
    "in_review",
    "approved",
    "published",
    "archived",
)


class ActivityRow(Synced, Updated, Base):
    """One piece of content.

    `brief` is what was asked for, `content` is `{final_content, seo_data, research_sources,
    social_variants, metadata}`, `report` the checks, `workflow_state` a reference to the run
    (thread, checkpoint, step). `last_event_seq` is the number of its newest stored event.
    """

    __tablename__ = "activities"
    __table_args__ = (
        one_of("type", "blog", "linkedin", "twitter", "webpage", "email"),
        one_of("status", *STATUSES),
        CheckConstraint("target_word_count > 0", name="target_word_count"),
        Index("idx_activities_campaign", "campaign_id"),
        Index("idx_activities_owner", "owner_id"),
        Index("idx_activities_status", "status"),
        Index("idx_activities_type", "type"),
        Index("idx_activities_created", text("created_at DESC")),
        Index("idx_activities_batch", text("(brief ->> 'batch')")),
    )

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    type: Mapped[str] = mapped_column(String(50))
    topic: Mapped[str] = mapped_column(String(255))
    keywords: Mapped[list[str] | None]
    tone: Mapped[str] = mapped_column(String(50), server_default="professional")
    target_audience: Mapped[str | None]
    target_word_count: Mapped[int | None]
    document_ids: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=text("'{}'"))
    brief: Mapped[dict[str, Any] | None]

    status: Mapped[str] = mapped_column(String(50), server_default="draft")
    error_message: Mapped[str | None]
    content: Mapped[dict[str, Any] | None]
    report: Mapped[dict[str, Any] | None]
    published_at: Mapped[dt.datetime | None]
    published_url: Mapped[str | None]

    workflow_state: Mapped[dict[str, Any] | None]
    workflow_started_at: Mapped[dt.datetime | None]
    workflow_completed_at: Mapped[dt.datetime | None]
    workflow_duration_ms: Mapped[int | None]
    last_event_seq: Mapped[Counter]

    tokens_used: Mapped[Counter]
    cost_usd: Mapped[Money]
