"""What a run tells while it works: steps, the draft as it comes, tokens per second and ETA."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from marketer_desktop.domain.eta import PROMPT_WEIGHT, Forecast, Pace, work_of
from marketer_desktop.events.run_event import PROGRESS, STEPS, Kind, Step

Emit = Callable[[Kind, str, int, dict[str, Any]], None]
INTERVAL = 0.5  # seconds between two progress events


class RunProgress:
    """Counts calls and tokens of a run and emits what is worth telling."""

    def __init__(self, emit: Emit, forecast: Forecast) -> None:
        self._emit, self._forecast = emit, forecast
        self._began = self._told = time.monotonic()
        self._tokens = 0
        self._made = 0.0  # work of this process; answers of an earlier one took no time
        self._pace = Pace()
        self._streaming: Counter[str] = Counter()
        self._percent = 0
        self.step: Step = STEPS[0]

    def enter(self, step: Step) -> None:
        """A step begins; its calls are counted anew."""
        self.step = step
        self._forecast.enter(step)
        self._pace.mark(time.monotonic(), self._made)
        if self._made:
            self.tell()

    def expect(self, calls: int) -> None:
        """The step under way will make about `calls` model calls."""
        self._forecast.plan(calls)

    def rest(self, place: str, work: float) -> None:
        """What goes on at `place` in the graph will take as much `work` from now on."""
        self._forecast.rest(place, work)

    def call_finished(self, node: str, tokens_input: int, tokens_output: int) -> None:
        """A call has its answer, streamed just now or known from before."""
        streamed = self._streaming.pop(node, 0)
        self._forecast.add(work_of(tokens_input, tokens_output) - streamed, node)
        self._forecast.answered()
        if streamed:
            self._made += PROMPT_WEIGHT * tokens_input

    def token(self, text: str, node: str) -> None:
        """A piece of an answer came in."""
        self._tokens += 1
        self._made += 1
        self._streaming[node] += 1
        self._forecast.add(1, node)
        self._emit("draft", self.step, self.percent, {"node": node, "delta": text})
        if time.monotonic() - self._told >= INTERVAL:
            self.tell()

    def restart(self, node: str, why: str, vain: str) -> None:
        """The answer begins anew: `vain` is what has come of it, `why` is said to people."""
        self._forecast.add(-self._streaming.pop(node, 0), node)
        data = {"node": node, "delta": "", "restart": why, "vain": vain}
        self._emit("draft", self.step, self.percent, data)

    @property
    def percent(self) -> int:
        """Progress between the last step's figure and this one's."""
        index = STEPS.index(self.step)
        low = PROGRESS[STEPS[index - 1]] if index else 0
        reached = int(low + (PROGRESS[self.step] - low) * min(self._forecast.share, 0.99))
        self._percent = max(self._percent, reached)  # what is expected may grow
        return self._percent

    def tell(self) -> None:
        """Emit progress with the tokens per second and the seconds left, in tenths."""
        now = self._told = time.monotonic()
        elapsed = now - self._began
        pace = self._pace.of(now, self._made)
        self._pace.mark(now, self._made)
        data = {
            "tokens": self._tokens,
            "tokens_per_second": round(self._tokens / elapsed, 1) if elapsed else 0.0,
            "eta_seconds": None if pace is None else round(self._forecast.left() / pace, 1),
        }
        self._emit("progress", self.step, self.percent, data)
