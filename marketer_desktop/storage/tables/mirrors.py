"""Copies of a server's rows: what the server told of them, what differs here, what is disputed."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Created,
    Key,
    Updated,
    Version,
    one_of,
)


class SyncStateRow(Base):
    """How far an account's server was read; `generation` counts readings from the beginning.

    What was told before the generation `history` is of another past than what is told now.
    """

    __tablename__ = "sync_states"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    cursor: Mapped[str | None]
    generation: Mapped[int] = mapped_column(server_default=text("1"))
    history: Mapped[int] = mapped_column(server_default=text("1"))
    next_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("1"))
    last_synced_at: Mapped[dt.datetime | None]
    problem: Mapped[str] = mapped_column(server_default=text("''"))


class SyncBaseRow(Base):
    """A row as the server told it last; `late` is the change that came while it was written here.

    What only goes down has no `data`.
    """

    __tablename__ = "sync_bases"
    __table_args__ = (Index("idx_sync_bases_sync", "sync_id"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sync_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(String(50))
    version: Mapped[int] = mapped_column(BigInteger)
    generation: Mapped[int]
    data: Mapped[dict[str, Any] | None]
    late: Mapped[dict[str, Any] | None]


class SyncOutboxRow(Updated, Base):
    """A row that may differ from the server's, or a change of one as it was sent or refused."""

    __tablename__ = "sync_outbox"
    __table_args__ = (
        one_of("state", "waiting", "sent", "refused"),
        Index(
            "idx_sync_outbox_waiting",
            "account_id",
            "sync_id",
            unique=True,
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("idx_sync_outbox_seq", "account_id", "seq"),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    entity: Mapped[str] = mapped_column(String(50))
    sync_id: Mapped[uuid.UUID]
    state: Mapped[str] = mapped_column(String(50), server_default="waiting")
    seq: Mapped[int | None] = mapped_column(BigInteger)
    push_key: Mapped[uuid.UUID | None]
    base_version: Mapped[Version]
    fields: Mapped[dict[str, Any] | None]
    data: Mapped[dict[str, Any] | None]
    code: Mapped[str | None] = mapped_column(String(100))
    message: Mapped[str | None]


class SyncConflictRow(Created, Base):
    """What was changed here when it was changed otherwise there; the row has what they changed.

    Without a `field` it is the whole row, which is gone there.
    """

    __tablename__ = "sync_conflicts"
    __table_args__ = (Index("idx_sync_conflicts_row", "account_id", "sync_id"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    entity: Mapped[str] = mapped_column(String(50))
    sync_id: Mapped[uuid.UUID]
    field: Mapped[str] = mapped_column(String(100))
    mine: Mapped[Any] = mapped_column(JSONB)
