"""What the progress page knows of each run, from what is stored and from the events."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from marketer_desktop.events.run_event import STEPS, RunEvent
from marketer_desktop.services.activities import ActivityDetails
from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.services.show_draft import Draft
from marketer_desktop.ui.pages.progress.live_draft import LiveDraft

OVER = frozenset({"completed", "needs_attention", "failed", "cancelled"})
CAN_STOP = frozenset({"generating", "waiting", OUTLINE_REVIEW})
RESUMABLE = frozenset({"failed", "cancelled", "interrupted"})
TOLD_IN_DRAFT = frozenset({"research", "writing", "editing"})  # after these there is more to read
MINUTES_FROM = 90  # seconds


@dataclass
class StepView:
    """One step: `status` as the stepper takes it, `seconds` it took or has been at work."""

    name: str
    status: str = "pending"
    seconds: float | None = None
    began: datetime | None = None


@dataclass
class RunView:
    """One run. `status` is `waiting` (for its turn), `generating`, `outline_review` (it waits
    for somebody), `interrupted` or how it ended.
    """

    activity_id: int
    title: str = ""
    status: str = "generating"
    progress: int = 0
    eta_seconds: float | None = None
    tokens_per_second: float | None = None
    position: int = 0
    error: str = ""
    word_count: int = 0
    failed_checks: list[str] = field(default_factory=list)
    steps: list[StepView] = field(default_factory=lambda: [StepView(name) for name in STEPS])
    draft: LiveDraft = field(default_factory=LiveDraft)
    _heard: list[RunEvent] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether the run has ended."""
        return self.status in OVER

    @property
    def step(self) -> StepView | None:
        """The step that is at work, or was when the run stopped."""
        begun = [step for step in self.steps if step.status in ("in_progress", "error", "stopped")]
        return begun[-1] if begun else None

    def loading(self) -> None:
        """The store is being read: what is heard from now on may not be in it."""
        self._heard = []

    def load(self, told: ActivityDetails, draft: Draft) -> None:
        """Build the picture from what is stored, and from what has been heard since."""
        before = self.status
        self.title = told.title or str(told.brief.get("topic", ""))
        self.steps = [StepView(name) for name in STEPS]
        for event in told.events:
            self._note(event.kind, event.step, event.progress, event.at, event.data)
        waits = before == "waiting" and told.status == "generating"
        self.status = before if waits else told.status
        self.error = told.error or ""
        self.word_count = told.word_count
        self.failed_checks = [check.message for check in told.checks if not check.passed]
        self._settle()
        self.draft.load(draft)
        last = told.events[-1].seq if told.events else 0
        for heard in [event for event in self._heard if (event.seq or 0) > last]:
            self.apply(heard)

    def take_listed(self, run: LiveRun) -> None:
        """Take over what the list of runs says."""
        self.title = run.title
        self.position = run.position
        known = 0 if run.status == "waiting" else self.progress  # events are finer than steps
        self.progress = max(known, run.progress)
        if self.eta_seconds is None:
            self.eta_seconds = run.eta_seconds
        self.status = run.status
        self._settle()

    def apply(self, event: RunEvent) -> None:
        """Take in something that happened just now."""
        if event.seq is not None and event not in self._heard:
            self._heard.append(event)
        if event.kind == "started" and event.step == STEPS[0]:
            self.steps = [StepView(name) for name in STEPS]
            self.draft.begin()
        if event.kind == "draft":
            self._hear(event.data)
        self._note(event.kind, event.step, event.progress, event.at, event.data)
        self._settle()

    def _hear(self, told: dict[str, Any]) -> None:
        node = str(told["node"])
        if "restart" in told:
            self.draft.restart(node, str(told["restart"]), str(told["vain"]))
        else:
            self.draft.write(node, str(told["delta"]))

    def elapsed(self, step: StepView, now: datetime | None = None) -> int | None:
        """Seconds that `step` took, or has been at work until now."""
        if step.status == "in_progress" and step.began is not None:
            return max(0, round(((now or datetime.now(UTC)) - step.began).total_seconds()))
        return None if step.seconds is None else round(step.seconds)

    def resumed(self) -> None:
        """The run was taken up again: it waits for its turn."""
        self.status, self.error, self.position, self.eta_seconds = "waiting", "", 0, None
        self._settle()

    def _note(
        self, kind: str, step: str, progress: int, at: datetime, data: dict[str, Any]
    ) -> None:
        if kind == "ended":
            self._end(step, data)
            return
        self.status = OUTLINE_REVIEW if kind == "waiting" else "generating"
        self.progress = progress
        view = next(each for each in self.steps if each.name == step)
        if kind == "started":
            view.status, view.began, view.seconds = "in_progress", at, None
            self.draft.step_ended()
        elif kind == "finished":
            view.status, view.seconds = "completed", int(data["duration_ms"]) / 1000
        elif kind == "progress":
            self.eta_seconds = data.get("eta_seconds")
            self.tokens_per_second = data.get("tokens_per_second")

    def _end(self, how: str, data: dict[str, Any]) -> None:
        self.status = str(data.get("status", "completed")) if how == "complete" else how
        self.error = str(data.get("message", ""))
        self.eta_seconds = self.tokens_per_second = None
        for step in self.steps:
            step.began = None  # a run that is taken up again counts anew
        if how == "complete":
            self.progress = 100

    def _settle(self) -> None:
        """A step that was at work when the run stopped is at work no more, and the reverse."""
        ends = {
            "completed": "completed",
            "needs_attention": "completed",
            "failed": "error",
            "cancelled": "stopped",
            "interrupted": "stopped",
            "waiting": "stopped",
            OUTLINE_REVIEW: "stopped",
        }
        for step in self.steps:
            if step.status in ("in_progress", "error", "stopped"):
                step.status = ends.get(self.status, "in_progress")
        if self.status in ("waiting", "interrupted", OUTLINE_REVIEW):
            self.eta_seconds = None


