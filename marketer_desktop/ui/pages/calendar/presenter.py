"""What the calendar decides without Qt: which days it shows, what lies on them, what may move."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from marketer_desktop.services.publications import Publication
from marketer_desktop.services.publish import Publish

WEEK = 7
MOVABLE = frozenset({"waiting", "scheduled"})


class CalendarPresenter:
    """One month at a time, in whole weeks that begin on `first_day` (Monday is 1)."""

    def __init__(self, today: date, first_day: int) -> None:
        self.today, self._first_day = today, first_day
        self.month = today.replace(day=1)
        self._publications: list[Publication] = []

    @property
    def days(self) -> list[date]:
        """The days that are shown: those of the month, and what fills its weeks."""
        before = (self.month.isoweekday() - self._first_day) % WEEK
        start = self.month - timedelta(days=before)
        weeks = -(-(before + _length(self.month)) // WEEK)
        return [start + timedelta(days=number) for number in range(weeks * WEEK)]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first moment that is shown until before the next after the last."""
        days = self.days
        return _midnight(days[0]), _midnight(days[-1] + timedelta(days=1))

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies in the month."""
        return not any(each.month == self.month.month for each in map(day_of, self._publications))

    def turn(self, months: int) -> None:
        """Show another month."""
        number = self.month.year * 12 + self.month.month - 1 + months
        self.month = date(number // 12, number % 12 + 1, 1)

    def go_to_today(self) -> None:
        """Show the month of today."""
        self.month = self.today.replace(day=1)

    def take(self, publications: Sequence[Publication]) -> None:
        """Show what was read."""
        self._publications = list(publications)

    def on(self, day: date) -> list[Publication]:
        """What lies on a day, by its time."""
        return [each for each in self._publications if day_of(each) == day]

    def listed(self) -> list[Publication]:
        """All of the month, by their time."""
        return [each for each in self._publications if day_of(each).month == self.month.month]

    def moved(self, publication_id: int, day: date, now: datetime) -> Publish | None:
        """The order that puts a publication on another day; None if it cannot go there."""
        found = next((each for each in self._publications if each.id == publication_id), None)
        if found is None or found.publish_at is None or found.state not in MOVABLE:
            return None
        at = datetime.combine(day, found.publish_at.astimezone().time()).astimezone()
        if at <= now or at == found.publish_at:
            return None
        return Publish(
            activity_id=found.activity_id, target_id=found.target_id, publish_at=at, update=True
        )


def day_of(told: Publication) -> date:
    """The day, in this computer's zone, on which it went out or shall."""
    at = told.published_at or told.publish_at or told.due_at or datetime.now().astimezone()
    return at.astimezone().date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _length(month: date) -> int:
    after = (month + timedelta(days=31)).replace(day=1)
    return (after - month).days
