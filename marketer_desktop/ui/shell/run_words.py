"""What a run is doing, in a few words."""

from PySide6.QtCore import QObject

from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.widgets.activity_words import ActivityWords

ROUNDING = 5  # seconds; a finer estimate would only flicker
MINUTE = 60


class RunWords(QObject):
    """Words for the sidebar and its tooltips."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = ActivityWords(self)

    def state(self, run: LiveRun) -> str:
        """The step and the time left, or how many come first."""
        if run.status == OUTLINE_REVIEW:
            return self.tr("Waits for your outline")
        if run.status == "waiting":
            return self._waiting(run.position)
        if run.step is None:  # its model is being opened, and measured the first time
            return self.tr("Getting ready")
        step = self._steps.doing(run.step)
        if run.eta_seconds is None:
            return step
        return f"{step} · {self.left(run.eta_seconds)}"

    def left(self, seconds: int) -> str:
        """The time left in steps of five seconds, or in minutes."""
        rounded = max(ROUNDING, round(seconds / ROUNDING) * ROUNDING)
        if rounded < MINUTE:
            return self.tr("{0} s left").format(rounded)
        return self.tr("{0} min left").format(round(rounded / MINUTE))

    def _waiting(self, ahead: int) -> str:
        if ahead == 0:
            return self.tr("Waiting")
        if ahead == 1:
            return self.tr("Waiting · 1 run ahead")
        return self.tr("Waiting · {0} runs ahead").format(ahead)
