"""Sessions: who is signed in, each a family of tokens that replace one another."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import RefreshTokenRow


@dataclass(frozen=True)
class Rotation:
    """What a presented token was; `reused` if it had been replaced before."""

    user_id: int
    family: UUID
    reused: bool


def is_open(
    family: UUID | ColumnElement[UUID], user_id: int | ColumnElement[int]
) -> ColumnElement[bool]:
    """Whether a session of this user is there and has not expired."""
    return (
        select(RefreshTokenRow.id)
        .where(
            RefreshTokenRow.family == family,
            RefreshTokenRow.user_id == user_id,
            RefreshTokenRow.expires_at > func.clock_timestamp(),
        )
        .exists()
    )


class Sessions:
    """The sessions of all accounts; tokens are kept as hashes only."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, user_id: int, family: UUID, token: str, life: dt.timedelta) -> None:
        """Add a token to a family; what of this user has expired is forgotten."""
        await self._session.execute(
            delete(RefreshTokenRow).where(
                RefreshTokenRow.user_id == user_id,
                RefreshTokenRow.expires_at < func.clock_timestamp(),
            )
        )
        self._session.add(
            RefreshTokenRow(
                user_id=user_id,
                family=family,
                token_hash=_hash(token),
                expires_at=func.clock_timestamp() + life,
            )
        )
        await self._session.flush()

    async def use(self, token: str) -> Rotation | None:
        """Mark a token as replaced; None if there is none that has not expired."""
        row: RefreshTokenRow | None = await self._session.scalar(
            select(RefreshTokenRow)
            .where(
                RefreshTokenRow.token_hash == _hash(token),
                RefreshTokenRow.expires_at > func.clock_timestamp(),
            )
            .with_for_update()
        )
        if row is None:
            return None
        rotation = Rotation(row.user_id, row.family, row.used_at is not None)
        row.used_at = dt.datetime.now(dt.UTC)
        await self._session.flush()
        return rotation

    async def close(self, family: UUID) -> None:
        """End one session: its access tokens, too, are worth nothing from now on."""
        await self._session.execute(delete(RefreshTokenRow).where(RefreshTokenRow.family == family))

    async def close_all(self, user_id: int) -> None:
        """End every session of a user."""
        await self._session.execute(
            delete(RefreshTokenRow).where(RefreshTokenRow.user_id == user_id)
        )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
