"""Notifications: list them, mark them as read."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound


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


class NotificationPage(BaseModel):
    """Newest first; `unread` counts all of the user's, not only those in the page."""

    notifications: list[Notification]
    unread: int
    pagination: Pagination


class MarkedNotifications(BaseModel):
    """How many were marked now, and how many stay unread."""

    marked: int
    unread: int


class ListNotifications(Call[NotificationList]):
    """The user's last messages."""

    limit: int = Field(default=50, ge=1, le=500)


class ShowNotificationPage(Paged, Call[NotificationPage]):
    """The user's messages, of all organizations: those that are read, or not, or both."""

    is_read: bool | None = None


class MarkNotification(Call[Notification]):
    """Mark a message as read, or as unread."""

    notification_id: int
    is_read: bool


class MarkNotificationsRead(Call[MarkedNotifications]):
    """Mark messages as read; without `ids` all of them."""

    ids: list[int] | None = None


async def list_notifications(call: ListNotifications, parts: Parts, emit: Emit) -> NotificationList:
    """The last messages, and how many are unread."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        rows = await work.notifications.list(member.user_id, call.limit)
        unread = await work.notifications.unread(member.user_id)
        await work.commit()
    return NotificationList(unread=unread, items=[Notification.model_validate(row) for row in rows])


async def show_notification_page(
    call: ShowNotificationPage, parts: Parts, emit: Emit
) -> NotificationPage:
    """A page of the user's messages."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, rows = await work.notifications.page(
            member.user_id, call.is_read, call.offset, call.per_page
        )
        unread = await work.notifications.unread(member.user_id)
        await work.commit()
    return NotificationPage(
        notifications=[Notification.model_validate(row) for row in rows],
        unread=unread,
        pagination=call.pagination(total),
    )


async def mark_notification(call: MarkNotification, parts: Parts, emit: Emit) -> Notification:
    """Mark it, and tell whoever shows it."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await work.notifications.mark(member.user_id, call.notification_id, call.is_read)
        await work.commit()
    if row is None:
        raise NotFound("There is no such notification.")
    parts.bus.changed("notifications")
    return Notification.model_validate(row)


async def mark_notifications_read(
    call: MarkNotificationsRead, parts: Parts, emit: Emit
) -> MarkedNotifications:
    """Mark them, and tell whoever shows them."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        marked = await work.notifications.mark_read(member.user_id, call.ids)
        unread = await work.notifications.unread(member.user_id)
        await work.commit()
    if marked:
        parts.bus.changed("notifications")
    return MarkedNotifications(marked=marked, unread=unread)
