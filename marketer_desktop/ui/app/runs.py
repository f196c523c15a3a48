"""Keeps sidebar and tray in step with the runs, and tells of their ends."""

from PySide6.QtCore import QObject, QTimer, Signal

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import INTERRUPTED, ResumeActivity
from marketer_desktop.services.live_runs import ListRuns, LiveRun
from marketer_desktop.services.profile import SavePreferences, ShowProfile
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.bridge.tasks import Tasks

RESUME = "resume_at_start"  # the preference that names runs to go on with
UNDER_WAY = frozenset({"generating", "waiting"})
PATIENCE_MS = 1000  # progress is read anew at most so often


class RunsWatch(QObject):
    """Reads the runs when something about them has changed."""

    changed = Signal(list)  # [LiveRun, …]
    ended = Signal(int, str)  # activity, how: complete, failed, cancelled
    asking = Signal(int)  # activity that waits for its outline to be reviewed
    cut_off = Signal(list)  # [LiveRun, …] that the last start left behind

    def __init__(self, engine: EngineBridge, tasks: Tasks) -> None:
        super().__init__()
        self._engine, self._tasks = engine, tasks
        self.runs: list[LiveRun] = []
        self._again = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._again.timeout.connect(self.read)
        engine.run_events.connect(self._on_events)
        engine.changed.connect(self._on_change)

    @property
    def under_way(self) -> list[LiveRun]:
        """Runs that would be cut off by an end of the engine."""
        return [run for run in self.runs if run.status in UNDER_WAY]

    def read(self) -> None:
        """Read the runs now."""
        self._tasks.start("runs", self._read())

    def go_on_from_last_time(self) -> None:
        """Resume what was left on purpose; tell of what was cut off."""
        self._tasks.start("resume", self._resume_left())

    async def leave_for_next_start(self) -> None:
        """Note the runs under way, to be resumed by the next start."""
        numbers = [run.activity_id for run in self.under_way]
        await self._engine.call(SavePreferences(values={RESUME: numbers}))

    async def _read(self) -> None:
        self.runs = (await self._engine.call(ListRuns())).runs
        self.changed.emit(self.runs)

    async def _resume_left(self) -> None:
        await self._read()
        profile = await self._engine.call(ShowProfile())
        wanted = set(profile.preferences.get(RESUME) or ())
        cut_off = [run for run in self.runs if run.status == INTERRUPTED]
        for run in cut_off:
            if run.activity_id in wanted:
                await self.resume(run.activity_id)
        if wanted:
            await self._engine.call(SavePreferences(values={RESUME: []}))
        offered = [run for run in cut_off if run.activity_id not in wanted]
        if offered:
            self.cut_off.emit(offered)

    async def resume(self, activity_id: int) -> None:
        """Take a run up where it stands, and come back at once."""
        await self._engine.call(ResumeActivity(activity_id=activity_id, follow=False))
        await self._read()

    def _on_events(self, events: list[RunEvent]) -> None:
        for event in events:
            if event.kind == "ended":
                self.ended.emit(event.activity_id, event.step)
            elif event.kind == "waiting":
                self.asking.emit(event.activity_id)
        if any(event.seq is not None for event in events):
            self.read()
        elif not self._again.isActive():
            self._again.start()

    def _on_change(self, subject: str) -> None:
        if subject in {"activities", "organizations"}:
            self.read()
