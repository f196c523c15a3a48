"""What people do with content: revisions of a text, and the images in it."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Counter,
    Created,
    Key,
    Synced,
    one_of,
)

REASONS = ("generated", "edited", "restored", "regenerated", "imported")


class ActivityRevisionRow(Synced, Created, Base):
    """A text as it once stood; `number` counts from 1 in each activity."""

    __tablename__ = "activity_revisions"
    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        one_of("reason", *REASONS),
        Index("idx_activity_revisions_created_by", "created_by"),
    )

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(String(50))
    title: Mapped[str | None] = mapped_column(String(255))
    markdown: Mapped[str]
    word_count: Mapped[Counter]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class AssetRow(Created, Base):
    """An image of a text, copied into the data folder; `content_hash` is its SHA-256 in hex."""

    __tablename__ = "assets"
    __table_args__ = (UniqueConstraint("activity_id", "content_hash"),)

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    file_path: Mapped[str]
    file_size: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
