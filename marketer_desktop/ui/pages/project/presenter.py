"""One project: its campaigns with the activities that a filter lets through."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activity_lines import ActivityLine
from marketer_desktop.services.projects import CampaignDetails, ProjectDetails

TABS = ("activities", "documents", "links", "voice", "publishing", "settings")
STOPS = frozenset({"ended", "waiting"})  # events after which a row is another one


@dataclass(frozen=True)
class Group:
    """A campaign, and those of its activities that are shown."""

    campaign: CampaignDetails
    lines: list[ActivityLine]


class ProjectPresenter:
    """`text` and `status` filter the activities; an empty one lets everything through."""

    def __init__(self) -> None:
        self.project: ProjectDetails | None = None
        self.text, self.status = "", ""

    def take(self, project: ProjectDetails) -> None:
        """Show what was read."""
        self.project = project

    def forget(self) -> None:
        """Another project will be shown."""
        self.project = None
        self.text, self.status = "", ""

    @property
    def is_filtered(self) -> bool:
        """Whether some activities may be hidden."""
        return bool(self.text.strip() or self.status)

    @property
    def groups(self) -> list[Group]:
        """The campaigns; while a filter is set, only those in which something is found."""
        found = [
            Group(campaign, [line for line in campaign.activities if self._fits(line)])
            for campaign in (self.project.campaigns if self.project else [])
        ]
        return [group for group in found if group.lines or not self.is_filtered]

    @property
    def statuses(self) -> list[str]:
        """The statuses that occur, each once, in the order of their first activity."""
        return list(dict.fromkeys(line.status for line in self._lines()))

    def line(self, activity_id: object) -> ActivityLine | None:
        """The activity with this number."""
        return next((line for line in self._lines() if line.activity_id == activity_id), None)

    def campaign(self, campaign_id: int) -> CampaignDetails | None:
        """The campaign with this number."""
        campaigns = self.project.campaigns if self.project else []
        return next((each for each in campaigns if each.campaign_id == campaign_id), None)

    def apply(self, events: Iterable[RunEvent]) -> tuple[bool, bool]:
        """Take in what runs told: whether a row changed, and whether to read all again."""
        lines = {line.activity_id: line for line in self._lines()}
        changed = stale = False
        for event in events:
            line = lines.get(event.activity_id)
            if line is None:
                continue
            if event.kind in STOPS or line.status != "generating":
                stale = stale or event.kind == "started" or event.kind in STOPS
            elif (line.progress, line.step) != (event.progress, event.step):
                line.progress, line.step = event.progress, event.step
                changed = True
        return changed, stale

    def _lines(self) -> list[ActivityLine]:
        campaigns = self.project.campaigns if self.project else []
        return [line for campaign in campaigns for line in campaign.activities]

    def _fits(self, line: ActivityLine) -> bool:
        wanted = self.text.casefold().split()
        about = f"{line.title} {line.topic}".casefold()
        return (not self.status or line.status == self.status) and all(
            word in about for word in wanted
        )
