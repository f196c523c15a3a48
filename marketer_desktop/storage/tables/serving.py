"""What a team server keeps: rotated tokens, answers given once, agents and what they are asked."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Counter,
    Created,
    Key,
    Updated,
    one_of,
)


class RefreshTokenRow(Created, Base):
    """A token that is good for one refresh; those that came of one sign-in are a family."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        Index("idx_refresh_tokens_user", "user_id"),
        Index("idx_refresh_tokens_family", "family"),
        Index("idx_refresh_tokens_parent", "parent_id"),
        Index("idx_refresh_tokens_expires", "expires_at"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    family: Mapped[uuid.UUID]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    # The token that it was given for.
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("refresh_tokens.id", ondelete="SET NULL")
    )


class SignInCodeRow(Created, Base):
    """What a browser brings back to a desktop that sent it to sign in; good once."""

    __tablename__ = "sign_in_codes"
    __table_args__ = (
        Index("idx_sign_in_codes_user", "user_id"),
        Index("idx_sign_in_codes_expires", "expires_at"),
    )

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    family: Mapped[uuid.UUID]  # of the session that it opens
    code_challenge: Mapped[str] = mapped_column(String(43))
    redirect_uri: Mapped[str] = mapped_column(String(255))
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class PaceRow(Base):
    """Until when somebody has used up what they may do, such as sign in from one address."""

    __tablename__ = "paces"
    __table_args__ = (
        Index("idx_paces_busy_until", "busy_until"),
        {"prefixes": ["UNLOGGED"]},
    )

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    busy_until: Mapped[dt.datetime]


class IdempotencyKeyRow(Created, Base):
    """The answer to a request, for whoever sends the same again; without one it is under way."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("idx_idempotency_keys_created", "created_at"),)

    scope: Mapped[str] = mapped_column(String(100), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    response: Mapped[dict[str, Any] | None]


class AgentConnectionRow(Base):
    """An agent that is connected to the process `hub` now; its rows are worthless when it ends."""

    __tablename__ = "agent_connections"
    __table_args__ = (
        CheckConstraint("capacity >= 1", name="capacity"),
        Index("idx_agent_connections_org", "organization_id"),
        Index("idx_agent_connections_key", "agent_key_id"),
        Index("idx_agent_connections_hub", "hub"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    agent_key_id: Mapped[int] = mapped_column(ForeignKey("agent_api_keys.id", ondelete="CASCADE"))
    hub: Mapped[uuid.UUID]
    models: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    capacity: Mapped[int] = mapped_column(server_default=text("1"))


class AgentRequestRow(Updated, Base):
    """What an agent of an organization is asked, with its answer as far as it has come."""

    __tablename__ = "agent_requests"
    __table_args__ = (
        one_of("status", "waiting", "sent", "completed", "failed", "cancelled"),
        Index("idx_agent_requests_org", "organization_id", "status"),
        Index("idx_agent_requests_connection", "connection_id"),
        Index("idx_agent_requests_expires", "expires_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    connection_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("agent_connections.id", ondelete="SET NULL")
    )
    request: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(50), server_default="waiting")
    offers: Mapped[Counter]  # how many agents it was given to
    content: Mapped[str] = mapped_column(server_default=text("''"))
    usage: Mapped[dict[str, Any] | None]
    error: Mapped[dict[str, Any] | None]
    expires_at: Mapped[dt.datetime]
