"""How long ago something was, as people say it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QDate, QLocale, QObject

MINUTE, HOUR = 60, 3600
WEEK_DAYS = 6

Kind = Literal["now", "minutes", "hours", "yesterday", "weekday", "date", "old_date"]


@dataclass(frozen=True)
class Age:
    """A kind of distance, and how many of its units; a day for those that name one."""

    kind: Kind
    count: int = 0
    day: datetime | None = None


def age_of(moment: datetime, now: datetime) -> Age:
    """The distance in words of this computer's calendar; a clock set back counts as now."""
    here, today = moment.astimezone(), now.astimezone()
    seconds = int((today - here).total_seconds())
    days = (today.date() - here.date()).days
    if seconds < MINUTE:
        return Age("now")
    if seconds < HOUR:
        return Age("minutes", seconds // MINUTE)
    if days == 0:
        return Age("hours", seconds // HOUR)
    if days == 1:
        return Age("yesterday")
    if days <= WEEK_DAYS:
        return Age("weekday", days, here)
    return Age("date" if here.year == today.year else "old_date", days, here)


class AgeWords(QObject):
    """Words for lists."""

    def ago(self, moment: datetime, now: datetime) -> str:
        """Such as *2 hours ago*, *yesterday*, *Tuesday*, *3 March*."""
        age = age_of(moment, now)
        match age.kind:
            case "now":
                return self.tr("just now")
            case "minutes" if age.count == 1:
                return self.tr("a minute ago")
            case "minutes":
                return self.tr("{0} minutes ago").format(age.count)
            case "hours" if age.count == 1:
                return self.tr("an hour ago")
            case "hours":
                return self.tr("{0} hours ago").format(age.count)
            case "yesterday":
                return self.tr("yesterday")
        return self._day(age)

    def updated(self, moment: datetime, now: datetime) -> str:
        """Such as *updated 2 hours ago*, *updated on Tuesday*."""
        if age_of(moment, now).kind in ("weekday", "date", "old_date"):
            return self.tr("updated on {0}").format(self.ago(moment, now))
        return self.tr("updated {0}").format(self.ago(moment, now))

    def _day(self, age: Age) -> str:
        assert age.day is not None
        day = QDate(age.day.year, age.day.month, age.day.day)
        shapes = {"weekday": "dddd", "date": "d MMMM", "old_date": "d MMMM yyyy"}
        return QLocale().toString(day, shapes[age.kind])
