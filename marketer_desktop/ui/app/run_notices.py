"""Tells of ended and cut-off runs: natively when the window is not in front, else in a toast."""

from PySide6.QtCore import QObject

from marketer_desktop.services.activities import ShowActivity
from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.app.runs import RunsWatch
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.tray import Tray
from marketer_desktop.ui.widgets.confirm import confirm


class RunNotices(QObject):
    """Every notice leads to its run."""

    def __init__(self, context: PageContext, runs: RunsWatch, tray: Tray) -> None:
        super().__init__()
        self._context, self._runs, self._tray = context, runs, tray
        runs.ended.connect(self._on_ended)
        runs.asking.connect(self._on_asking)
        runs.cut_off.connect(self._offer)

    def _on_ended(self, activity_id: int, how: str) -> None:
        if how != "cancelled":
            self._context.tasks.start(f"notice {activity_id}", self._tell(activity_id))

    def _on_asking(self, activity_id: int) -> None:
        self._context.tasks.start(f"notice {activity_id}", self._tell(activity_id))

    async def _tell(self, activity_id: int) -> None:
        told = await self._context.engine.call(ShowActivity(activity_id=activity_id))
        name = told.title or str(told.brief.get("topic", ""))
        words = {
            "completed": self.tr("Ready: “{name}”"),
            "needs_attention": self.tr("Checks need attention: “{name}”"),
            OUTLINE_REVIEW: self.tr("Waits for your outline: “{name}”"),
        }
        text = words.get(told.status, self.tr("Stopped, draft kept: “{name}”"))
        text = text.format(name=name)
        window = self._context.go.window()
        if window.isVisible() and window.isActiveWindow():
            self._context.go.toast(text, self.tr("Open"), lambda: self._open(activity_id))
        else:
            self._tray.notify(self.tr("Marketer"), text, activity_id)

    def _offer(self, cut_off: list[LiveRun]) -> None:
        self._context.tasks.start("offer", self._ask(cut_off))

    async def _ask(self, cut_off: list[LiveRun]) -> None:
        """Runs that no one stopped on purpose are resumed only if the user says so."""
        names = "\n".join(self.tr("“{name}”").format(name=run.title) for run in cut_off)
        agreed = await confirm(
            self._context.go.window(),
            self._question(len(cut_off)),
            self.tr("Marketer ended while it wrote. What was finished is kept.") + f"\n{names}",
            self.tr("Resume"),
        )
        if agreed:
            for run in cut_off:
                await self._runs.resume(run.activity_id)
            self._open(cut_off[0].activity_id)

    def _question(self, count: int) -> str:
        if count == 1:
            return self.tr("Resume the run that was cut off?")
        return self.tr("Resume {count} runs that were cut off?").format(count=count)

    def _open(self, activity_id: int) -> None:
        self._context.go.to("activity", activity_id=activity_id)
