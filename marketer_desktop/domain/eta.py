"""How long a run still takes: the work that is left, at the pace of late.

Work is counted in tokens of answers; a token of a prompt is a part of one.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.rest import Part, Rest, editor_rest, likely_answers

PROMPT_WEIGHT = 0.3  # time of a prompt's token to that of an answer's, on two idle cores
# The pace is that of so many seconds and so much work at least: a prompt alone may take a minute.
WINDOW, WINDOW_WORK = 15.0, 300.0
MORE = 0.05  # of a step's work: still expected where there was more of it than expected
PAST_RUNS = 9

# Medians of runs of the starter model, 61 for writing and 21 for the rest, none of them one that
# `benchmarks.eta` measures; with prompts at 0.4, so they are some 5 % more than at 0.3.
# Writing is for each word of the brief; a large model says what is asked for at once, so what it
# takes is an assumption.
KEYPHRASE_WORK = 312.0
WRITING_WORK = {
    ContentType.BLOG: 4.2,
    ContentType.WEBPAGE: 3.6,
    ContentType.LINKEDIN: 5.5,
    ContentType.TWITTER: 5.8,
    ContentType.EMAIL: 5.9,
}
WRITING_WORK_LARGE = 2.0
EDITING_WORK = {ContentType.WEBPAGE: 250.0, ContentType.EMAIL: 118.0}
SOCIAL_WORK = {ContentType.BLOG: 80.0, ContentType.WEBPAGE: 55.0}


@dataclass(frozen=True)
class PastRun:
    """The words that a run was asked for, and the work of each of its steps."""

    words: int
    work: dict[str, float]


def work_of(tokens_input: int, tokens_output: int) -> float:
    """The work of a call."""
    return tokens_output + PROMPT_WEIGHT * tokens_input


def expected_work(
    kind: ContentType, words: int, *, small: bool, past: Sequence[PastRun] = ()
) -> dict[str, float]:
    """The work of each step; `past` are runs of the same kind and model, the newest first.

    What a small model's editor asks for follows from its sections, not from other runs.
    """
    each = WRITING_WORK[kind] if small else WRITING_WORK_LARGE
    usual = {
        "seo_research": KEYPHRASE_WORK,
        "research": 0.0,
        "writing": each * words,
        "editing": EDITING_WORK.get(kind, 0.0),
        "social_media": SOCIAL_WORK.get(kind, 0.0),
    }
    known = [step for step in usual if not (small and step == "editing")]
    seen = {step: [_scaled(run, step, words) for run in past[:PAST_RUNS]] for step in known}
    return {step: median([amount, *seen.get(step, [])]) for step, amount in usual.items()}


def _scaled(run: PastRun, step: str, words: int) -> float:
    """What a step of `run` would have been for as many words; only writing grows with them."""
    return run.work.get(step, 0.0) * (words / run.words if step == "writing" else 1.0)


def seconds_left(elapsed: float, done: float) -> float | None:
    """Seconds to go after `elapsed` seconds with `done` (0 to 1) of a whole; None if too early."""
    return elapsed * (1 - done) / done if done > 0.02 else None


class Pace:
    """Work a second; times are in seconds of any clock that never goes back."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, float]] = deque()

    def mark(self, now: float, done: float) -> None:
        """As much has been `done` in all by now."""
        self._marks.append((now, done))
        while len(self._marks) > 1 and self._enough(self._marks[1], now, done):
            self._marks.popleft()

    @staticmethod
    def _enough(mark: tuple[float, float], now: float, done: float) -> bool:
        return now - mark[0] >= WINDOW and done - mark[1] >= WINDOW_WORK

    def of(self, now: float, done: float) -> float | None:
        """The pace up to now; None before anything was done."""
        if not self._marks:
            return None
        since, before = self._marks[0]
        return (done - before) / (now - since) if now > since and done > before else None


class Forecast:
    """The work of a run under way, done and to come.

    A step may have parts that go side by side, each at a place in the graph: what is known of them
    takes the place of what was expected of the step.
    """

    def __init__(self, expected: Mapping[str, float]) -> None:
        self._expected = dict(expected)
        self._step: str | None = None
        self._done = 0.0
        self._planned = self._answered = 0
        self._parts: dict[str, Part] = {}
        self._part_of: dict[str, Part | None] = {}  # by node: every token asks
        self._answers: float | None = None  # expected of the parts, as of late

    def enter(self, step: str) -> None:
        """A step begins; those before it are over."""
        self._step, self._done = step, 0.0
        self._planned = self._answered = 0
        self._parts, self._part_of, self._answers = {}, {}, None

    def plan(self, calls: int) -> None:
        """The step under way will make about `calls` calls."""
        self._planned = calls

    def rest(self, place: str, rest: Rest) -> None:
        """What the part of the step at `place` takes from now on, with its calls under way."""
        before = self._parts.get(place) if rest.calls else None
        self._parts[place] = Part(rest, open_work=before.open_work if before else 0.0)
        self._part_of, self._answers = {}, None

    def add(self, work: float, node: str = "") -> None:
        """As much more of the step under way is done; before the first one it does not count."""
        if self._step is None:
            return
        self._done += work
        part = self._part(node)
        if part is not None:
            part.open_work += work

    def answered(self, node: str = "", work: float = 0.0) -> None:
        """A call of the step has its answer, which was so much work in all."""
        self._answered += 1
        part = self._part(node)
        if part is not None:
            part.ended += 1
            part.open_work = max(0.0, part.open_work - work)

    def _part(self, node: str) -> Part | None:
        if node not in self._part_of:
            found = (part for place, part in self._parts.items() if within(node, place))
            self._part_of[node] = next(found, None)
        return self._part_of[node]

    @property
    def share(self) -> float:
        """How much of the step under way is done, from 0 to 1."""
        whole = self._whole()
        return self._done / whole if whole else 0.0

    def left(self) -> float:
        """The work to come."""
        self._answers = None
        return self._whole() - self._done + self._later() + self._editors()

    def _later(self) -> float:
        """The work of the steps after this one."""
        steps = list(self._expected)
        later = steps if self._step is None else steps[steps.index(self._step) + 1 :]
        return sum(self._expected[step] for step in later)

    def _whole(self) -> float:
        """The work of the step: as its parts say, else as expected and as its calls show."""
        if self._parts:
            sure = sum(part.sure for part in self._parts.values())
            return self._done + sure + self._likely(sure)
        whole = self._done if self._step is None else self._expected[self._step]
        if self._planned and self._answered:
            known = min(self._answered / self._planned, 1.0)
            shown = self._done / self._answered * max(self._planned, self._answered)
            whole = (1 - known) * whole + known * shown
        return max(whole, self._done * (1 + MORE))

    def _likely(self, sure: float) -> float:
        """What answers will probably take; every token asks, so it is not worked out each time."""
        if self._answers is None:
            rests = (part.rest for part in self._parts.values())
            self._answers = likely_answers(rests, sure + self._later())
        return self._answers

    def _editors(self) -> float:
        """What the editor's answers will probably take, where sections turn out too short."""
        if self._step != "writing" or not self._parts:
            return 0.0
        asked = editor_rest(part.rest for part in self._parts.values())
        return likely_answers([asked], self._whole() - self._done + self._later())


def within(node: str, place: str) -> bool:
    """Whether a call at `node` belongs to what goes on at `place`."""
    return node == place or node.startswith(f"{place}/")
