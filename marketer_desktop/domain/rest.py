"""What a part of a run still takes: calls that are sure, and answers that may turn out needed."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

from marketer_desktop.domain.brief import ContentType

# What a small model is asked for, one thing at a time, and the words that stay of it: by 61 runs
# of all types, none of them one that `benchmarks.eta` measures. Often nothing stays.
STEP_WORK = 126.0  # what is said about a fact, or to a point
WORDS_OF_STEP, SPREAD_OF_STEP = 10.0, 13.0
ANSWER_WORK = 176.0
WORDS_OF_ANSWER, SPREAD_OF_ANSWER = 20.0, 30.0
WORDS_OF_ANSWER_IN_POST = 36.0
POSTS = frozenset({ContentType.LINKEDIN, ContentType.TWITTER})
INTRODUCTION_WORK = 82.0
REPAIR_WORK = 80.0
OVERRUN_WORK = 15.0  # still expected of calls that have taken more than was expected

CLOSE = 0.2  # an estimate that is off by such a share is still about right
FINE = 0.03  # of the estimates that are compared each is larger by that share
LEAST_CHANCE = 0.002


@dataclass(frozen=True)
class Rest:
    """Calls that are sure, and with what chance each round of answers after them is needed."""

    calls: int = 0
    each: float = 0.0  # work of a call
    chances: tuple[float, ...] = ()
    at_once: int = 0  # answers in a round


@dataclass
class Part:
    """A part of a step under way: what it was to take, and what has come since."""

    rest: Rest
    ended: int = 0
    open_work: float = 0.0  # of calls that have not ended

    @property
    def sure(self) -> float:
        """The work to come of the calls that are sure."""
        left = (self.rest.calls - self.ended) * self.rest.each - self.open_work
        over = self.ended >= self.rest.calls and not self.open_work
        return max(left, 0.0 if over else OVERRUN_WORK)


def steps_rest(kind: ContentType, lacking: float, steps: int, rounds: int, at_once: int) -> Rest:
    """Of a text that lacks so many words, but for what the model says in as many `steps`."""
    return Rest(steps, STEP_WORK, chances(kind, lacking, rounds, at_once, steps), at_once)


def answers_rest(kind: ContentType, lacking: float, rounds: int, at_once: int) -> Rest:
    """Of a text that lacks so many words and gets at most so many `rounds` of answers."""
    if lacking <= 0 or not rounds:
        return Rest()
    return Rest(at_once, ANSWER_WORK, chances(kind, lacking, rounds, at_once)[1:], at_once)


def chances(
    kind: ContentType, lacking: float, rounds: int, at_once: int, steps: int = 0
) -> tuple[float, ...]:
    """With what chance a text that lacks so many words needs each of so many `rounds` of answers.

    What is said in as many `steps`, and in the rounds before, may bring it to its length.
    """
    found: list[float] = []
    needed = 1.0
    words = WORDS_OF_ANSWER_IN_POST if kind in POSTS else WORDS_OF_ANSWER
    expected, variance = lacking - steps * WORDS_OF_STEP, steps * SPREAD_OF_STEP**2
    for _ in range(rounds):
        spread = math.sqrt(variance)
        still = NormalDist().cdf(expected / spread) if spread else float(expected > 0)
        needed = min(needed, still)  # a round follows only on the one before
        found.append(needed)
        expected -= at_once * words
        variance += at_once * SPREAD_OF_ANSWER**2
    return tuple(found)


def likely_answers(rests: Iterable[Rest], beside: float) -> float:
    """The work of answers with which most of what may come is about right.

    Work that is sure comes `beside` it: to be about right is a matter of both.
    """
    likely = _likely(rests)
    base = beside + OVERRUN_WORK
    points = [(math.log(base + work), chance) for work, chance in likely.items()]
    low, high = math.log(base + min(likely)), math.log(base + max(likely))
    tried = [low + FINE * number for number in range(math.ceil((high - low) / FINE))]

    def right(estimate: float) -> float:
        return sum(p * math.exp(-(((estimate - at) / CLOSE) ** 2) / 2) for at, p in points)

    return math.exp(max([*tried, high], key=right)) - base


def _likely(rests: Iterable[Rest]) -> dict[float, float]:
    """How much work the answers may come to in all, and the chance of each."""
    whole = {0.0: 1.0}
    for rest in rests:
        merged: dict[float, float] = {}
        reached = (1.0, *rest.chances)
        for rounds, (chance, more) in enumerate(zip(reached, (*rest.chances, 0.0), strict=True)):
            work = rounds * rest.at_once * ANSWER_WORK
            for before, share in whole.items():
                merged[before + work] = merged.get(before + work, 0.0) + share * (chance - more)
        whole = merged
    return {work: share for work, share in whole.items() if share >= LEAST_CHANCE}
