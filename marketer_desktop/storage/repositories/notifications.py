"""Notifications: what people are told, and what of it they have read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import NotificationRow


class Notifications:
    """The messages to users."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        user_id: int,
        organization_id: int | None,
        kind: str,
        title: str,
        message: str,
        *,
        link_url: str | None = None,
        link_text: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> NotificationRow:
        """Tell a user something; `kind` is a type such as `workflow_complete`."""
        row = NotificationRow(
            user_id=user_id,
            organization_id=organization_id,
            type=kind,
            title=title,
            message=message,
            link_url=link_url,
            link_text=link_text,
            details=details,
        )
        self._session.add(row)
        await self._session.flush()
        return row

    async def list(self, user_id: int, limit: int) -> Sequence[NotificationRow]:
        """A user's messages, newest first."""
        found = await self._session.scalars(
            select(NotificationRow)
            .where(NotificationRow.user_id == user_id)
            .order_by(NotificationRow.created_at.desc(), NotificationRow.id.desc())
            .limit(limit)
        )
        return found.all()

    async def page(
        self, user_id: int, is_read: bool | None, offset: int, limit: int
    ) -> tuple[int, Sequence[NotificationRow]]:
        """How many a user has, read or not, or both; and some of them, newest first."""
        listed = [NotificationRow.user_id == user_id]
        if is_read is not None:
            listed.append(NotificationRow.is_read == is_read)
        total = await self._session.scalar(
            select(func.count()).select_from(NotificationRow).where(*listed)
        )
        found = await self._session.scalars(
            select(NotificationRow)
            .where(*listed)
            .order_by(NotificationRow.created_at.desc(), NotificationRow.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return total or 0, found.all()

    async def mark(self, user_id: int, number: int, is_read: bool) -> NotificationRow | None:
        """Mark one message of a user as read or not; None if it is not theirs."""
        read_at = func.coalesce(NotificationRow.read_at, func.current_timestamp())
        found: NotificationRow | None = await self._session.scalar(
            update(NotificationRow)
            .where(NotificationRow.id == number, NotificationRow.user_id == user_id)
            .values(is_read=is_read, read_at=read_at if is_read else None)
            .returning(NotificationRow),
            execution_options={"populate_existing": True, "synchronize_session": False},
        )
        return found

    async def unread(self, user_id: int) -> int:
        """How many messages a user has not read."""
        count: int | None = await self._session.scalar(
            select(func.count())
            .select_from(NotificationRow)
            .where(NotificationRow.user_id == user_id, ~NotificationRow.is_read)
        )
        return count or 0

    async def mark_read(self, user_id: int, ids: Sequence[int] | None) -> int:
        """Mark these messages of a user, or all of them, as read; return how many were not."""
        change = (
            update(NotificationRow)
            .where(NotificationRow.user_id == user_id, ~NotificationRow.is_read)
            .values(is_read=True, read_at=func.current_timestamp())
            .returning(NotificationRow.id)
            .execution_options(synchronize_session=False)
        )
        if ids is not None:
            change = change.where(NotificationRow.id.in_(ids))
        return len((await self._session.scalars(change)).all())
