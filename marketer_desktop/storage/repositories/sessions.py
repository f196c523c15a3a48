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
    """What a presented token was; `reused` if another was presented that excludes it."""

    token_id: int
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

    async def add(
        self,
        user_id: int,
        family: UUID,
        token: str,
        life: dt.timedelta,
        parent_id: int | None = None,
    ) -> None:
        """Add a token to a family, given for its parent; what has expired is forgotten."""
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
                parent_id=parent_id,
                token_hash=_hash(token),
                expires_at=func.clock_timestamp() + life,
            )
        )
        await self._session.flush()

    async def use(self, token: str) -> Rotation | None:
        """Mark a token as presented; None if there is none that has not expired.

        It may come again as long as none that was given for it was presented: then the answer
        was lost on its way. Of several that were given for one, only the first that is presented
        counts. Whatever else comes has been in two hands.
        """
        live = select(RefreshTokenRow).where(
            RefreshTokenRow.token_hash == _hash(token),
            RefreshTokenRow.expires_at > func.clock_timestamp(),
        )
        row: RefreshTokenRow | None = await self._session.scalar(live)
        if row is None:
            return None
        await self._one_at_a_time(row.family)
        row = await self._session.scalar(live.execution_options(populate_existing=True))
        if row is None:
            return None
        rotation = Rotation(row.id, row.user_id, row.family, await self._excluded(row))
        row.used_at = dt.datetime.now(dt.UTC)
        await self._session.flush()
        return rotation

    async def _one_at_a_time(self, family: UUID) -> None:
        """Until the transaction ends, tokens of this family are presented by nobody else."""
        key = func.hashtextextended(str(family), 0)
        await self._session.execute(select(func.pg_advisory_xact_lock(key)))

    async def _excluded(self, row: RefreshTokenRow) -> bool:
        """Whether one that was given for it, or in its place, was presented before."""
        rival = RefreshTokenRow.parent_id == row.id
        if row.parent_id is not None:
            in_its_place = RefreshTokenRow.parent_id == row.parent_id
            rival |= in_its_place & (RefreshTokenRow.id != row.id)
        found: bool | None = await self._session.scalar(
            select(
                select(RefreshTokenRow.id)
                .where(rival, RefreshTokenRow.used_at.is_not(None))
                .exists()
            )
        )
        return bool(found)

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
