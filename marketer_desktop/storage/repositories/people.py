"""People: their names, and what they prefer."""

from datetime import datetime
from typing import Any

from sqlalchemy import cast
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import UserRow


class People:
    """The users of this installation; every method raises `MissingRow`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, user_id: int) -> UserRow:
        """The user."""
        row = await self._session.get(UserRow, user_id)
        if row is None:
            raise MissingRow("user", user_id)
        return row

    async def locked(self, user_id: int) -> UserRow:
        """The user as they are now, held against changes until the transaction ends."""
        row = await self._session.get(
            UserRow, user_id, with_for_update=True, populate_existing=True
        )
        if row is None:
            raise MissingRow("user", user_id)
        return row

    async def rename(self, user_id: int, name: str | None) -> UserRow:
        """Set the user's name."""
        return await self._change(user_id, {"name": name})

    async def set_password(self, user_id: int, kept: str) -> UserRow:
        """Keep the hash of a new password."""
        return await self._change(user_id, {"password_hash": kept})

    async def make_administrator(self, user_id: int) -> UserRow:
        """Let the user administer the installation, from now on."""
        return await self._change(user_id, {"role": "admin", "is_active": True})

    async def note_sign_in(self, user_id: int, moment: datetime) -> UserRow:
        """Note when the user signed in last."""
        return await self._change(user_id, {"last_login_at": moment})

    async def describe(self, user_id: int, values: dict[str, Any]) -> UserRow:
        """Write these columns of the profile."""
        return await self._change(user_id, values)

    async def merge_preferences(self, user_id: int, values: dict[str, Any]) -> UserRow:
        """Set these preferences and leave the others, in one statement."""
        merged = UserRow.preferences.op("||")(cast(values, JSONB))
        return await self._change(user_id, {"preferences": merged})

    async def _change(self, user_id: int, values: dict[str, Any]) -> UserRow:
        return await change_row(self._session, UserRow, "user", user_id, values)
