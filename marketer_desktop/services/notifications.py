"""Notifications: list them, mark them as read."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts


class Notification(BaseModel):
    """One message; `link_url` names what it is about, such as `activity/12`."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    type: str
    title: str
    message: str
    link_url: str | None
    link_text: str | None
    is_read: bool
    created_at: datetime
    details: dict[str, Any] | None


class NotificationList(BaseModel):
    """Newest first; `unread` counts all of the user's, not only those in the list."""

    unread: int
    items: list[Notification]


class MarkedNotifications(BaseModel):
    """How many were marked now, and how many stay unread."""

    marked: int
    unread: int


class ListNotifications(Call[NotificationList]):
    """The user's last messages."""

    limit: int = Field(default=50, ge=1, le=500)


class MarkNotificationsRead(Call[MarkedNotifications]):
    """Mark messages as read; without `ids` all of them."""

    ids: list[int] | None = None


async def list_notifications(call: ListNotifications, parts: Parts, emit: Emit) -> NotificationList:
    """The last messages, and how many are unread."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        rows = await work.notifications.list(place.user_id, call.limit)
        unread = await work.notifications.unread(place.user_id)
        await work.commit()
    return NotificationList(unread=unread, items=[Notification.model_validate(row) for row in rows])


async def mark_notifications_read(
    call: MarkNotificationsRead, parts: Parts, emit: Emit
) -> MarkedNotifications:
    """Mark them, and tell whoever shows them."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        marked = await work.notifications.mark_read(place.user_id, call.ids)
        unread = await work.notifications.unread(place.user_id)
        await work.commit()
    if marked:
        parts.bus.changed("notifications")
    return MarkedNotifications(marked=marked, unread=unread)
