"""What a run tells while it works: steps, the draft as it comes, tokens per second and ETA."""

import time
from collections.abc import Callable
from typing import Any

from marketer_desktop.domain.eta import seconds_left, share_done
from marketer_desktop.events.run_event import PROGRESS, STEPS, Kind, Step

Emit = Callable[[Kind, str, int, dict[str, Any]], None]
INTERVAL = 0.5  # seconds between two progress events


class RunProgress:
    """Counts calls and tokens of a run and emits what is worth telling."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._began = self._told = time.monotonic()
        self._tokens = 0
        self._expected, self._finished = 1, 0
        self.step: Step = STEPS[0]

    def enter(self, step: Step) -> None:
        """A step begins; its calls are counted anew."""
        self.step = step
        self._expected, self._finished = 1, 0

    def expect(self, calls: int) -> None:
        """The step under way will make about `calls` model calls."""
        self._expected = max(calls, 1)

    def call_finished(self) -> None:
        """One of the expected calls has its answer."""
        self._finished += 1

    def token(self, text: str, node: str) -> None:
        """A piece of an answer came in."""
        self._tokens += 1
        self._emit("draft", self.step, self.percent, {"node": node, "delta": text})
        if time.monotonic() - self._told >= INTERVAL:
            self.tell()

    @property
    def percent(self) -> int:
        """Progress between the last step's figure and this one's."""
        index = STEPS.index(self.step)
        low = PROGRESS[STEPS[index - 1]] if index else 0
        within = min(self._finished / self._expected, 0.99)
        return int(low + (PROGRESS[self.step] - low) * within)

    def tell(self) -> None:
        """Emit progress with the tokens per second and the seconds left."""
        self._told = time.monotonic()
        elapsed = self._told - self._began
        done = share_done(self.step, self._finished / self._expected)
        left = seconds_left(elapsed, done)
        data = {
            "tokens": self._tokens,
            "tokens_per_second": round(self._tokens / elapsed, 1) if elapsed else 0.0,
            "eta_seconds": None if left is None else round(left),
        }
        self._emit("progress", self.step, self.percent, data)
