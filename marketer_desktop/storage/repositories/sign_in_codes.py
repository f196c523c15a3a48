"""Codes that a browser brings back to a desktop: each is taken once, by one process of all."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import SignInCodeRow


@dataclass(frozen=True)
class TakenCode:
    """What a presented code was made for; `reused` if it was presented before."""

    user_id: int
    family: UUID
    code_challenge: str
    redirect_uri: str
    expired: bool
    reused: bool


class SignInCodes:
    """The codes of all sign-ins under way; they are kept as hashes only."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        code: str,
        user_id: int,
        family: UUID,
        code_challenge: str,
        redirect_uri: str,
        life: dt.timedelta,
    ) -> None:
        """Add a code for a session `family` that is not open yet."""
        self._session.add(
            SignInCodeRow(
                code_hash=_hash(code),
                user_id=user_id,
                family=family,
                code_challenge=code_challenge,
                redirect_uri=redirect_uri,
                expires_at=func.clock_timestamp() + life,
            )
        )
        await self._session.flush()

    async def take(self, code: str) -> TakenCode | None:
        """Mark a code as used; of two who present it at once the second waits. None: unknown."""
        found = (
            await self._session.execute(
                select(SignInCodeRow, SignInCodeRow.expires_at <= func.clock_timestamp())
                .where(SignInCodeRow.code_hash == _hash(code))
                .with_for_update()
            )
        ).one_or_none()
        if found is None:
            return None
        row, expired = found
        reused = row.used_at is not None
        row.used_at = row.used_at or dt.datetime.now(dt.UTC)
        await self._session.flush()
        return TakenCode(
            row.user_id, row.family, row.code_challenge, row.redirect_uri, expired, reused
        )

    async def forget(self, age: dt.timedelta) -> None:
        """Remove those that expired so long ago that nobody repeats them."""
        await self._session.execute(
            delete(SignInCodeRow).where(SignInCodeRow.expires_at < func.clock_timestamp() - age)
        )


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
