"""What people are told and what is kept for the record: notifications, audit logs."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Created,
    Key,
    Moment,
    No,
    Synced,
    one_of,
)


class NotificationRow(Synced, Created, Base):
    """A message to a user, such as `workflow_complete`, `team_invite`, `quota_exceeded`."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("idx_notifications_user", "user_id"),
        Index("idx_notifications_org", "organization_id"),
        Index("idx_notifications_read", "is_read"),
        Index("idx_notifications_created", text("created_at DESC")),
        Index(
            "idx_notifications_unread",
            "user_id",
            text("created_at DESC"),
            postgresql_where=text("NOT is_read"),
        ),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE")
    )
    type: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(255))
    message: Mapped[str]
    link_url: Mapped[str | None]
    link_text: Mapped[str | None] = mapped_column(String(100))
    is_read: Mapped[No]
    read_at: Mapped[dt.datetime | None]
    details: Mapped[dict[str, Any] | None] = mapped_column("metadata")


class AuditLogRow(Base):
    """Who did what to which resource, from where, and whether it was allowed to succeed."""

    __tablename__ = "audit_logs"
    __table_args__ = (
        one_of("status", "success", "failure"),
        Index("idx_audit_logs_user", "user_id"),
        Index("idx_audit_logs_org", "organization_id"),
        Index("idx_audit_logs_org_timestamp", "organization_id", text('"timestamp" DESC')),
        Index("idx_audit_logs_timestamp", text('"timestamp" DESC')),
        Index("idx_audit_logs_action", "action"),
        Index("idx_audit_logs_resource", "resource_type", "resource_id"),
    )

    id: Mapped[Key]
    timestamp: Mapped[Moment]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    ip_address: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None]
    action: Mapped[str] = mapped_column(String(100))
    resource_type: Mapped[str | None] = mapped_column(String(50))
    resource_id: Mapped[int | None]
    details: Mapped[dict[str, Any] | None]
    status: Mapped[str] = mapped_column(String(20))
    retention_days: Mapped[int] = mapped_column(server_default=text("2555"))
