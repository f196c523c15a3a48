"""Where content belongs: projects with their brand voice, and campaigns in them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Key,
    No,
    Synced,
    Updated,
    Version,
    one_of,
)


class ProjectRow(Synced, Updated, Base):
    """A project; `brand_voice` is the JSON form of a `BrandVoice`."""

    __tablename__ = "projects"
    __table_args__ = (
        one_of("visibility", "private", "team", "organization"),
        Index("idx_projects_org", "organization_id"),
        Index("idx_projects_owner", "owner_id"),
        Index("idx_projects_visibility", "visibility"),
        Index("idx_projects_org_name", "organization_id", text("lower(name)")),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    brand_voice: Mapped[dict[str, Any] | None]
    default_tone: Mapped[str] = mapped_column(String(50), server_default="professional")
    default_target_audience: Mapped[str | None]
    default_keywords: Mapped[list[str] | None]
    visibility: Mapped[str] = mapped_column(String(50), server_default="organization")
    is_archived: Mapped[No]
    share_with_team: Mapped[No]  # it syncs, with all that is in it
    seen_since: Mapped[Version]  # by those who see it now; set by the database


class CampaignRow(Synced, Updated, Base):
    """A campaign of a project, with its target, dates and optional budget."""

    __tablename__ = "campaigns"
    __table_args__ = (
        one_of("status", "planning", "active", "paused", "completed"),
        CheckConstraint("end_date >= start_date", name="dates"),
        Index("idx_campaigns_project", "project_id"),
        Index("idx_campaigns_owner", "owner_id"),
        Index("idx_campaigns_status", "status"),
    )

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    goal: Mapped[str | None]
    target_audience: Mapped[str | None]
    start_date: Mapped[dt.date | None]
    end_date: Mapped[dt.date | None]
    budget_amount: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    budget_currency: Mapped[str] = mapped_column(String(3), server_default="USD")
    status: Mapped[str] = mapped_column(String(50), server_default="active")
    is_archived: Mapped[No]
