"""What all mapped rows share: naming of constraints, column types, time stamps, sync columns."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    FetchedValue,
    MetaData,
    Numeric,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "idx_%(table_name)s_%(column_0_N_name)s",
}
NOW = func.current_timestamp()

Key = Annotated[int, mapped_column(primary_key=True)]
Money = Annotated[Decimal, mapped_column(Numeric(10, 4), server_default=text("0"))]
Moment = Annotated[dt.datetime, mapped_column(server_default=NOW)]
Counter = Annotated[int, mapped_column(server_default=text("0"))]
Version = Annotated[int, mapped_column(BigInteger, server_default=text("0"))]
Yes = Annotated[bool, mapped_column(server_default=text("true"))]
No = Annotated[bool, mapped_column(server_default=text("false"))]


class Base(DeclarativeBase):
    """The declarative base; values set by the database come back with every write."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        list[str]: ARRAY(Text),
        dict[str, Any]: JSONB(none_as_null=True),
        dt.datetime: DateTime(timezone=True),
    }
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - declared by SQLAlchemy


class Created:
    """A row that knows when it was made."""

    created_at: Mapped[Moment] = mapped_column(sort_order=90)


class Updated(Created):
    """A row whose `updated_at` a trigger moves at every change."""

    updated_at: Mapped[Moment] = mapped_column(sort_order=91, server_onupdate=FetchedValue())


class Synced:
    """A row that syncs: an identity across machines, and the server's version of it."""

    sync_id: Mapped[uuid.UUID] = mapped_column(
        unique=True, server_default=func.gen_random_uuid(), sort_order=80
    )
    version: Mapped[int] = mapped_column(BigInteger, server_default=text("0"), sort_order=81)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A check that `column` holds one of `values` (or NULL where the column allows it)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
