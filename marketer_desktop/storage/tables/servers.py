"""Servers that this desktop is joined to: accounts there, and what has left the machine."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import Base, Key, Updated, one_of


class ServerAccountRow(Updated, Base):
    """An account of the person at this computer on a server; its tokens are in the keyring."""

    __tablename__ = "accounts"
    __table_args__ = (
        one_of("kind", "password", "browser", "oidc"),
        one_of("state", "signed_in", "signed_out"),
        Index("idx_accounts_server_email", "server", text("lower(email)"), unique=True),
        Index("idx_accounts_user", "user_id"),
    )

    id: Mapped[Key]
    server: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(50))  # how the person signed in
    issuer: Mapped[str | None] = mapped_column(String(500))  # who vouched for them, if another
    email: Mapped[str] = mapped_column(String(255))
    remote_user_id: Mapped[int]  # the number of the account on the server
    client_id: Mapped[uuid.UUID] = mapped_column(
        unique=True, server_default=func.gen_random_uuid()
    )  # what the server calls this desktop
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(50), server_default="signed_in")
    problem: Mapped[str] = mapped_column(server_default=text("''"))  # why it is signed out
    last_used_at: Mapped[dt.datetime | None]


class DepartureRow(Base):
    """Something that left the machine, `times` one after the other: never its content."""

    __tablename__ = "departures"
    __table_args__ = (
        Index("idx_departures_at", "at"),
        Index("idx_departures_account", "account_id"),
    )

    id: Mapped[Key]
    at: Mapped[dt.datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    destination: Mapped[str] = mapped_column(String(255))  # the host
    kind: Mapped[str] = mapped_column(String(50))
    what: Mapped[str] = mapped_column(String(500))
    times: Mapped[int] = mapped_column(server_default=text("1"))
    bytes: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
