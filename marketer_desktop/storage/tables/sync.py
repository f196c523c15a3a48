"""What desktops sync with a server: counters of versions, tombstones, and who has pushed what."""

import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import Base, Key, No, Updated, Version


class SyncCounterRow(Base):
    """The last version of an organization's rows, or of a person's own; triggers count it.

    The rows of a mirror have the versions of the server that they come from.
    """

    __tablename__ = "sync_counters"
    __table_args__ = (
        CheckConstraint("num_nonnulls(organization_id, user_id) = 1", name="owner"),
        Index("idx_sync_counters_account", "account_id"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), unique=True
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), unique=True
    )
    version: Mapped[Version]
    is_mirror: Mapped[No]
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL")
    )  # that a mirrored organization comes from


class SyncTombstoneRow(Base):
    """Something that is no longer there; where it had a `visibility`, for those who saw it."""

    __tablename__ = "sync_tombstones"
    __table_args__ = (
        Index("idx_sync_tombstones_org", "organization_id", "version"),
        Index("idx_sync_tombstones_user", "user_id", "version"),
    )

    sync_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(String(50))
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE")
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(BigInteger)
    visibility: Mapped[str | None] = mapped_column(String(50))
    owner_id: Mapped[int | None]


class SyncClientRow(Updated, Base):
    """A desktop of a user, and the number of its last change that was carried out."""

    __tablename__ = "sync_clients"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    client_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    last_seq: Mapped[Version]


class SyncEpochRow(Base):
    """Which history the versions belong to, and the database that it was begun in."""

    __tablename__ = "sync_epoch"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, server_default=text("1"))
    epoch: Mapped[uuid.UUID]
    place: Mapped[str] = mapped_column(String(100))