class ProgressPresenter:
    """All runs that have been looked at or heard of, and the one that is shown."""

    def __init__(self) -> None:
        self.runs: dict[int, RunView] = {}
        self.listed: list[LiveRun] = []
        self.current: int | None = None

    @property
    def run(self) -> RunView | None:
        """The run that is shown."""
        return None if self.current is None else self.runs.get(self.current)

    def choose(self, activity_id: int | None) -> int | None:
        """Show the given run, else one that is under way, else the last that ended."""
        if activity_id is None:
            ordered = sorted(self.listed, key=lambda run: run.status in OVER)
            under_way = bool(ordered) and ordered[0].status not in OVER
            activity_id = (ordered[0 if under_way else -1]).activity_id if ordered else None
        self.current = activity_id
        if activity_id is not None:
            self.runs.setdefault(activity_id, RunView(activity_id))
            self.take_list(self.listed)
        return activity_id

    def take_list(self, runs: list[LiveRun]) -> None:
        """Take over the list; runs that are gone from it are forgotten, but the shown one."""
        self.listed = runs
        for run in runs:
            known = self.runs.get(run.activity_id)
            if known is not None:
                known.take_listed(run)
        kept = {run.activity_id for run in runs} | {self.current}
        self.runs = {number: run for number, run in self.runs.items() if number in kept}

    def loading(self, activity_id: int) -> None:
        """A run is about to be read from the store."""
        self.runs.setdefault(activity_id, RunView(activity_id)).loading()

    def loaded(self, told: ActivityDetails, draft: Draft) -> None:
        """Take over what is stored of a run."""
        self.runs.setdefault(told.activity_id, RunView(told.activity_id)).load(told, draft)

    def apply(self, events: list[RunEvent]) -> set[int]:
        """Take in events of all runs; the runs that have stored more since are returned."""
        more: set[int] = set()
        for event in events:
            self.runs.setdefault(event.activity_id, RunView(event.activity_id)).apply(event)
            finished = event.kind == "finished" and event.step in TOLD_IN_DRAFT
            if finished or event.kind in ("ended", "waiting"):
                more.add(event.activity_id)
        return more

    def approved(self, activity_id: int) -> None:
        """The outline of a run was approved: it goes on as soon as it is its turn."""
        run = self.runs.get(activity_id)
        if run is not None and run.status == OUTLINE_REVIEW:
            run.resumed()

    def is_shown(self, events: list[RunEvent]) -> bool:
        """Whether the events say something about the run that is shown."""
        return any(event.activity_id == self.current for event in events)


def rounded_eta(seconds: float) -> tuple[str, int]:
    """`("seconds", n)` in steps of five, or `("minutes", n)`: more would be false precision."""
    if seconds >= MINUTES_FROM:
        return "minutes", round(seconds / 60)
    return "seconds", max(5, round(seconds / 5) * 5)
