"""The notifications under the bell, by day."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.notifications import (
    ListNotifications,
    MarkNotificationsRead,
    Notification,
    NotificationList,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.notification_line import NotificationLine
from marketer_desktop.ui.widgets.button import LinkButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.popover import Popover
from marketer_desktop.ui.widgets.sign import Sign

MOST = 30
WIDTH = 380
SUBJECTS = ("notifications", "organizations")


def local_now() -> datetime:
    """This moment on this computer's clock."""
    return datetime.now().astimezone()


class NotificationsPopover(Popover):
    """Reads by itself; `unread_changed` is for the bell's badge."""

    unread_changed = Signal(int)

    def __init__(
        self, anchor: QWidget, context: PageContext, now: Callable[[], datetime] = local_now
    ) -> None:
        super().__init__(anchor, width=WIDTH)
        self._context, self._now = context, now
        self._told = NotificationList(unread=0, items=[])
        self.setAccessibleName(self.tr("Notifications"))
        self.body.setContentsMargins(8, 12, 8, 8)
        self.body.setSpacing(0)
        self._list = QWidget()
        self.mark_all = LinkButton(self.tr("Mark all read"))
        self.mark_all.clicked.connect(lambda: self._mark(None))
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 8)
        head.addWidget(Label(self.tr("Notifications"), "section"), 1)
        head.addWidget(self.mark_all)
        self.body.addLayout(head)
        self.body.addWidget(self._list)
        context.engine.changed.connect(self._on_change)

    def toggle(self) -> None:
        """Open it, or close it."""
        if self.isVisible():
            self.close_popover()
        else:
            self._context.tasks.start("notifications", self._open())

    def read(self) -> None:
        """Read what there is now."""
        self._context.tasks.start("read notifications", self._read())

    async def _open(self) -> None:
        await self._read()
        self.show_below()

    async def _read(self) -> None:
        self._told = await self._context.engine.call(ListNotifications(limit=MOST))
        self.unread_changed.emit(self._told.unread)
        self._fill()

    def _on_change(self, subject: str) -> None:
        if subject in SUBJECTS:
            self.read()

    def _fill(self) -> None:
        """Show what was read, in place of what was shown."""
        old, self._list = self._list, self._filled()
        self.body.replaceWidget(old, self._list)
        old.hide()
        old.deleteLater()
        self.mark_all.setVisible(self._told.unread > 0)
        if self.isVisible():
            self._list.show()
            self.move(self._fit())

    def _filled(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if not self._told.items:
            self._add_empty(column)
        now = self._now()
        days = groupby(self._told.items, lambda item: item.created_at.astimezone(now.tzinfo).date())
        for day, items in days:
            column.addWidget(self._heading(self._day((now.date() - day).days, day)))
            for item in items:
                column.addWidget(self._line(item, now))
        return made

    def _heading(self, text: str) -> QWidget:
        made = QWidget()
        row = QVBoxLayout(made)
        row.setContentsMargins(12, 8, 12, 4)
        row.addWidget(Label(text, "caption_label", "secondary"))
        return made

    def _add_empty(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 28, 0, 40)
        column.setSpacing(12)
        column.addWidget(Sign("bell", "muted", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        label = Label(self.tr("You're up to date."), "body", "secondary")
        column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)

    def _line(self, item: Notification, now: datetime) -> NotificationLine:
        line = NotificationLine(item, now)
        line.clicked.connect(lambda: self._follow(item))
        return line

    def _day(self, distance: int, day: date) -> str:
        if distance == 0:
            return self.tr("Today")
        if distance == 1:
            return self.tr("Yesterday")
        return QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM")

    def _follow(self, item: Notification) -> None:
        """Open what the message is about."""
        self._mark([item.id])
        self.close_popover()
        page, _, number = (item.link_url or "").partition("/")
        if page == "activity" and number.isdigit():
            self._context.go.to("activity", activity_id=int(number))

    def _mark(self, ids: list[int] | None) -> None:
        self._context.tasks.start("mark notifications", self._mark_read(ids))

    async def _mark_read(self, ids: list[int] | None) -> None:
        await self._context.engine.call(MarkNotificationsRead(ids=ids))
