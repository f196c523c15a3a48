"""What was asked before: the same request is carried out once."""

import datetime as dt
from typing import Any

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import IdempotencyKeyRow


class Idempotency:
    """The keys of requests, each within its scope."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def take(self, scope: str, key: str, request_hash: str, response: dict[str, Any]) -> bool:
        """Note a request with its answer; False if it was carried out before.

        One that is under way in another transaction is waited for.
        """
        taken = await self._session.scalar(
            insert(IdempotencyKeyRow)
            .values(scope=scope, key=key, request_hash=request_hash, response=response)
            .on_conflict_do_nothing()
            .returning(IdempotencyKeyRow.key)
        )
        return taken is not None

    async def answer(self, scope: str, key: str) -> IdempotencyKeyRow | None:
        """What was answered to the request of this key, if it was carried out before."""
        return await self._session.get(IdempotencyKeyRow, (scope, key))

    async def forget(self, scope: str, age: dt.timedelta) -> None:
        """Remove those that are older: nobody asks again so late."""
        await self._session.execute(
            delete(IdempotencyKeyRow).where(
                IdempotencyKeyRow.scope == scope,
                IdempotencyKeyRow.created_at < func.current_timestamp() - age,
            )
        )
