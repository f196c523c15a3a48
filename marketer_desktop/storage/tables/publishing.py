"""Where texts are published, and how each text stands there."""

import datetime as dt
import uuid

from sqlalchemy import ARRAY, ForeignKey, Index, String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import Base, Counter, Key, No, Updated, one_of

NONE = text("'{}'")


class PublishingTargetRow(Updated, Base):
    """A site or a folder; its secret is in the keyring, that of a server's members sealed here.

    `public_only` says that it may lie on no private network. One that is removed keeps its row:
    who adds it again finds the posts that are there.
    """

    __tablename__ = "publishing_targets"
    __table_args__ = (
        one_of("kind", "wordpress", "ghost", "webhook", "folder"),
        UniqueConstraint("project_id", "kind", "address"),
        Index(
            "idx_publishing_targets_name",
            "project_id",
            text("lower(name)"),
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("idx_publishing_targets_organization", "organization_id"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(50))
    address: Mapped[str]  # of the site, or the folder's path
    account: Mapped[str | None] = mapped_column(String(255))
    sealed_secret: Mapped[str | None]
    public_only: Mapped[No]
    removed_at: Mapped[dt.datetime | None]


class PublicationRow(Updated, Base):
    """A text at a target, written down before it is sent.

    `key` is what its post is found by, `orders` counts what was asked for, `due_at` is when the
    next attempt or look is due; `revision` is the text's when it was sent last.
    """

    __tablename__ = "publications"
    __table_args__ = (
        one_of("state", "waiting", "scheduled", "draft", "published", "failed", "cancelled"),
        UniqueConstraint("activity_id", "target_id"),
        Index("idx_publications_due", "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index("idx_publications_target", "target_id"),
        Index("idx_publications_requested_by", "requested_by"),
    )

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    target_id: Mapped[int] = mapped_column(ForeignKey("publishing_targets.id", ondelete="CASCADE"))
    key: Mapped[uuid.UUID] = mapped_column(unique=True, server_default=func.gen_random_uuid())
    state: Mapped[str] = mapped_column(String(50), server_default="waiting")
    as_draft: Mapped[No]
    publish_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    orders: Mapped[int] = mapped_column(server_default=text("1"))
    attempts: Mapped[Counter]
    slug: Mapped[str] = mapped_column(String(255))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=NONE)
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=NONE)
    image: Mapped[str | None]
    revision: Mapped[int | None]
    remote_id: Mapped[str | None] = mapped_column(String(255))
    url: Mapped[str | None]
    cause: Mapped[str | None] = mapped_column(String(50))
    problem: Mapped[str | None]
    notes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=NONE)
    requested_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[dt.datetime | None]
