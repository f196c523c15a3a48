"""People and organizations: users, organizations, memberships, keys of hybrid agents."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Counter,
    Created,
    Key,
    Moment,
    Synced,
    Updated,
    Version,
    Yes,
    one_of,
)


class UserRow(Updated, Base):
    """A person; `role` is the role on the installation, not in an organization."""

    __tablename__ = "users"
    __table_args__ = (
        one_of("role", "user", "admin"),
        Index("idx_users_email", "email", unique=True),
        Index("idx_users_email_lower", text("lower(email)"), unique=True),
        Index("idx_users_clerk_id", "clerk_id", unique=True),
        Index("idx_users_role", "role"),
    )

    id: Mapped[Key]
    clerk_id: Mapped[str | None] = mapped_column(String(255))
    email: Mapped[str] = mapped_column(String(255))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(50), server_default="user")
    name: Mapped[str | None] = mapped_column(String(255))
    avatar_url: Mapped[str | None]
    locale: Mapped[str] = mapped_column(String(20), server_default="en")
    timezone: Mapped[str] = mapped_column(String(64), server_default="UTC")
    is_active: Mapped[Yes]
    email_verified_at: Mapped[dt.datetime | None]
    last_login_at: Mapped[dt.datetime | None]
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class OrganizationRow(Synced, Updated, Base):
    """A tenant with its plan, quotas, usage counters and compliance mode."""

    __tablename__ = "organizations"
    __table_args__ = (
        one_of("plan", "local", "free", "pro", "enterprise"),
        one_of("llm_mode", "cloud", "local_agent", "hybrid"),
        one_of("agent_status", "not_configured", "connected", "disconnected"),
        one_of("compliance_mode", "standard", "hipaa", "gdpr", "soc2"),
        one_of("data_residency", "us", "eu", "asia"),
        Index("idx_organizations_slug", "slug", unique=True),
        Index("idx_organizations_stripe_customer", "stripe_customer_id", unique=True),
        Index("idx_organizations_plan", "plan"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(100))

    plan: Mapped[str] = mapped_column(String(50), server_default="free")
    plan_started_at: Mapped[dt.datetime | None]
    plan_expires_at: Mapped[dt.datetime | None]
    stripe_customer_id: Mapped[str | None] = mapped_column(String(255))
    stripe_subscription_id: Mapped[str | None] = mapped_column(String(255))

    max_users: Mapped[int] = mapped_column(server_default=text("1"))
    max_projects: Mapped[int] = mapped_column(server_default=text("3"))
    max_storage_gb: Mapped[int] = mapped_column(server_default=text("5"))
    requests_per_day: Mapped[int] = mapped_column(server_default=text("100"))
    current_storage_gb: Mapped[Decimal] = mapped_column(Numeric(10, 2), server_default=text("0"))
    requests_today: Mapped[Counter]
    requests_this_month: Mapped[Counter]
    last_reset_date: Mapped[dt.date] = mapped_column(server_default=func.current_date())

    llm_mode: Mapped[str] = mapped_column(String(50), server_default="cloud")
    agent_status: Mapped[str | None] = mapped_column(String(50))
    agent_last_seen: Mapped[dt.datetime | None]
    openai_api_key: Mapped[str | None] = mapped_column(String(500))
    anthropic_api_key: Mapped[str | None] = mapped_column(String(500))
    mistral_api_key: Mapped[str | None] = mapped_column(String(500))

    compliance_mode: Mapped[str | None] = mapped_column(String(50))
    data_residency: Mapped[str | None] = mapped_column(String(50))

    deleted_at: Mapped[dt.datetime | None]  # it is kept for a while, and can be brought back


class OrganizationMemberRow(Synced, Updated, Base):
    """A user's membership of an organization, or the invitation to it."""

    __tablename__ = "organization_members"
    __table_args__ = (
        one_of("role", "owner", "admin", "member", "viewer"),
        Index("idx_org_members_user", "user_id", "organization_id", unique=True),
        Index("idx_org_members_org", "organization_id"),
        Index("idx_org_members_invitation", "invitation_token", unique=True),
        Index("idx_org_members_invited_by", "invited_by"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(50), server_default="member")
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    invited_at: Mapped[Moment]
    invitation_token: Mapped[str | None] = mapped_column(String(255))
    invitation_expires_at: Mapped[dt.datetime | None]
    joined_at: Mapped[dt.datetime | None]
    is_active: Mapped[Yes]
    seen_since: Mapped[Version]  # the version since which it has its role; set by the database


class AgentApiKeyRow(Created, Base):
    """A key of a hybrid agent; `key_hash` is an HMAC-SHA256, found by the indexed prefix."""

    __tablename__ = "agent_api_keys"
    __table_args__ = (
        Index("idx_agent_keys_org", "organization_id"),
        Index("idx_agent_keys_hash", "key_hash", unique=True),
        Index("idx_agent_keys_prefix", "key_prefix"),
        Index("idx_agent_keys_active", "is_active"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    name: Mapped[str | None] = mapped_column(String(100))
    key_hash: Mapped[str] = mapped_column(String(255))
    key_prefix: Mapped[str] = mapped_column(String(20))
    permissions: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("""'{"llm_processing": true}'""")
    )
    is_active: Mapped[Yes]
    last_used_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime | None]
