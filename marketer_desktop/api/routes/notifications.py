"""What people are told."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, StrictBool

from marketer_desktop.api.asking import AsPerson
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.notifications import (
    MarkNotification,
    Notification,
    NotificationPage,
    ShowNotificationPage,
)

router = EnvelopeRouter(prefix="/api/notifications", tags=["notifications"])


class Reading(BaseModel):
    """Whether it has been read."""

    is_read: StrictBool


@router.get("")
async def list_notifications(
    asked: Annotated[ShowNotificationPage, Query()], who: AsPerson
) -> NotificationPage:
    """One's own messages, of all organizations."""
    return await who.call(asked)


@router.patch("/{notification_id}")
async def mark_notification(notification_id: Id, asked: Reading, who: AsPerson) -> Notification:
    """Mark one of them as read, or as unread."""
    return await who.call(MarkNotification(notification_id=notification_id, **dict(asked)))
