"""What the dashboard shows: the overview as it was read, kept up with the events of runs."""

from collections.abc import Iterable
from typing import Literal

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activity_lines import ActivityLine
from marketer_desktop.services.overview import MonthUsage, Overview
from marketer_desktop.services.projects import ProjectSummary

FEW, SOME, MANY = 5, 8, 50
TALL = 900  # px of the page from which there is room for more rows
UNITS = ("B", "kB", "MB", "GB", "TB")
STOPS = frozenset({"ended", "waiting"})  # events after which a row is another one

State = Literal["loading", "empty", "filled"]


class DashboardPresenter:
    """`rows` are the activities to show; `expanded` shows many instead of the last few."""

    def __init__(self) -> None:
        self.overview: Overview | None = None
        self.expanded = False

    @property
    def state(self) -> State:
        """What kind of page this is now."""
        if self.overview is None:
            return "loading"
        return "filled" if self.overview.activities else "empty"

    @property
    def asked(self) -> int:
        """How many activities to read."""
        return MANY if self.expanded else SOME

    def take(self, overview: Overview) -> None:
        """Show what was read."""
        self.overview = overview

    def rows(self, height: int) -> list[ActivityLine]:
        """The activities for a page of `height` px."""
        lines = self.overview.activities if self.overview else []
        if self.expanded:
            return lines
        return lines[: SOME if height >= TALL else FEW]

    def can_expand(self, height: int) -> bool:
        """Whether there is more to see, or less to see again."""
        if self.expanded:
            return True
        lines = self.overview.activities if self.overview else []
        return len(lines) > len(self.rows(height)) or len(lines) == SOME

    def line(self, activity_id: object) -> ActivityLine | None:
        """The activity with this number, if it is shown."""
        lines = self.overview.activities if self.overview else []
        return next((line for line in lines if line.activity_id == activity_id), None)

    def apply(self, events: Iterable[RunEvent]) -> tuple[bool, bool]:
        """Take in what runs told: whether a row changed, and whether to read all again.

        A run that begins or ends, and one that is not shown yet, changes more than its row.
        """
        if self.overview is None:
            return False, False
        lines = {line.activity_id: line for line in self.overview.activities}
        changed = stale = False
        for event in events:
            line = lines.get(event.activity_id)
            if line is None or event.kind in STOPS or line.status != "generating":
                stale = stale or event.kind == "started" or event.kind in STOPS
            elif (line.progress, line.step) != (event.progress, event.step):
                line.progress, line.step = event.progress, event.step
                changed = True
        return changed, stale

    @property
    def usage(self) -> MonthUsage:
        """This month's usage."""
        assert self.overview is not None
        return self.overview.usage

    @property
    def projects(self) -> list[ProjectSummary]:
        """The projects, the last touched first."""
        return self.overview.projects if self.overview else []

    def bars(self) -> tuple[list[float], list[str]]:
        """Requests for each day of the month, and the days' numbers."""
        days = self.usage.per_day
        return [float(count) for count in days], [str(day) for day in range(1, len(days) + 1)]

    @property
    def limit(self) -> int | None:
        """How many runs and rewrites the plan allows a day, if it does not allow any number."""
        return self.usage.limit

    def figures(self) -> tuple[str, str, str]:
        """Requests, credits and storage as they are written."""
        usage = self.usage
        return f"{usage.requests:,}", credits_text(usage.credits), size_text(usage.storage_bytes)


def published_share(project: ProjectSummary) -> float:
    """How much of a project is published, in percent."""
    if not project.activity_count:
        return 0.0
    return 100 * project.published_count / project.activity_count


def credits_text(credits: float) -> str:
    """Whole credits, and tenths while there are few: little use is not none."""
    return f"{credits:,.1f}" if 0 < credits < 10 else f"{credits:,.0f}"


def size_text(size: int) -> str:
    """Bytes in the largest unit that leaves a whole number before the point."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    digits = 1 if unit > 1 and value < 99.95 else 0
    return f"{value:.{digits}f} {UNITS[unit]}"
