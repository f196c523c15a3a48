"""Notifications by day: opened, followed, marked as read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.notifications import (
    ListNotifications,
    MarkedNotifications,
    MarkNotificationsRead,
    Notification,
    NotificationList,
)
from marketer_desktop.ui.shell.notification_line import NotificationLine
from marketer_desktop.ui.shell.notifications_popover import NotificationsPopover
from tests.fakes.fake_bridge import FakeWindow

NOW = datetime(2026, 3, 18, 15, tzinfo=UTC)


def message(number: int, hours: float, *, read: bool = False, title: str = "") -> Notification:
    return Notification(
        id=number,
        type="workflow_complete",
        title=title or f"Message {number}",
        message="A text",
        link_url=f"activity/{number}0",
        link_text="Open",
        is_read=read,
        created_at=NOW - timedelta(hours=hours),
        details=None,
    )


MESSAGES = [message(3, 1), message(2, 20), message(1, 70, read=True)]


@pytest.fixture
def fake(qtbot: QtBot) -> FakeWindow:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    bell = QPushButton("bell", window)
    layout = QVBoxLayout(window)
    layout.addWidget(bell)
    layout.addStretch(1)
    window.show()
    answers: dict[Any, Any] = {
        ListNotifications: NotificationList(unread=2, items=MESSAGES),
        MarkNotificationsRead: MarkedNotifications(marked=1, unread=0),
    }
    return FakeWindow(answers, window)


@pytest.fixture
def popover(fake: FakeWindow) -> NotificationsPopover:
    (bell,) = fake.window.findChildren(QPushButton)
    return NotificationsPopover(bell, fake.context, lambda: NOW)


def texts(popover: NotificationsPopover) -> list[str]:
    return [label.text() for label in popover.findChildren(QLabel) if label.isVisible()]


async def test_messages_stand_under_their_days(
    popover: NotificationsPopover, fake: FakeWindow
) -> None:
    unread: list[int] = []
    popover.unread_changed.connect(unread.append)
    popover.toggle()
    await fake.settle()
    assert popover.isVisible()
    assert texts(popover) == ["Notifications", "Today", "Yesterday", "Sunday, 15 March"]
    lines = popover.findChildren(NotificationLine)
    assert [line.accessibleName() for line in lines] == [
        "Unread, Message 3, A text, 14:00",
        "Unread, Message 2, A text, 19:00",
        "Message 1, A text, 17:00",
    ]
    assert unread == [2]


async def test_a_message_opens_what_it_is_about_and_is_read(
    popover: NotificationsPopover, fake: FakeWindow, qtbot: QtBot
) -> None:
    popover.toggle()
    await fake.settle()
    qtbot.keyClick(popover.findChildren(NotificationLine)[0], Qt.Key.Key_Return)
    await fake.settle()
    assert fake.go.went == [("activity", {"activity_id": 30})]
    assert [call.ids for call in fake.engine.of(MarkNotificationsRead)] == [[3]]
    assert not popover.isVisible()


async def test_all_are_marked(
    popover: NotificationsPopover, fake: FakeWindow, qtbot: QtBot
) -> None:
    popover.toggle()
    await fake.settle()
    qtbot.mouseClick(popover.mark_all, Qt.MouseButton.LeftButton)
    await fake.settle()
    assert [call.ids for call in fake.engine.of(MarkNotificationsRead)] == [None]
    fake.engine.answers[ListNotifications] = NotificationList(unread=0, items=MESSAGES[2:])
    fake.engine.changed.emit("notifications")
    await fake.settle()
    assert not popover.mark_all.isVisible()
    assert len([n for n in popover.findChildren(NotificationLine) if n.isVisible()]) == 1


async def test_nothing_to_tell(popover: NotificationsPopover, fake: FakeWindow) -> None:
    fake.engine.answers[ListNotifications] = NotificationList(unread=0, items=[])
    popover.toggle()
    await fake.settle()
    assert texts(popover) == ["Notifications", "You're up to date."]


async def test_another_subject_is_not_read_again(
    popover: NotificationsPopover, fake: FakeWindow
) -> None:
    fake.engine.changed.emit("documents")
    await fake.settle()
    assert fake.engine.calls == []
    assert not popover.isVisible()


async def test_a_second_click_closes(popover: NotificationsPopover, fake: FakeWindow) -> None:
    for visible in (True, False):
        popover.toggle()
        await fake.settle()
        assert popover.isVisible() is visible
