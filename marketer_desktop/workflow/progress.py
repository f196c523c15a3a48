"""What a run tells while it works: steps, the draft as it comes, tokens per second and ETA."""

import time
from collections.abc import Callable
from typing import Any

from marketer_desktop.domain.eta import Forecast, Pace, work_of
from marketer_desktop.domain.rest import Rest
from marketer_desktop.events.run_event import PROGRESS, STEPS, Kind, Step
from marketer_desktop.workflow.calls_under_way import CallsUnderWay

Emit = Callable[[Kind, str, int, dict[str, Any]], None]
INTERVAL = 0.5  # seconds between two progress events
FINISHING = 0.3  # seconds: after the last answer the text is checked, scored and kept
# They begin before the outline is known, which says how much there is to write: it follows shortly.
UNPLANNED = frozenset[Step](("research", "writing"))


class RunProgress:
    """Counts calls and tokens of a run and emits what is worth telling."""

    def __init__(self, emit: Emit, forecast: Forecast) -> None:
        self._emit, self._forecast = emit, forecast
        self._began = self._told = time.monotonic()
        self._tokens = 0
        self._made = 0.0  # work of this process; answers of an earlier one took no time
        self._pace = Pace()
        self._calls = CallsUnderWay()
        self._percent = 0
        self.step: Step = STEPS[0]

    def enter(self, step: Step) -> None:
        """A step begins; its calls are counted anew."""
        self.step = step
        self._forecast.enter(step)
        self._percent = self.percent
        self._pace.mark(time.monotonic(), self._made)
        if step not in UNPLANNED:
            self.renew()

    def renew(self) -> None:
        """Tell what is left as it is known now, if that can be said already."""
        if self._made:
            self.tell()

    def expect(self, calls: int) -> None:
        """The step under way will make about `calls` model calls."""
        self._forecast.plan(calls)

    def rest(self, place: str, rest: Rest) -> None:
        """What goes on at `place` in the graph takes this from now on."""
        self._forecast.rest(place, rest)

    def call_begins(self, node: str, prompt_tokens: int) -> None:
        """A call is sent whose prompt has about so many tokens."""
        self._calls.begin(node, prompt_tokens)

    def call_finished(self, node: str, tokens_input: int, tokens_output: int) -> None:
        """A call has its answer, streamed just now or known from before."""
        uncounted, live = self._calls.end(node, tokens_input, tokens_output)
        self._forecast.add(uncounted, node)
        self._forecast.answered(node, work_of(tokens_input, tokens_output))
        if live:
            self._made += uncounted

    def token(self, text: str, node: str) -> None:
        """A piece of an answer came in."""
        self._tokens += 1
        work = self._calls.token(node)
        self._made += work
        self._forecast.add(work, node)
        # As it was told last: to know it anew takes longer than all else that a token asks for.
        self._emit("draft", self.step, self._percent, {"node": node, "delta": text})
        if time.monotonic() - self._told >= INTERVAL:
            self.tell()

    def restart(self, node: str, why: str, vain: str) -> None:
        """The answer begins anew: `vain` is what has come of it, `why` is said to people."""
        self._forecast.add(-self._calls.drop(node), node)
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
            "eta_seconds": None if pace is None else self._seconds_left(pace),
        }
        self._emit("progress", self.step, self.percent, data)

    def _seconds_left(self, pace: float) -> float:
        return round(self._forecast.left() / pace + FINISHING, 1)
